"""All faulty converters under one name: `faulty:NAME`; `faults.toml` tells of each."""

from tests.suts.faulty_codes import *  # noqa: F403
from tests.suts.faulty_files import *  # noqa: F403
from tests.suts.faulty_rarely import *  # noqa: F403
from tests.suts.faulty_records import *  # noqa: F403
from tests.suts.faulty_refusals import *  # noqa: F403
from tests.suts.faulty_sums import *  # noqa: F403
from tests.suts.faulty_texts import *  # noqa: F403
from tests.suts.faulty_values import *  # noqa: F403
