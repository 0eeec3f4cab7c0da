"""The time of `make fuzz` divided over the targets, and what each of them found."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzed import SECONDS, SESSION


def pytest_collection_finish(session: pytest.Session) -> None:
    targets = sum(item.get_closest_marker("fuzz") is not None for item in session.items)
    SESSION.share = SECONDS / max(targets, 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what each target tried and found, when there was time to spend."""
    if not SECONDS or not SESSION.tallies:
        return
    terminalreporter.section(f"FUZZING, {SESSION.share:.0f} seconds a target")
    for name, tally in SESSION.tallies.items():
        promise = name.removeprefix("test_").replace("_", " ")
        terminalreporter.line(f"{tally.tried:9} inputs, found {tally.found}: {promise}")
