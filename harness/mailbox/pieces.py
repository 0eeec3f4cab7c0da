"""What is held of a file of a mailbox, and why one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

# A larger file is no message that any reader of ours takes.
MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """The first and the last bytes of a file; `path` is its place in the mailbox."""

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
