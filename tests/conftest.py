"""What a machine may lack: a test that needs it is skipped, and the summary says so aloud."""

from __future__ import annotations

import gc
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas.message import fast_switch
from tests.paths import ROOT

_ROOMS = sorted(Path(__file__).parent.glob("*/__init__.py"))
EXAMPLES = ROOT.parent / "shared" / "examples"
PUBLISHED = ROOT.parent / "shared" / "published"
_NOT_CHECKED = "NOT CHECKED"

# The helpers of tests assert too, and must tell as much as a test when they fail.
pytest.register_assert_rewrite(*(f"tests.{path.parent.name}" for path in _ROOMS))


def pytest_configure() -> None:
    """Be interrupted, and let what is started here be, also where the shell does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spare what collection made each later search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what tests the fast paths themselves, where they are switched off."""
    if item.get_closest_marker("fast") and not fast_switch.IS_ON:
        pytest.skip(f"tests a fast path, and {fast_switch.VARIABLE}=off")


def _skip(request: pytest.FixtureRequest, lacking: str) -> None:
    """Skip a test; its name is the promise that nobody has checked then."""
    promise = request.node.originalname.removeprefix("test_").replace("_", " ")
    pytest.skip(f"{_NOT_CHECKED}, for want of {lacking}: {promise}")


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> Path:
    """The folder of the published examples, which stands beside the checkout."""
    if not (EXAMPLES / "ei20").is_dir():
        _skip(request, "the published examples in ../shared/examples")
    return EXAMPLES


@pytest.fixture
def published(request: pytest.FixtureRequest) -> Path:
    """The folder of other published facts, which stands beside the checkout."""
    if not (PUBLISHED / "rules_32.csv").is_file():
        _skip(request, "the published facts in ../shared/published")
    return PUBLISHED


@pytest.fixture
def needed(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Finds a program by its name, or skips the test."""

    def find(name: str) -> str:
        program = shutil.which(name)
        if program is None:
            _skip(request, f"the program {name}")
        assert program
        return program

    return find


@pytest.fixture
def xmllint(needed: Callable[[str], str]) -> str:
    """The program `xmllint`."""
    return needed("xmllint")


def _reasons(reports: list[pytest.TestReport]) -> Iterator[str]:
    for report in reports:
        if isinstance(report.longrepr, tuple):
            yield report.longrepr[2].partition(_NOT_CHECKED)[2]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which promises were not checked, and for want of what."""
    missed = Counter(_reasons(terminalreporter.stats.get("skipped", [])))
    missed.pop("", None)
    if missed:
        terminalreporter.section("PROMISES THAT WERE NOT CHECKED", yellow=True, bold=True)
    for reason, tests in sorted(missed.items()):
        terminalreporter.line(f"WARNING{reason} ({tests} tests)", yellow=True)
