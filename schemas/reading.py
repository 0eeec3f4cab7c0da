"""The result of reading a message of either release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True)
class AcceptedRecords:
    """The records of a message that the fast path accepted: the code and captured fields of each.

    The fields still have their padding; `text` is the whole message. See `taken` of
    `schemas.ei.fast.accept_fields` for which fields are captured.
    """

    message: MessageType
    text: str
    codes: Sequence[str]
    rows: Sequence[tuple[str, ...]]


@dataclass
class Reading:
    """What was read: message type and tree as far as they are known, and the faults.

    For an accepted message the document and the tree are built on first access; `rows` then holds
    the records of a 2.0 message, and `unparsed` the bytes of a 2.1 message. `records` is the number
    of records in 2.0.
    """

    message: MessageType | None
    tree: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    parsed: etree._Element | None = None
    make: Callable[[MessageType, etree._Element], Node] | None = None
    unparsed: bytes = b""
    records: int = 0
    rows: AcceptedRecords | None = None
    place: Callable[[AcceptedRecords], Node | None] | None = None

    @property
    def document(self) -> etree._Element | None:
        """The root element of a 2.1 message, or None if it is not XML."""
        if self.parsed is None and self.unparsed:
            # A 2.0 message needs no parser.
            from schemas.message.parse_xml import parse

            self.parsed = parse(self.unparsed).root
        return self.parsed

    @property
    def root(self) -> Node | None:
        """The tree, or None if the message could not be read."""
        if self.tree is None and self.make and self.message and self.document is not None:
            self.tree = self.make(self.message, self.document)
        if self.tree is None and self.place and self.rows:
            self.tree = self.place(self.rows)
        return self.tree
