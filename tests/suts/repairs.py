"""Converters that repair their input, under one name: `--python tests.suts.repairs:NAME`."""

from tests.suts.repairs_values import *  # noqa: F403
from tests.suts.repairs_whole import *  # noqa: F403
