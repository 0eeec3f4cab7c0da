"""Finds the messages to validate in files, folders and zips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from harness.mailbox.files import read, walk
from harness.mailbox.pieces import Item, Piece, Unread, is_named_message, named
from harness.mailbox.zips import INSIDE, STARTS
from schemas import outside
from schemas.header.read import read_header
from schemas.message.fault import Fault

_OTHER = "FILE-OTHER"


@dataclass(frozen=True, slots=True)
class Source:
    """A file with the name to show, and the path of its bytes; or why it was left out."""

    shown: str
    path: Path
    left_out: Fault | None = None

    @property
    def name(self) -> str:
        """The name without its folder or zip."""
        return self.shown.rpartition("/")[2]

    def __str__(self) -> str:
        return self.shown


def sources(paths: Sequence[Path], aside: Path) -> Iterator[Source]:
    """The named files, and those in folders and zips, as an audit reads them.

    Files in a zip are copied to the folder `aside`. Raises OSError if a named folder cannot be
    listed.
    """
    numbers = count(1)
    for path in paths:
        if path.is_dir():
            items: Iterable[Item] = walk(str(path), is_whole=True)
            yield from _sources(items, str(path / "_")[:-1], aside, numbers)
        elif path.is_file() and _is_zip(path):
            inside = read(str(path), str(path), is_whole=True, follow=True)
            yield from _sources(inside, "", aside, numbers)
        else:
            # A named file is taken as a message, whatever it holds.
            yield Source(str(path), path)


def _is_zip(path: Path) -> bool:
    try:
        with outside.opened(path) as file:
            return file.read(4).startswith(STARTS)
    except OSError:
        return False


def _sources(
    items: Iterable[Item], base: str, aside: Path, numbers: Iterator[int]
) -> Iterator[Source]:
    for item in items:
        shown = f"{base}{item.path}"
        if isinstance(item, Unread):
            yield Source(shown, Path(shown), Fault(item.code, item.what))
            continue
        other, path = None if is_named_message(item.path) else _other(item), Path(shown)
        if other is None and INSIDE in item.path:
            path = aside / str(next(numbers))
            path.write_bytes(item.start)
        yield Source(shown, path, other)


def _other(piece: Piece) -> Fault | None:
    """Why a file with another suffix is no message, or None."""
    faults = [named(fault, piece.path) for fault in read_header(piece.start, piece.end).faults]
    return next((fault for fault in faults if fault.code == _OTHER), None)
