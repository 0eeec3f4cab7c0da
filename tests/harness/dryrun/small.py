"""Small dry-runs: few cases of few message types, in place of the profiles of the table."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.dryrun import profiles

# JW321 stays EI; of the other types the software claims nothing, so that they are skipped.
CLAIMED = '[sut]\nmessages = ["WMO305", "WMO306", "JW321"]\n'
SOFTWARE = """[sut.convert]
python = "harness.reference:convert"
[sut.respond]
python = "harness.reference:respond"
[sut.gate]
python = "harness.reference.gate:gate"
"""
_PROFILES = """profile,suites,count,kept_one_in,sweep,what_en,what_nl
quick,all,2,1,no,all,alles
certification,all,4,2,yes,some,enkele
"""


@contextmanager
def small_profiles(folder: Path, table: str = _PROFILES) -> Iterator[None]:
    """Small profiles, written into a folder, in the place of the others until the end."""
    (folder / "profiles.csv").write_text(table, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "FOLDER", folder)
        profiles.profiles.cache_clear()
        try:
            yield
        finally:
            profiles.profiles.cache_clear()


_PROGRAM = """
import sys
from pathlib import Path
from harness.dryrun import profiles
profiles.FOLDER = Path(sys.argv.pop(1))
if most := int(sys.argv.pop(1)):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
from harness.cli import main
main(prog_name="ikeur")
"""


@dataclass(frozen=True)
class Done:
    """How a process ended."""

    exit_code: int
    stdout: str
    stderr: str


class Door:
    """`ikeur dryrun` and `ikeur verify` in a folder, with software that claims few types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "ikeur.toml").write_text(CLAIMED + SOFTWARE, encoding="utf-8")
        (folder / "claims.toml").write_text(CLAIMED, encoding="utf-8")

    def __call__(self, *words: object) -> Result:
        """Run a command of ikeur."""
        return CliRunner().invoke(main, list(map(str, words)), catch_exceptions=False)

    def process(
        self, *words: object, env: dict[str, str] | None = None, most_memory: int = 0
    ) -> Done:
        """Run a command of ikeur as a process of its own, with the same small profiles."""
        start = [sys.executable, "-c", _PROGRAM, str(profiles.FOLDER), str(most_memory)]
        program = [*start, *map(str, words)]
        done = subprocess.run(
            program, capture_output=True, cwd=self.folder, env={**os.environ, **(env or {})},
            timeout=120,
        )  # fmt: skip
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def dryrun(self, name: str, *words: object) -> Path:
        """The bundle of a dry-run."""
        out = self.folder / name
        named = any(str(word).startswith(("--python", "--command")) for word in words)
        config = f"--config={self.folder / ('claims.toml' if named else 'ikeur.toml')}"
        done = self("dryrun", config, *words, "--out", out)
        assert done.exit_code in (0, 1), done.output
        assert out.is_file()
        return out
