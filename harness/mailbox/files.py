"""Reads the files of a mailbox one by one, keeping only the start and end of each.

Unreadable files are reported with a reason; nothing is followed, awaited or changed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.mailbox import zips
from harness.mailbox.pieces import Item, Piece, Unread
from schemas import outside
from schemas.header.header import END_BYTES, START_BYTES
from schemas.outside import MOST_MESSAGE

# The most nested folders.
MOST_DEEP = 64
# The finding for a file that was replaced by a link or pipe after it was listed.
_SPECIAL = {errno.EINVAL: "FILE-SPECIAL", errno.ELOOP: "FILE-LINK"}


@dataclass(frozen=True)
class _Folder:
    """A folder being listed; `name` is its path in the mailbox with a final `/`, empty for all."""

    entries: Iterator[os.DirEntry[str]]
    name: str


def walk(root: str, is_whole: bool = False) -> Iterator[Item]:
    """Yield all files of a folder, its subfolders and its zips, in any order.

    `is_whole` sorts them by name, and keeps the whole content of files in a zip. Raises OSError if
    the folder itself cannot be listed.
    """
    stack = [_listed(root, "", is_whole)]
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
        yield from _entry(entry, f"{folder.name}{entry.name}", stack, is_whole)


def _listed(path: str, name: str, in_order: bool) -> _Folder:
    entries = os.scandir(path)
    return _Folder(iter(sorted(entries, key=lambda item: item.name)) if in_order else entries, name)


def _entry(
    entry: os.DirEntry[str], name: str, stack: list[_Folder], is_whole: bool
) -> Iterator[Item]:
    try:
        if entry.is_symlink():
            yield Unread(name, "FILE-LINK", "")
        elif entry.is_file(follow_symlinks=False):
            yield from read(entry.path, name, is_whole)
        elif not entry.is_dir(follow_symlinks=False):
            yield Unread(name, "FILE-SPECIAL", "")
        elif len(stack) > MOST_DEEP:
            yield Unread(name, "FILE-DEEP", str(MOST_DEEP))
        else:
            stack.append(_listed(entry.path, f"{name}/", is_whole))
    except OSError as error:
        code = _SPECIAL.get(error.errno or 0, "")
        yield Unread(name, code or "FILE-UNREADABLE", "" if code else _why(error))


def read(path: str, name: str, is_whole: bool = False, *, follow: bool = False) -> Iterator[Item]:
    """Read a file at `name` in the mailbox, or the files inside it if it is a zip."""
    with outside.opened(Path(path), follow=follow) as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(min(size, START_BYTES)) or b""
        if start.startswith(zips.STARTS):
            yield from zips.members(file, size, name, is_whole)
        elif size > MOST_MESSAGE:
            yield Unread(name, "FILE-SIZE", str(size))
        elif size <= len(start):
            yield Piece(name, start, start[-END_BYTES:], size)
        else:
            file.seek(size - END_BYTES)
            yield Piece(name, start, file.read(END_BYTES) or b"", size)


def _why(error: OSError) -> str:
    return error.strerror or str(error)
