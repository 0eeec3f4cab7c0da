"""A command that does little starts fast, and loads only what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import GOLDEN

# What takes long to load: packages, and rooms with what hangs on them.
SLOW = (
    *("cryptography", "distributed", "elementpath", "jinja2", "lxml", "rich", "stdnum"),
    *("xmlschema", "importlib.metadata", "multiprocessing", "tempfile"),
    *("generators.content", "harness.suites", "schemas.ei", "schemas.rules.tables", "schemas.xml"),
    *("harness.reference.to_20", "harness.reference.to_21", "schemas.xml.validators"),
)
TO_21 = {"harness.reference.to_21", "schemas.ei", "schemas.xml"}
TO_20 = {"harness.reference.to_20", "lxml", "schemas.ei", "schemas.xml", "schemas.xml.validators"}
READS = {"lxml", "schemas.ei", "schemas.xml", "schemas.xml.validators"}
TESTS = {*READS, "generators.content", "harness.suites", "importlib.metadata", "multiprocessing"}
TESTS |= {"schemas.rules.tables", "stdnum", "tempfile"}
LOADED = {
    "--version": {"importlib.metadata", "tempfile"},
    "messages": set[str](),
    "sources": set[str](),
    "explain EI-CODE": set[str](),
    "explain truncated": set[str](),
    "explain TR018": set[str](),
    "explain SWITCH-PAIR": set[str](),
    "explain 8207": set[str](),
    "diff --help": set[str](),
    "convert WMO301.ei": TO_21,
    "convert WMO301.xml": TO_20,
    "validate --help": READS | {"schemas.rules.tables", "stdnum", "tempfile"},
    "run --help": TESTS | {"rich"},
    "dryrun --help": TESTS | {"rich", "cryptography"},
}
TELL = f"""
import sys
from harness.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*(name for name in {SLOW} if name in sys.modules), file=sys.stderr)
"""
# Times the processor time of a Python that loads lxml and click.
MOST_TIMES_BARE = 2.5
FAST = ("--version", "messages", "explain TR018", "convert WMO301.ei", "convert WMO301.xml")
BARE = "import lxml.etree, click"
COMMAND = "from harness.cli import main; main()"
MOST_ROUNDS = 30


@pytest.mark.parametrize("command", LOADED)
def test_a_command_loads_only_what_it_needs(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELL, *command.split()], cwd=GOLDEN, capture_output=True, check=True
    )
    assert set(done.stderr.decode().split()) == LOADED[command]


def test_a_command_that_does_little_starts_within_its_bound(tmp_path: Path) -> None:
    environment = _compiled_in(tmp_path)
    for command in FAST:
        # The first round compiles the modules, as an installation does.
        _seconds(environment, COMMAND, command)
        least = [_seconds(environment, BARE, ""), _seconds(environment, COMMAND, command)]
        for _ in range(MOST_ROUNDS):
            if least[1] <= MOST_TIMES_BARE * least[0]:
                break
            found = _seconds(environment, BARE, ""), _seconds(environment, COMMAND, command)
            least = [min(pair) for pair in zip(least, found, strict=True)]
        assert least[1] <= MOST_TIMES_BARE * least[0], (command, least)


def _compiled_in(folder: Path) -> dict[str, str]:
    found = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def _seconds(environment: dict[str, str], code: str, command: str) -> float:
    """The processor time of a Python with some code; it must succeed."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *command.split()],
        cwd=GOLDEN, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime
