"""Writes a report file completely or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from schemas import outside


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A file that gets its name only after it is written completely."""
    aside = path.with_name(f".{path.name}.part")
    # A lone surrogate from the software under test must not prevent the report.
    try:
        with TextIOWrapper(outside.anew(aside), "utf-8", "backslashreplace", "\n") as file:
            yield file
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
