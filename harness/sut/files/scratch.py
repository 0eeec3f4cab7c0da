"""Temporary folders for the software under test, and those that could not be removed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from harness.sut.files import removal
from harness.sut.files.shared_folder import SharedFolder

# The most paths remembered, as each of very many folders may fail.
_MOST_KEPT = 100


class Scratch:
    """A temporary folder that is removed whatever the software does to it, even if moved."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="ikeur-"))
        self.folder = SharedFolder((self.path,))
        self._open = removal.entered(self.path)
        _open_scratches.add(self)

    def inner(self, name: str) -> SharedFolder:
        """A folder inside it."""
        return SharedFolder((self.path, Path(name)))

    def close(self) -> None:
        """Remove the folder; what stays is noted for the end of the run."""
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
        """The new path of a folder that was moved, or None."""
        own = os.fstat(self._open)
        with contextlib.suppress(OSError):
            if os.path.samestat(own, self.path.lstat()):
                return None
        with contextlib.suppress(OSError):
            path = Path(f"/proc/self/fd/{self._open}").readlink()
            if os.path.samestat(own, path.lstat()):
                return path
        return None


# The folders that are not removed yet.
_open_scratches: set[Scratch] = set()
# Why paths could not be removed, by machine (if another) and path.
_left: dict[tuple[str, str], str] = {}


def remove_all() -> None:
    """Remove all temporary folders, before this process exits."""
    for scratch in list(_open_scratches):
        with contextlib.suppress(OSError):
            scratch.close()


def note(path: Path, error: OSError) -> None:
    """Note that a path could not be removed."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else ""
    add({str(path): ": ".join(filter(None, (name, error.strerror or str(error))))})


def add(found: Mapping[str, str], where: str = "") -> None:
    """Note paths that could not be removed, possibly in another process or on another machine."""
    for path, why in found.items():
        if len(_left) < _MOST_KEPT:
            _left[where, path] = why


def left() -> dict[str, str]:
    """The paths that are left, with reasons; each removal is tried once more."""
    for where, path in list(_left):
        if not where and not removal.removed(path):
            del _left[where, path]
    return {f"{where} {path}".strip(): why for (where, path), why in _left.items()}


def take_left() -> dict[str, str]:
    """Return and forget the paths that are left."""
    found = left()
    _left.clear()
    return found
