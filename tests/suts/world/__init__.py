"""The faults of the world (`faults.toml`) under one name: `--python tests.suts.world:NAME`."""

from tests.suts.world.amounts import *  # noqa: F403
from tests.suts.world.codes import *  # noqa: F403
from tests.suts.world.dates import *  # noqa: F403
from tests.suts.world.days import *  # noqa: F403
from tests.suts.world.letters import *  # noqa: F403
from tests.suts.world.lists import *  # noqa: F403
from tests.suts.world.load import mixes_up_more_than_forty, shares_the_request_between_threads  # noqa: F401
from tests.suts.world.orders import *  # noqa: F403
from tests.suts.world.products import *  # noqa: F403
from tests.suts.world.punctuation import *  # noqa: F403
from tests.suts.world.sameness import *  # noqa: F403
from tests.suts.world.sizes import *  # noqa: F403
from tests.suts.world.state import *  # noqa: F403
from tests.suts.world.texts import *  # noqa: F403
