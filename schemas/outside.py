"""Opens files from outside the project: regular files only, without blocking, up to a size limit.

Opening a pipe would block and a device never ends; a link made by the software under test can point
anywhere. Checks are made on the open file, not on its name, which may be replaced meanwhile.
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
# A larger file is no message that ikeur reads.
MOST_MESSAGE = 256 * 1024 * 1024
# Upper limit for a line written by ikeur, which holds a few messages at most.
MOST_LINE = 2**30


def opened(
    path: Path, *, follow: bool = True, most: int | None = None, at: int | None = None
) -> BufferedReader:
    """Open a regular file for reading; links are only followed with `follow`.

    `at` is the descriptor of the folder that a relative path starts from. Raises OSError with the
    file name: EINVAL if it is not a regular file, EISDIR for a folder, EFBIG if it exceeds `most`
    bytes.
    """
    flags = _FLAGS if follow else _FLAGS | _NO_LINK
    # Opening a device can have side effects, so the name is checked first.
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
    """Open a regular file for appending after its first `keep` bytes; the rest is discarded.

    Never follows a link or blocks; raises OSError with the file name.
    """
    file = open(path, "ab", opener=lambda name, _: os.open(name, _APPEND, 0o666))  # noqa: SIM115 - a Path has no opener
    if _is_special(os.fstat(file.fileno())):
        file.close()
        raise _no_file(path)
    file.truncate(keep)
    return file


def anew(path: Path) -> BufferedWriter:
    """Create a file for writing, replacing what has its name; a link is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def _is_special(status: os.stat_result) -> bool:
    return not any(kind(status.st_mode) for kind in (stat.S_ISREG, stat.S_ISDIR, stat.S_ISLNK))


def read(path: Path, most: int, *, follow: bool = True, at: int | None = None) -> bytes:
    """Return the bytes of a regular file of at most `most` bytes; `at` as in `opened`.

    Raises OSError with the file name: EINVAL if it is not a regular file, EFBIG if it is larger.
    """
    with opened(path, follow=follow, most=most, at=at) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) or b""
        # A file of the system may hold more than its reported size.
        if len(data) > size:
            data += file.read(most + 1 - len(data)) or b""
    if len(data) > most:
        raise _too_large(path, most)
    return data


def lines(file: IO[AnyStr], most: int = MOST_LINE) -> Iterator[AnyStr]:
    """Yield the lines of a file; raises OSError for a line over `most` bytes or characters."""
    while line := file.readline(most + 1):
        if len(line) > most:
            raise OSError(errno.EFBIG, f"a line longer than {most:,} bytes", file.name)
        yield line


def asked(path: Path, most: int, code: str, do: str) -> bytes:
    """Return the bytes of a file named by the user; raises UsageError if it cannot be read."""
    try:
        return read(path, most)
    except OSError as error:
        raise UsageError(code, f"cannot be read: {error.strerror}", str(path), do) from None


def _no_file(path: Path) -> OSError:
    return OSError(errno.EINVAL, "not a regular file", str(path))


def _too_large(path: Path, most: int) -> OSError:
    return OSError(errno.EFBIG, f"larger than {most:,} bytes", str(path))
