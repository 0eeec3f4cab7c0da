"""Prints the ratios at the end of a benchmark, where people look."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import pytest

from tests.bench.published import PAGE, Figure, publish
from tests.bench.stages import ROUNDS, Prepared, all_prepared, messages

_FIGURES: dict[str, Figure] = {}


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
    def note(name: str, ratio: float, most: float | None = None) -> None:
        _FIGURES[name] = Figure(ratio, most)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _FIGURES:
        return
    terminalreporter.section("times the anchor (lxml: parse and validate), median over all types")
    for name, figure in _FIGURES.items():
        terminalreporter.write_line(f"{name:18} {figure.ratio:5.2f}")
    if os.environ.get("IKEUR_BENCH_PUBLISH"):
        publish(_FIGURES, [message.name for message in messages()], ROUNDS)
        terminalreporter.write_line(f"written: {PAGE}")
