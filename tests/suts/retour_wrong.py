"""All faulty responders under one name: `retour_wrong:NAME`; `retour_faults.toml` tells of each."""

from retour_amounts_wrong import *  # noqa: F403
from retour_clients_wrong import *  # noqa: F403
from retour_codes_wrong import *  # noqa: F403
from retour_headers import *  # noqa: F403
