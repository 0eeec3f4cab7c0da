"""Folders made for software under test, and which of them could not be removed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from harness.sut.files import removal
from harness.sut.files.shared_folder import SharedFolder

# So many folders that are left are kept in mind, of which something may be wrong with each.
_MOST_KEPT = 100


class Scratch:
    """A folder of its own, which is removed whatever is done to it, and wherever it is moved."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="ikeur-"))
        self.folder = SharedFolder((self.path,))
        self._open = removal.entered(self.path)
        _open_scratches.add(self)

    def inner(self, name: str) -> SharedFolder:
        """A folder in it."""
        return SharedFolder((self.path, Path(name)))

    def close(self) -> None:
        """Remove it with all that is in it; what stays is noted, to be told at the end."""
        if self not in _open_scratches:
            return
        _open_scratches.remove(self)
        left = removal.emptied(self._open)
        moved = self._moved_to()
        os.close(self._open)
        for path in filter(None, (moved, self.path)):
            if error := removal.removed(path):
                note(path, left or error)

    def _moved_to(self) -> Path | None:
        """Where the folder is now, if that is not where it was made."""
        own = os.fstat(self._open)
        with contextlib.suppress(OSError):
            if os.path.samestat(own, self.path.lstat()):
                return None
        with contextlib.suppress(OSError):
            path = Path(f"/proc/self/fd/{self._open}").readlink()
            if os.path.samestat(own, path.lstat()):
                return path
        return None


# What was lent and not yet removed.
_open_scratches: set[Scratch] = set()
# Why what should be gone is not, by machine where it is another, and path.
_left: dict[tuple[str, str], str] = {}


def remove_all() -> None:
    """Remove what is lent: this process is about to go."""
    for scratch in list(_open_scratches):
        with contextlib.suppress(OSError):
            scratch.close()


def note(path: Path, error: OSError) -> None:
    """Note that something could not be removed."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else ""
    add({str(path): ": ".join(filter(None, (name, error.strerror or str(error))))})


def add(found: Mapping[str, str], where: str = "") -> None:
    """Note what could not be removed, by path, perhaps by another process or on another machine."""
    for path, why in found.items():
        if len(_left) < _MOST_KEPT:
            _left[where, path] = why


def left() -> dict[str, str]:
    """What is left to this moment, with the reasons; each is tried once more."""
    for where, path in list(_left):
        if not where and not removal.removed(path):
            del _left[where, path]
    return {f"{where} {path}".strip(): why for (where, path), why in _left.items()}


def take_left() -> dict[str, str]:
    """What is left, to be told; it is not known any more afterwards."""
    found = left()
    _left.clear()
    return found
