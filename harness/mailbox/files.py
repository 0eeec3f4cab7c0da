"""The files of a mailbox, one after another: of each no more than its two ends is held.

What cannot be read is told with a reason; nothing is followed, waited for or changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO

from harness.mailbox import zips
from harness.mailbox.pieces import MOST_BYTES, Item, Piece, Unread
from schemas.headers import END_BYTES, START_BYTES

# So many folders may stand in one another.
MOST_DEEP = 64
# A file that was swapped for a link or a pipe since it was listed is not followed or waited for.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


@dataclass(frozen=True)
class _Folder:
    """A folder being listed; `name` is its path in the mailbox, with a `/` where it is not all."""

    entries: Iterator[os.DirEntry[str]]
    name: str


def walk(root: str) -> Iterator[Item]:
    """All files of a folder and those below it and in zips, in no order.

    Raises OSError where the folder itself cannot be listed.
    """
    stack = [_Folder(os.scandir(root), "")]
    while stack:
        folder = stack[-1]
        try:
            entry = next(folder.entries, None)
        except OSError as error:
            yield Unread(folder.name, "FILE-UNREADABLE", _why(error))
            entry = None
        if entry is None:
            stack.pop()
            continue
        yield from _entry(entry, f"{folder.name}{entry.name}", stack)


def _entry(entry: os.DirEntry[str], name: str, stack: list[_Folder]) -> Iterator[Item]:
    try:
        if entry.is_symlink():
            yield Unread(name, "FILE-LINK", "")
        elif entry.is_file(follow_symlinks=False):
            yield from _file(entry.path, name)
        elif not entry.is_dir(follow_symlinks=False):
            yield Unread(name, "FILE-SPECIAL", "")
        elif len(stack) > MOST_DEEP:
            yield Unread(name, "FILE-DEEP", str(MOST_DEEP))
        else:
            stack.append(_Folder(os.scandir(entry.path), f"{name}/"))
    except OSError as error:
        yield Unread(name, "FILE-UNREADABLE", _why(error))


def _file(path: str, name: str) -> Iterator[Item]:
    with FileIO(path, opener=lambda where, _: os.open(where, _FLAGS)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            yield Unread(name, "FILE-SPECIAL", "")
            return
        size = status.st_size
        start = file.read(min(size, START_BYTES)) or b""
        if start.startswith(zips.STARTS):
            yield from zips.members(file, size, name)
        elif size > MOST_BYTES:
            yield Unread(name, "FILE-SIZE", str(size))
        elif size <= len(start):
            yield Piece(name, start, start[-END_BYTES:], size)
        else:
            file.seek(size - END_BYTES)
            yield Piece(name, start, file.read(END_BYTES) or b"", size)


def _why(error: OSError) -> str:
    return error.strerror or str(error)
