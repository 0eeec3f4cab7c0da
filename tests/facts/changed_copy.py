"""A copy of the tree in which one table is another, and the tests that hold the tables there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.facts.changes import Change, written
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness", "tests")
# The tests that hold facts, in turn: what holds rows by themselves, and what the rows do.
HOLDING = (
    (
        "tests/schemas/facts/test_transcripts.py",
        "tests/schemas/facts/test_published_lists.py",
        "tests/schemas/facts/test_published_layouts.py",
        "tests/schemas/facts/test_published_facets.py",
        "tests/schemas/facts/test_small_tables.py",
        "tests/schemas/facts/test_rule_phrases.py",
        "tests/schemas/facts/test_grades.py",
        "tests/schemas/facts/test_table_facts.py",
        "tests/schemas/facts/test_golden_fields.py",
        "tests/schemas/facts/test_dated_lists.py",
        "tests/schemas/rules/test_published_rules.py",
        "tests/schemas/rules/test_typed_rules.py",
    ),
    (
        "tests/schemas/mapping",
        "tests/schemas/ei",
        "tests/schemas/header",
        "tests/schemas/switch/test_timelines.py",
        "tests/schemas/xml/test_validating.py",
        "tests/schemas/xml/test_parsing.py",
    ),
    (
        "tests/schemas/rules/test_answered.py",
        "tests/schemas/rules/test_corrected.py",
        "tests/schemas/rules/test_course.py",
        "tests/schemas/rules/test_each_rule.py",
        "tests/schemas/rules/test_published_messages.py",
        "tests/schemas/rules/test_refused.py",
        "tests/schemas/rules/test_returned.py",
        "tests/schemas/rules/test_rule_tables.py",
        "tests/schemas/rules/test_switch.py",
    ),
    (
        "tests/schemas/test_examples.py",
        "tests/schemas/test_example_twins.py",
        "tests/schemas/test_values_of_faults.py",
        "tests/schemas/xml/test_xsd.py",
        "tests/harness/reference/test_golden.py",
        "tests/harness/reference/test_golden_answers.py",
        "tests/harness/suites/retour/test_codes.py",
    ),
)
# None of these needs a plugin of pytest, and loading them takes longer than most of the tests.
QUICKLY = ("-x", "-q", "-o", "addopts=", "-m", "not long", "-p", "no:cacheprovider")
# What starts a program says nothing that the other tests do not.
LEFT_OUT = "not xmllint and not command and not validate_without and not stays_ei_is_refused"
ENVIRONMENT = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
LONGEST = 300


class ChangedCopy:
    """A copy of the tree in a folder, with what is published beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "ikeur"
        self.root.mkdir(parents=True)
        for room in ROOMS:
            shutil.copytree(ROOT / room, self.root / room)
        shutil.copy(ROOT / "pyproject.toml", self.root)
        (folder / "shared").symlink_to((ROOT.parent / "shared").resolve())

    def failing(self) -> str:
        """The first test that fails, or an empty text."""
        return next(filter(None, map(self._failing_of, HOLDING)), "")

    def told(self, change: Change, seed: int) -> str:
        """What notices a change: an error of the tables, a test that fails, or an empty text."""
        rows = change.made(self.root / "schemas", seed)
        assert rows, change
        path = self.root / "schemas" / f"{change.table}.csv"
        before = path.read_bytes()
        path.write_text(written(rows), encoding="utf-8")
        try:
            return self._built() or self.failing()
        except subprocess.TimeoutExpired:
            return f"no end within {LONGEST} s"
        finally:
            path.write_bytes(before)
            shutil.rmtree(self.root / "schemas" / "xsd")
            shutil.copytree(ROOT / "schemas" / "xsd", self.root / "schemas" / "xsd")

    def _built(self) -> str:
        """The error of building the XSDs from the tables anew, as `make schemas` does."""
        done = self._python("-m", "schemas.xml.xsd_build")
        lines = done.stderr.strip().splitlines()
        return lines[-1] if done.returncode else ""

    def _failing_of(self, tests: tuple[str, ...]) -> str:
        done = self._python("-m", "pytest", *QUICKLY, "-k", LEFT_OUT, *tests)
        if not done.returncode:
            return ""
        failed = (line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR")))
        return next(failed, done.stdout[-500:] + done.stderr[-500:])

    def _python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], cwd=self.root, capture_output=True, text=True, check=False,
            env={**os.environ, **ENVIRONMENT, "PYTHONPATH": str(self.root)}, timeout=LONGEST,
        )  # fmt: skip
