"""Follows a guide from its first command to its last, in one shell, as a reader does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.guides.guide_pages import Command, Seen, steps
from tests.paths import ROOT

REF = "the-commit-that-is-tested"
# The project's own ikeur, where a clean machine would install one.
_INSTALLED = f'mkdir -p ikeur-venv/bin && ln -s "{sys.prefix}/bin/ikeur" ikeur-venv/bin/ikeur'
_STAND_INS = {
    "git clone --quiet": f'ln -s "{ROOT}" ikeur-src',
    "git -C ikeur-src": ":",
    "python3 -m venv": f'ln -s "{sys.prefix}" ikeur-venv',
    "ikeur-venv/bin/python -m pip": ":",
    "sh ci/ikeur.sh": f"{_INSTALLED} && echo {REF} >ikeur-venv/ikeur-ref && sh ci/ikeur.sh",
}


@dataclass(frozen=True)
class Followed:
    """How one command of a guide ended."""

    command: Command
    code: int
    output: str


@dataclass(frozen=True)
class Reader:
    """Follows guides in a folder; on a clean machine with what is cloned and installed anew."""

    folder: Path
    repository: str = "not cloned"
    ref: str = REF
    clean: bool = False

    def follow(self, name: str) -> tuple[list[Followed], list[str]]:
        """How each command ended, and the lines that should have been seen and were not."""
        found = steps(name)
        self._run([step for step in found if isinstance(step, Command)])
        return self._read(found)

    def _run(self, commands: list[Command]) -> None:
        said = self.folder / "said"
        said.mkdir()
        script = [
            f"{{\n{self._as_run(command)}\n}} >{said}/{number} 2>&1\necho $? >{said}/{number}.code"
            for number, command in enumerate(commands)
        ]
        work = self.folder / "work"
        work.mkdir()
        environment = os.environ | {"IKEUR_REPO": self.repository, "IKEUR_REF": self.ref}
        subprocess.run(
            ["sh"], input="\n".join(script).encode(), cwd=work, env=environment, timeout=900
        )

    def _as_run(self, command: Command) -> str:
        if not command.mark or self.clean:
            return command.text
        start = next(start for start in _STAND_INS if command.text.startswith(start))
        rest = command.text.removeprefix(start) if start.startswith("sh ") else ""
        return _STAND_INS[start] + rest

    def _read(self, found: list[Command | Seen]) -> tuple[list[Followed], list[str]]:
        followed: list[Followed] = []
        unseen: list[str] = []
        since = 0
        for step in found:
            if isinstance(step, Seen):
                output = "\n".join(one.output for one in followed[since:])
                unseen += step.missing(output)
                since = len(followed)
            else:
                followed.append(self._ended(step, len(followed)))
        return followed, unseen

    def _ended(self, command: Command, number: int) -> Followed:
        said = self.folder / "said" / str(number)
        code = said.with_suffix(".code")
        if not code.exists():
            return Followed(command, -1, "was not reached")
        return Followed(command, int(code.read_text()), said.read_text(encoding="utf-8"))
