"""Files from outside the project: regular files alone, opened without waiting, read to a bound.

A pipe would be waited for, a device never ends; a link that software under test made leads where
it likes. What is open is looked at, not the name, which may be swapped meanwhile.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import IO, AnyStr

from schemas.errors import UsageError

_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_APPEND = _FLAGS | os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK
# A line that ikeur wrote holds no more than some messages, however they had to be written in it.
MOST_LINE = 2**30


def opened(
    path: Path, *, follow: bool = True, most: int | None = None, at: int | None = None
) -> BufferedReader:
    """A regular file, open for reading; a link is only followed with `follow`.

    `at` is the open folder that a relative path starts from. Raises OSError, naming the file:
    EINVAL where it is none, EISDIR for a folder, EFBIG where it holds more than `most` bytes.
    """
    flags = _FLAGS if follow else _FLAGS | _NO_LINK
    # Opening a device can have effects of its own, so its name is looked at before that.
    if _is_special(os.stat(path, dir_fd=at, follow_symlinks=follow)):
        raise _no_file(path)
    file = open(path, "rb", opener=lambda name, _: os.open(name, flags, dir_fd=at))  # noqa: SIM115 - a Path has no opener
    status = os.fstat(file.fileno())
    wrong = _no_file(path) if _is_special(status) else None
    if most is not None and status.st_size > most:
        wrong = wrong or _too_large(path, most)
    if wrong:
        file.close()
        raise wrong
    return file


def continued(path: Path, keep: int) -> BufferedWriter:
    """A regular file, open for writing behind its first `keep` bytes; what stood there goes.

    Nothing is followed or waited for; raises OSError, naming the file.
    """
    file = open(path, "ab", opener=lambda name, _: os.open(name, _APPEND, 0o666))  # noqa: SIM115 - a Path has no opener
    if _is_special(os.fstat(file.fileno())):
        file.close()
        raise _no_file(path)
    file.truncate(keep)
    return file


def anew(path: Path) -> BufferedWriter:
    """A file that is made anew for writing; what stood at its name goes, and is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def _is_special(status: os.stat_result) -> bool:
    return not any(kind(status.st_mode) for kind in (stat.S_ISREG, stat.S_ISDIR, stat.S_ISLNK))


def read(path: Path, most: int, *, follow: bool = True, at: int | None = None) -> bytes:
    """The bytes of a regular file, `most` of them at most; `at` as with `opened`.

    Raises OSError, naming the file: EINVAL where it is none, EFBIG where it is larger.
    """
    with opened(path, follow=follow, most=most, at=at) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) or b""
        # A file of the system may hold more than the size that it tells.
        if len(data) > size:
            data += file.read(most + 1 - len(data)) or b""
    if len(data) > most:
        raise _too_large(path, most)
    return data


def lines(file: IO[AnyStr], most: int = MOST_LINE) -> Iterator[AnyStr]:
    """The lines of a file, each of `most` bytes or characters at most; raises OSError else."""
    while line := file.readline(most + 1):
        if len(line) > most:
            raise OSError(errno.EFBIG, f"a line longer than {most:,} bytes", file.name)
        yield line


def asked(path: Path, most: int, code: str, do: str) -> bytes:
    """The bytes of a file that the user names; raises UsageError where it cannot be read."""
    try:
        return read(path, most)
    except OSError as error:
        raise UsageError(code, f"cannot be read: {error.strerror}", str(path), do) from None


def _no_file(path: Path) -> OSError:
    return OSError(errno.EINVAL, "not a regular file", str(path))


def _too_large(path: Path, most: int) -> OSError:
    return OSError(errno.EFBIG, f"larger than {most:,} bytes", str(path))
