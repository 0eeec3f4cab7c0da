"""A folder that the software can reach, for messages and answers.

Software may replace a file or the folder itself by a link, pipe or device. None of these is
followed, awaited or read.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.sut import process
from harness.sut.files import removal
from schemas import outside

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFREG: "a file",
}
# Errors of the machine, which software cannot cause for one folder alone.
_OF_MACHINE = {
    errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EROFS
}  # fmt: skip
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_PART = ".part"


@dataclass(frozen=True)
class SharedFolder:
    """A folder by path, each part inside the one before; no part may be a link.

    A folder that `is_ours` is recreated if the software removes it.
    """

    parts: tuple[Path, ...]
    is_ours: bool = True

    @property
    def path(self) -> Path:
        """The full path."""
        return Path(*self.parts)

    @contextlib.contextmanager
    def entered(self) -> Iterator[int]:
        """Open the folder; raises OSError if it no longer is one."""
        with contextlib.ExitStack() as opened:
            at: int | None = None
            for part in self.parts:
                at = removal.entered(part, at=at)
                opened.callback(os.close, at)
            assert at is not None
            yield at

    def restore(self) -> None:
        """Make sure that the folder exists; raises OSError if it cannot."""
        if not self.is_ours:
            self.path.mkdir(parents=True, exist_ok=True)
            with self.entered():
                return
        with contextlib.ExitStack() as opened:
            at: int | None = None
            for part in self.parts:
                at = _restored(part, at)
                opened.callback(os.close, at)

    def put(self, name: str, data: bytes) -> None:
        """Write a file atomically, replacing anything of that name."""
        with self.entered() as folder:
            aside = f"{name}{_PART}"
            for old in (aside, name):
                removal.removed(old, at=folder)
            with os.fdopen(os.open(aside, _NEW, 0o666, dir_fd=folder), "wb") as file:
                file.write(data)
            os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)

    def status(self, name: str) -> os.stat_result | None:
        """The status of a name, without following a link; None if there is none."""
        try:
            with self.entered() as folder:
                return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return None

    def read(self, name: str) -> tuple[bytes | None, str]:
        """Read a file; returns None if there is none, with what is there instead, in words.

        Raises OverflowError for a file above the size limit.
        """
        try:
            with self.entered() as folder:
                return _read(name, folder)
        except FileNotFoundError:
            return None, "" if self.trouble() is None else f"{self.path} is gone"
        except OSError as error:
            if error.errno == errno.EFBIG:
                raise OverflowError from None
            return None, self.trouble() or f"{name} cannot be read: {error.strerror or error}"

    def trouble(self) -> str | None:
        """Why the folder cannot be used, in words; None if it can."""
        try:
            with self.entered():
                return None
        except OSError as error:
            for part in range(len(self.parts)):
                path = Path(*self.parts[: part + 1])
                with contextlib.suppress(OSError):
                    if not stat.S_ISDIR(path.lstat().st_mode):
                        return f"{path} is {kind(path.lstat().st_mode)}, no folder"
            return f"{self.path} cannot be entered: {error.strerror or error}"

    def clear(self, name: str) -> OSError | None:
        """Remove a name; returns the error if something stays."""
        try:
            with self.entered() as folder:
                return removal.removed(name, at=folder)
        except OSError:
            return None


def is_of_machine(error: OSError) -> bool:
    """Whether an error concerns the machine, so that the run cannot go on."""
    return error.errno in _OF_MACHINE


def is_file(status: os.stat_result) -> bool:
    """Whether a status is that of a regular file."""
    return stat.S_ISREG(status.st_mode)


def kind(mode: int) -> str:
    """The type of a file in words, by its mode."""
    return _KINDS.get(stat.S_IFMT(mode), "no file")


def _restored(part: Path, at: int | None) -> int:
    try:
        return removal.entered(part, at=at)
    except OSError:
        # A link or file in its place is not worth keeping, and must not be followed.
        removal.removed(part, at=at)
        os.mkdir(part, stat.S_IRWXU, dir_fd=at)
        return removal.entered(part, at=at)


def _read(name: str, folder: int) -> tuple[bytes | None, str]:
    mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    if not stat.S_ISREG(mode):
        return None, f"{name} is {kind(mode)}, no file"
    return outside.read(Path(name), process.MOST_OUTPUT, follow=False, at=folder), ""
