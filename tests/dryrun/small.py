"""Small dry-runs: few cases of few message types, in place of the profiles of the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cli import main
from harness.dryrun import profiles

SUTS = Path(__file__).parents[1] / "suts"
# JW321 stays EI; of the other types the software claims nothing, so that they are skipped.
CLAIMED = '[sut]\nmessages = ["WMO305", "WMO306", "JW321"]\n'
SOFTWARE = """[sut.convert]
python = "harness.reference:convert"
[sut.respond]
python = "harness.reference:respond"
[sut.gate]
python = "harness.gate:gate"
"""
_PROFILES = """profile,suites,count,kept_one_in,sweep,what_en,what_nl
quick,all,2,1,no,all,alles
certification,all,4,2,yes,some,enkele
"""


def small_profiles(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Put small profiles in the place of the others."""
    table = folder / "profiles.csv"
    table.write_text(_PROFILES, encoding="utf-8")
    patch.setattr(profiles, "TABLE", table)
    profiles.profiles.cache_clear()


class Door:
    """`ikeur dryrun` and `ikeur verify` in a folder, with software that claims few types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "ikeur.toml").write_text(CLAIMED + SOFTWARE, encoding="utf-8")
        (folder / "claims.toml").write_text(CLAIMED, encoding="utf-8")

    def __call__(self, *words: object) -> Result:
        """Run a command of ikeur."""
        return CliRunner().invoke(main, list(map(str, words)), catch_exceptions=False)

    def dryrun(self, name: str, *words: object) -> Path:
        """The bundle of a dry-run."""
        out = self.folder / name
        named = any(str(word).startswith(("--python", "--command")) for word in words)
        config = f"--config={self.folder / ('claims.toml' if named else 'ikeur.toml')}"
        done = self("dryrun", config, *words, "--out", out)
        assert done.exit_code in (0, 1), done.output
        assert out.is_file()
        return out
