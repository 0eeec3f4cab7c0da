"""What reading a message gives, in either release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.message.parse_xml import parse


@dataclass(frozen=True)
class Rows:
    """The records of an accepted message: the kind of each, and the fields that are `taken`.

    The fields are as they were read, filled up with zeros and spaces; `text` is the whole message.
    """

    message: MessageType
    text: str
    kinds: Sequence[str]
    rows: Sequence[tuple[str, ...]]


@dataclass
class Reading:
    """What was read: the message type and tree as far as they could be known, and the faults.

    Of a message that was accepted at once the document and the tree are made when somebody first
    asks for them; of a 2.0 message there are `rows` then. Of 2.0 the number of records is known.
    """

    message: MessageType | None
    tree: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    parsed: etree._Element | None = None
    make: Callable[[MessageType, etree._Element], Node] | None = None
    unparsed: bytes = b""
    records: int = 0
    rows: Rows | None = None
    place: Callable[[Rows], Node | None] | None = None

    @property
    def document(self) -> etree._Element | None:
        """The root of an XML document."""
        if self.parsed is None and self.unparsed:
            self.parsed = parse(self.unparsed).root
        return self.parsed

    @property
    def root(self) -> Node | None:
        """The tree, or None where the message could not be read."""
        if self.tree is None and self.make and self.message and self.document is not None:
            self.tree = self.make(self.message, self.document)
        if self.tree is None and self.place and self.rows:
            self.tree = self.place(self.rows)
        return self.tree
