"""Reads the files of cases, for the reports that show them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from schemas import outside

# Reads a file by its path beside the reports; None if it cannot be read.
CaseFiles = Callable[[str], bytes | None]
# In bytes; of a larger file the size is not told either.
MOST_READ = 4_000_000


def below(folder: Path) -> CaseFiles:
    """The files of cases in the folder of a run; results from elsewhere lead nowhere else."""

    def read(path: str) -> bytes | None:
        relative = PurePosixPath(path)
        if relative.is_absolute() or ".." in relative.parts:
            return None
        try:
            with outside.opened(folder / relative, follow=False, most=MOST_READ) as file:
                return file.read()
        except (OSError, ValueError):
            return None

    return read


def nowhere(_: str) -> bytes | None:
    """The files of a run that has none."""
    return None
