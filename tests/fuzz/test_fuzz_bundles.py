"""Whatever is changed in a bundle, verify ends with an exit code and one line that can be shown.

It never stands, but where only its own word was changed: what no answer in it can show.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner
from hypothesis import strategies as st

from harness.cli import main
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.changed_bundles import bundle, changed, few_cases, is_told_only
from tests.harness.dryrun.forge import members

STANDS, FALLS, NOT_JUDGED = 0, 1, 3


def _verified(path: Path, *words: str) -> tuple[int, str]:
    """How `ikeur verify` ends, and what it says on stdout."""
    with few_cases():
        done = CliRunner().invoke(main, ["verify", *words, str(path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert "Traceback" not in done.output
    assert all(line.isprintable() for line in done.stderr.splitlines())
    assert done.exit_code in (STANDS, FALLS, NOT_JUDGED)
    assert (done.exit_code == FALLS) == bool(done.stderr) or "--json" in words
    return done.exit_code, done.stdout


def _held(path: Path) -> int:
    """The exit code of a bundle that was changed, told in a line that cannot be misread."""
    code, said = _verified(path)
    assert len(said.splitlines()) == 1
    assert said.endswith("\n")
    assert said[:-1].isprintable()
    assert ("the bundle is valid" in said.partition("Its reports say")[0]) == (code == STANDS)
    assert code != NOT_JUDGED or "this version cannot judge the bundle" in said
    return code


@fuzzed(60, EVERY_RUN, seed=st.integers(0, 2**64))
def test_no_bundle_that_was_changed_stands_or_ends_in_a_fright(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        way, path = changed(seed, Path(folder))
        is_changed = any(path.read_bytes() != bundle(name).read_bytes() for name in PROFILES)
        if _held(path) == STANDS and is_changed:
            same = any(members(path) == members(bundle(name)) for name in PROFILES)
            assert same or is_told_only(way, path), way


PROFILES = ("quick", "certification")
