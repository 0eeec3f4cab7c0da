"""What is held of a file of a mailbox, and why one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from schemas.message.fault import Fault

# A larger file is no message that any reader of ours takes.
MOST_BYTES = 256 * 1024 * 1024
# A file by another name that is no message is not missed as one.
_MESSAGES = (".ei", ".xml", ".txt", ".zip", "")
_NO_MESSAGE = ("FILE-EMPTY", "FILE-NO-MESSAGE")


@dataclass(frozen=True, slots=True)
class Piece:
    """The first and the last bytes of a file; `path` is its place in the mailbox.

    What was taken out of a zip as a whole has all its bytes in `start`.
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
    """Whether a file is by its name a message, or a zip of them."""
    name = PurePosixPath(path)
    return name.suffix.lower() in _MESSAGES and not name.name.startswith(".")


def named(fault: Fault, path: str) -> Fault:
    """A fault, which is another one for a file that by its name is no message."""
    is_other = fault.code in _NO_MESSAGE and not is_named_message(path)
    return replace(fault, code="FILE-OTHER") if is_other else fault
