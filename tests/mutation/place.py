"""Where processes of `make mutation` stand."""

from __future__ import annotations

import os

from harness.running.failed_cases import reducer, second_try
from tests.paths import ROOT, SUTS


def in_place() -> None:
    """Stand beside the software, where ikeur finds its modules; no failure is looked at closer."""
    os.chdir(SUTS)
    os.environ["PYTHONPATH"] = str(ROOT)
    second_try.MOST_OF_MESSAGE = reducer.MOST_OF_MESSAGE = 0
