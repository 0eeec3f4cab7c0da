"""What is kept of a file in a mailbox, and why a file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from schemas.message.fault import Fault

# Files with another suffix need not be messages.
_MESSAGES = (".ei", ".xml", ".txt", ".zip", "")
_NO_MESSAGE = ("FILE-EMPTY", "FILE-NO-MESSAGE")


@dataclass(frozen=True, slots=True)
class Piece:
    """The first and last bytes of a file; `path` is its path in the mailbox.

    A file taken whole from a zip has all its bytes in `start`.
    """

    path: str
    start: bytes
    end: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read: the code of the finding, and what was found."""

    path: str
    code: str
    what: str


Item = Piece | Unread


def is_named_message(path: str) -> bool:
    """Whether a file name is that of a message or a zip."""
    name = PurePosixPath(path)
    return name.suffix.lower() in _MESSAGES and not name.name.startswith(".")


def named(fault: Fault, path: str) -> Fault:
    """The fault, replaced if the file is no message by its name either."""
    is_other = fault.code in _NO_MESSAGE and not is_named_message(path)
    return replace(fault, code="FILE-OTHER") if is_other else fault
