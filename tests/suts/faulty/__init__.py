"""All faulty converters under one name: `faulty:NAME`; `faults.toml` tells of each."""

from tests.suts.faulty.codes import *  # noqa: F403
from tests.suts.faulty.files import *  # noqa: F403
from tests.suts.faulty.rarely import *  # noqa: F403
from tests.suts.faulty.records import *  # noqa: F403
from tests.suts.faulty.refusals import *  # noqa: F403
from tests.suts.faulty.sums import *  # noqa: F403
from tests.suts.faulty.texts import *  # noqa: F403
from tests.suts.faulty.values import *  # noqa: F403
