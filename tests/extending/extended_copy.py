"""A copy of ikeur to which a module is added, as someone who extends it would."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT

TOYS = Path(__file__).parent / "toys"
ROOMS = ("schemas", "generators", "reports", "harness")
# One case of each kind, in place of the profiles of the table.
_PROFILE = "profile,suites,count,kept_one_in,sweep,what_en,what_nl\nquick,all,1,1,no,all,alles\n"
_PROGRAM = """
import sys
from pathlib import Path
from harness.dryrun import profiles
profiles.FOLDER = Path(sys.argv.pop(1))
from harness.cli import main
main(prog_name="ikeur")
"""


class Copy:
    """A copy of the rooms of ikeur in a folder, with a folder beside it to work in."""

    def __init__(self, folder: Path) -> None:
        self.root, self.work = folder / "ikeur", folder / "work"
        for room in ROOMS:
            shutil.copytree(ROOT / room, self.root / room)
        self.work.mkdir()
        self.profiles = folder / "profiles.csv"
        self.profiles.write_text(_PROFILE, encoding="utf-8")

    def add(self, toy: str, room: str, entry: str) -> None:
        """Add a toy to a room, with its entry in the registry there, first of all."""
        shutil.copy(TOYS / f"{toy}.py", self.root / room / f"{toy}.py")
        registry = self.root / room / "registry.py"
        text = registry.read_text(encoding="utf-8")
        package = room.replace("/", ".")
        importing = f"from {package} import {toy}\n"
        text = text.replace(f"from {package}", f"{importing}from {package}", 1)
        text = text.replace(" = registered(\n", f" = registered(\n    {toy}.{entry},\n", 1)
        registry.write_text(text, encoding="utf-8")

    def changed(self) -> set[str]:
        """The source files that are not those of ikeur, by their paths."""
        here = {path.relative_to(self.root) for path in self.root.rglob("*.py")}
        ours = {path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py")}
        same = {
            path for path in here & ours
            if filecmp.cmp(self.root / path, ROOT / path, shallow=False)
        }  # fmt: skip
        return {path.as_posix() for path in (here | ours) - same}

    def added_lines(self, file: str) -> list[str]:
        """The lines of a file that ikeur's lacks; raises AssertionError where it lacks one."""
        mine, ours = (
            (root / file).read_text(encoding="utf-8").splitlines() for root in (self.root, ROOT)
        )
        assert set(ours) <= set(mine)
        return [line for line in mine if line not in ours]

    def ikeur(self, *words: object) -> subprocess.CompletedProcess[str]:
        """Run a command of the copy."""
        start = [sys.executable, "-c", _PROGRAM, str(self.profiles.parent)]
        return subprocess.run(
            [*start, *map(str, words)], capture_output=True, text=True, cwd=self.work,
            env={**os.environ, "PYTHONPATH": f"{self.root}{os.pathsep}{ROOT}"}, timeout=120,
        )  # fmt: skip
