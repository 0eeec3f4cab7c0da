"""Removes what the software left behind, at any depth, and nothing outside its folder.

Nothing is reached by a path. Each folder is moved up into the one being emptied before it is
opened, so depth costs nothing, no link is followed, and mounts are left alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# The limits for emptying a folder that something may still be filling.
_MOST_SECONDS = 120.0
_MOST_ROUNDS = 20


def entered(name: str | Path, *, at: int | None = None) -> int:
    """Open a folder, relative to the open folder `at`. Raises OSError for a link."""
    return os.open(name, _FOLDER, dir_fd=at)


def removed(name: str | Path, *, at: int | None = None) -> OSError | None:
    """Remove a file or folder; returns the first error if something stays."""
    left: OSError | None = None
    try:
        if not stat.S_ISDIR(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
            os.unlink(name, dir_fd=at)
            return None
        with _open(name, at) as folder:
            left = emptied(folder)
        os.rmdir(name, dir_fd=at)
    except FileNotFoundError:
        return None
    except OSError as error:
        return left or error
    return None


def emptied(folder: int) -> OSError | None:
    """Remove everything in an open folder; returns the first error if something stays."""
    until = time.monotonic() + _MOST_SECONDS
    with contextlib.suppress(OSError):
        os.fchmod(folder, stat.S_IRWXU)
    for _ in range(_MOST_ROUNDS):
        emptying = _Round(folder, until)
        emptying.run()
        if not emptying.done:
            break
    return emptying.error


@contextlib.contextmanager
def _open(name: str | Path, at: int | None) -> Iterator[int]:
    _make_ours(name, at)
    folder = entered(name, at=at)
    try:
        yield folder
    finally:
        os.close(folder)


def _make_ours(name: str | Path, at: int | None) -> None:
    """Take the right to read and empty a folder, if it is ours."""
    with contextlib.suppress(OSError, NotImplementedError):
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        if mode & stat.S_IRWXU == stat.S_IRWXU:
            return
        if not hasattr(os, "O_PATH"):
            os.chmod(name, stat.S_IRWXU, dir_fd=at, follow_symlinks=False)
            return
        # A folder that cannot be read can still be opened as a path.
        place = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
        try:
            os.chmod(f"/proc/self/fd/{place}", stat.S_IRWXU)  # noqa: PTH101
        finally:
            os.close(place)


@dataclass
class _Round:
    """One pass over everything in a folder; `done` counts what it removed."""

    folder: int
    until: float
    done: int = 0
    error: OSError | None = None
    waiting: deque[str] = field(default_factory=deque)

    def __post_init__(self) -> None:
        # A name that the software cannot guess.
        self.mark = f".{secrets.token_hex(8)}-"
        self.numbers = count()

    def run(self) -> None:
        self._take_out(self.folder)
        while self.waiting:
            name = self.waiting.popleft()
            with self._noting():
                with _open(name, self.folder) as below:
                    self._take_out(below)
                os.rmdir(name, dir_fd=self.folder)
                self.done += 1

    def _take_out(self, folder: int) -> None:
        """Remove the files in a folder, and move its subfolders up."""
        with os.scandir(folder) as entries:
            for entry in entries:
                if time.monotonic() > self.until:
                    self.error = OSError(errno.ETIMEDOUT, "is being written to", entry.name)
                    return
                # Folders that were moved up may appear again.
                if folder != self.folder or not entry.name.startswith(self.mark):
                    with self._noting():
                        self._take(entry, folder)

    def _take(self, entry: os.DirEntry[str], folder: int) -> None:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.name, dir_fd=folder)
            self.done += 1
        elif _is_removed(entry.name, folder):
            self.done += 1
        else:
            _make_ours(entry.name, folder)
            name = f"{self.mark}{next(self.numbers)}"
            os.rename(entry.name, name, src_dir_fd=folder, dst_dir_fd=self.folder)
            self.waiting.append(name)

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            pass
        except OSError as error:
            self.error = self.error or error


def _is_removed(name: str, folder: int) -> bool:
    """Whether a folder was empty and is removed."""
    try:
        os.rmdir(name, dir_fd=folder)
    except OSError:
        return False
    return True
