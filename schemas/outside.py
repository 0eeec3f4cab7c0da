"""Files from outside the project: regular files alone, opened without waiting, read to a bound.

A pipe would be waited for, a device never ends; a link that software under test made leads where
it likes. What is open is looked at, not the name, which may be swapped meanwhile.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def opened(path: Path, *, follow: bool = True, at: int | None = None) -> BinaryIO:
    """A regular file, open for reading; a link is only followed with `follow`.

    `at` is the open folder that a relative path starts from. Raises OSError, naming the file:
    EINVAL where it is none, EISDIR for a folder.
    """
    flags = _FLAGS if follow else _FLAGS | _NO_LINK
    file = open(path, "rb", opener=lambda name, _: os.open(name, flags, dir_fd=at))  # noqa: SIM115 - a Path has no opener
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return file


def read(path: Path, most: int, *, follow: bool = True, at: int | None = None) -> bytes:
    """The bytes of a regular file, `most` of them at most; `at` as with `opened`.

    Raises OSError, naming the file: EINVAL where it is none, EFBIG where it is larger.
    """
    with opened(path, follow=follow, at=at) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most:,} bytes", str(path))
    return data
