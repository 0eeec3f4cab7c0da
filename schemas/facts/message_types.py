"""The message types, each with its records (2.0) and elements (2.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schemas.errors import TableError, UsageError, did_you_mean
from schemas.facts import records
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.records import Field, Record

BASE_NAMESPACE = "http://www.istandaarden.nl/{standard}/2_1/basisschema/schema/2_1"
MESSAGE_NAMESPACE = "http://www.istandaarden.nl/{standard}/2_1/{message}/schema/2_1"


@dataclass(frozen=True, eq=False, slots=True)
class Layout:
    """The records of a message by code, and its root in 2.1, None if it has no XML form there."""

    records: Mapping[str, Record]
    root: Element | None


@dataclass(frozen=True, eq=False)
class MessageType:
    """A message type; `read_layout` reads its tables, and returns the same layout each time."""

    name: str
    standard: str
    title: str
    sender: str
    receiver: str
    role: str
    pair: str
    codes: tuple[str, ...]
    record_length: int
    convertible: bool
    evidence_20: str
    evidence_21: str
    format_21: str
    read_layout: Callable[[], Layout] = field(repr=False)

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """The records of the 2.0 message, by code."""
        return self.read_layout().records

    @cached_property
    def root(self) -> Element | None:
        """The root of the 2.1 message; None if it has no XML form in 2.1."""
        return self.read_layout().root

    @cached_property
    def namespace(self) -> str:
        """The namespace of the 2.1 message."""
        return MESSAGE_NAMESPACE.format(standard=self.standard, message=self.name.lower())

    @cached_property
    def base_namespace(self) -> str:
        """The namespace of the types shared by the messages of a standard."""
        return BASE_NAMESPACE.format(standard=self.standard)

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The elements of the 2.1 message, by path."""
        return {element.path: element for element in self.root.walk()} if self.root else {}

    def field(self, record: str, name: str) -> Field:
        """Return a field by its record and name."""
        return self.records[record].by_name[name]

    @cached_property
    def code_field(self) -> Field:
        """The header field that holds the message code."""
        for item in self.records[records.HEADER].fields:
            if item.rule.argument == MESSAGE_CODE:
                return item
        raise TableError(
            "TABLE-FIELD", "no field tells the message type", f"ei20/{self.name}.csv:2"
        )

    def header_field(self, name: str) -> Field:
        """Return a field of the header or trailer, which together form the header in 2.1."""
        header = self.records[records.HEADER].by_name
        return header.get(name) or self.records[records.TRAILER].by_name[name]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All message types, with lookups."""

    messages: Mapping[str, MessageType]

    @cached_property
    def by_code(self) -> dict[str, MessageType]:
        """The message types by BerichtCode."""
        return {code: message for message in self.messages.values() for code in message.codes}

    @cached_property
    def by_namespace(self) -> dict[str, MessageType]:
        """The message types that have a 2.1 schema, by namespace."""
        convertible = (message for message in self.messages.values() if message.convertible)
        return {message.namespace: message for message in convertible}

    def select(self, text: str) -> list[MessageType]:
        """Return the types in a comma-separated list, or `all`; raises UsageError."""
        chosen: list[MessageType] = []
        for name in (part.strip().upper() for part in text.split(",")):
            found = list(self.messages.values()) if name == "ALL" else [self.one(name)]
            chosen += [message for message in found if message not in chosen]
        return chosen

    def one(self, name: str) -> MessageType:
        """Return the type with a name; raises UsageError if there is none."""
        if name not in self.messages:
            raise UsageError(
                "USE-MESSAGE",
                f"unknown message type {name!r}",
                do=f"{did_you_mean(name, self.messages)}`ikeur messages` lists the types",
            )
        return self.messages[name]


def full_path(record: Record, path: str) -> str:
    """Return the path of an element from below the root, without position."""
    base = "" if path.startswith("Header/") or not record.container else f"{record.container}/"
    return f"{base}{path.partition('[')[0]}"
