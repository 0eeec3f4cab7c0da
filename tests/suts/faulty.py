"""All faulty converters under one name: `--python faulty:NAME`; `faults.toml` tells of each."""

from faulty_codes import *  # noqa: F403
from faulty_files import *  # noqa: F403
from faulty_rarely import *  # noqa: F403
from faulty_records import *  # noqa: F403
from faulty_refusals import *  # noqa: F403
from faulty_sums import *  # noqa: F403
from faulty_texts import *  # noqa: F403
from faulty_values import *  # noqa: F403
