"""The faults of the world under one name: `--python world:NAME`; `world_faults.toml` has them."""

from world_amounts import *  # noqa: F403
from world_codes import *  # noqa: F403
from world_dates import *  # noqa: F403
from world_days import *  # noqa: F403
from world_letters import *  # noqa: F403
from world_load import mixes_up_more_than_forty, shares_the_request_between_threads  # noqa: F401
from world_orders import *  # noqa: F403
from world_products import *  # noqa: F403
from world_sameness import *  # noqa: F403
from world_sizes import *  # noqa: F403
from world_state import *  # noqa: F403
from world_texts import *  # noqa: F403
