"""Prints the ratios at the end of a benchmark, where people look."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import pytest

from tests.bench.prepared import Prepared, all_prepared, messages
from tests.bench.published import PAGE, Figure, publish

_FIGURES: dict[str, dict[int, Figure]] = {}


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
    def note(name: str, count: int, ratio: float, most: float | None = None) -> None:
        _FIGURES.setdefault(name, {})[count] = Figure(ratio, most)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _FIGURES:
        return
    terminalreporter.section(
        "times the anchor (lxml: parse and validate), by messages of each type"
    )
    for name, figures in _FIGURES.items():
        told = "  ".join(f"{count}: {figure.ratio:5.2f}" for count, figure in figures.items())
        terminalreporter.write_line(f"{name:18} {told}")
    if os.environ.get("IKEUR_BENCH_PUBLISH"):
        publish(_FIGURES, [message.name for message in messages()])
        terminalreporter.write_line(f"written: {PAGE}")
