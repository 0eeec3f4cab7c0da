"""Converters that repair what they are given, under one name: `--python repairs:NAME`."""

from repairs_values import *  # noqa: F403
from repairs_whole import *  # noqa: F403
