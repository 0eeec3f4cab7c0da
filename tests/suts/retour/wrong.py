"""All faulty responders under one name: `retour.wrong:NAME`; `retour_faults.toml` tells of each."""

from tests.suts.retour.amounts import *  # noqa: F403
from tests.suts.retour.clients import *  # noqa: F403
from tests.suts.retour.codes import *  # noqa: F403
from tests.suts.retour.headers import *  # noqa: F403
