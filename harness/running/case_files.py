"""Writes the files of a case: its input, the expected output and the actual output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.cases.case import Case
from harness.cases.file_roles import SMALLEST
from harness.cases.question import AskedCase
from harness.running.sequence_files import LIST, files_of
from harness.suites.registry import suite_of
from harness.sut.protocol import Request
from schemas import outside

FOLDER = "cases"
MOST_KEPT = 500


class Keeper:
    """Writes the files of cases under the report folder, up to a limit."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.kept = 0

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self.kept >= MOST_KEPT

    def keep(self, asked: AskedCase) -> dict[str, str]:
        """Write the files of a case; returns their paths relative to the report folder, by role."""
        if self.is_full:
            return {}
        self.kept += 1
        return self.write(asked.case, suite_of(asked.case).files(asked))

    def keep_smallest(self, asked: AskedCase, number: int) -> dict[str, str]:
        """Write a reduced message beside the files of its case; returns paths as `keep` does.

        `number` is the position, from 1, of the finding that it shows.
        """
        start = SMALLEST if number == 1 else f"{SMALLEST}-{number}"
        files = suite_of(asked.case).files(asked)
        return self.write(asked.case, {f"{start}-{role}": files[role] for role in files})

    def keep_sequence(self, case: Case, messages: Sequence[Request]) -> dict[str, str]:
        """Write the messages that must precede a case; returns the path of the list, by role."""
        if not messages:
            return {}
        folder = f"{FOLDER}/{case.id}"
        (self.out / folder).mkdir(parents=True, exist_ok=True)
        for name, data in files_of(messages).items():
            self._file(f"{folder}/{name}", data)
        return {LIST: f"{folder}/{LIST}.json"}

    def write(self, case: Case, contents: dict[str, tuple[str, bytes]]) -> dict[str, str]:
        """Write files of a case; returns their paths relative to the report folder, by role."""
        (self.out / FOLDER / case.id).mkdir(parents=True, exist_ok=True)
        files = {}
        for role, (suffix, data) in contents.items():
            files[role] = path_of(case, role, suffix)
            self._file(files[role], data)
        return files

    def _file(self, name: str, data: bytes) -> None:
        # The software under test may have put a link or a pipe there.
        with outside.anew(self.out / name) as file:
            file.write(data)


def path_of(case: Case, role: str, suffix: str) -> str:
    """The path of a file of a case, relative to the report folder."""
    return f"{FOLDER}/{case.id}/{role}{suffix}"
