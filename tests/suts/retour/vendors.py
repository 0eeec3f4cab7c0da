"""More faulty responders under one name; `retour_vendor_faults.toml` tells of each."""

from tests.suts.retour.own_wrong import *  # noqa: F403
from tests.suts.retour.refusals_wrong import *  # noqa: F403
from tests.suts.retour.rules_wrong import *  # noqa: F403
from tests.suts.retour.sizes_wrong import *  # noqa: F403
