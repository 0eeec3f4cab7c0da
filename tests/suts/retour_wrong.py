"""All faulty responders under one name: `retour_wrong:NAME`; `retour_faults.toml` tells of each."""

from tests.suts.retour_amounts_wrong import *  # noqa: F403
from tests.suts.retour_clients_wrong import *  # noqa: F403
from tests.suts.retour_codes_wrong import *  # noqa: F403
from tests.suts.retour_headers import *  # noqa: F403
