"""Prints the ratios at the end of a benchmark, where people look."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from stages import Prepared, all_prepared

_RATIOS: dict[str, float] = {}


@pytest.fixture(scope="session")
def prepared() -> Iterator[list[Prepared]]:
    items = all_prepared()
    # Trees have no cycles, so that the collector only costs time; `ikeur run` does the same.
    gc.collect()
    gc.freeze()
    gc.disable()
    yield items
    gc.enable()


@pytest.fixture
def report() -> Callable[..., None]:
    def note(name: str, ratio: float) -> None:
        _RATIOS[name] = ratio

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _RATIOS:
        return
    terminalreporter.section("times the anchor (lxml: parse and validate), median over all types")
    for name, ratio in _RATIOS.items():
        terminalreporter.write_line(f"{name:16} {ratio:5.2f}")
