"""More faulty responders under one name; `retour_vendor_faults.toml` tells of each."""

from retour_own_wrong import *  # noqa: F403
from retour_refusals_wrong import *  # noqa: F403
from retour_rules_wrong import *  # noqa: F403
from retour_sizes_wrong import *  # noqa: F403
