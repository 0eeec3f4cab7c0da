"""A folder that software can reach: messages are laid in it, and what was left there is taken.

Software may put a link, a pipe or a device where a file or the folder itself was. Of these nothing
is followed, waited for or read.
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
# What no software under test does to a folder alone.
_OF_MACHINE = {
    errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO, errno.EROFS
}  # fmt: skip
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_PART = ".part"


@dataclass(frozen=True)
class SharedFolder:
    """A folder by its path, each part of which is in the one before; none of them may be a link.

    One that `is_ours` is put back where the software took it away.
    """

    parts: tuple[Path, ...]
    is_ours: bool = True

    @property
    def path(self) -> Path:
        """The path of the folder as a whole."""
        return Path(*self.parts)

    @contextlib.contextmanager
    def entered(self) -> Iterator[int]:
        """The folder, open; raises OSError where it is none any more."""
        with contextlib.ExitStack() as opened:
            at: int | None = None
            for part in self.parts:
                at = removal.entered(part, at=at)
                opened.callback(os.close, at)
            assert at is not None
            yield at

    def restore(self) -> None:
        """See that the folder is there; raises OSError where it cannot be."""
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
        """Put a file there, whole at once; what had its name goes."""
        with self.entered() as folder:
            aside = f"{name}{_PART}"
            for old in (aside, name):
                removal.removed(old, at=folder)
            with os.fdopen(os.open(aside, _NEW, 0o666, dir_fd=folder), "wb") as file:
                file.write(data)
            os.rename(aside, name, src_dir_fd=folder, dst_dir_fd=folder)

    def status(self, name: str) -> os.stat_result | None:
        """What the system tells of what has a name, which may be a link; None without any."""
        try:
            with self.entered() as folder:
                return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            return None

    def read(self, name: str) -> tuple[bytes | None, str]:
        """What a file holds; None where there is none, with what stands in its place, in words.

        Raises OverflowError where it holds more than is read.
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
        """Why the folder cannot be used, in words; None where it can be."""
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
        """Remove what has a name; the error where something stays."""
        try:
            with self.entered() as folder:
                return removal.removed(name, at=folder)
        except OSError:
            return None


def is_of_machine(error: OSError) -> bool:
    """Whether an error tells of the machine, so that nothing can go on, and not of a folder."""
    return error.errno in _OF_MACHINE


def is_file(status: os.stat_result) -> bool:
    """Whether something is a file that can be read to its end."""
    return stat.S_ISREG(status.st_mode)


def kind(mode: int) -> str:
    """What something is, in words, by its mode."""
    return _KINDS.get(stat.S_IFMT(mode), "no file")


def _restored(part: Path, at: int | None) -> int:
    try:
        return removal.entered(part, at=at)
    except OSError:
        # Neither a link nor a file there is worth to be kept, and one may not be followed.
        removal.removed(part, at=at)
        os.mkdir(part, stat.S_IRWXU, dir_fd=at)
        return removal.entered(part, at=at)


def _read(name: str, folder: int) -> tuple[bytes | None, str]:
    mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
    if not stat.S_ISREG(mode):
        return None, f"{name} is {kind(mode)}, no file"
    return outside.read(Path(name), process.MOST_OUTPUT, follow=False, at=folder), ""
