"""Writing a 2.0 message: numbers, keys, comment lines and counts are computed, never copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.ei_check import COMMENT_LINE
from schemas.ei_lines import ENCODING
from schemas.ei_links import linked_value
from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import COMMENT, HEADER, TRAILER, Field, Record

LINE_END = "\r\n"


@dataclass(frozen=True)
class _Slot:
    """A field as the writer fills it: `fixed` where it is always the same."""

    field: Field
    name: str
    length: int
    blank: str
    is_number: bool
    fixed: str | None
    required: bool


def _slot(field: Field) -> _Slot:
    role = field.rule.role
    fixed = {"reserve": field.blank, "constant": field.rule.argument}.get(role)
    required = field.must_be_filled
    return _Slot(field, field.name, field.length, field.blank, field.is_number, fixed, required)


@cache
def _slots(name: str) -> dict[str, tuple[_Slot, ...]]:
    records = catalogue().one(name).records.items()
    return {code: tuple(_slot(field) for field in record.fields) for code, record in records}


@cache
def _kinds_below(name: str) -> dict[str, tuple[Record, ...]]:
    """For each record the kinds of record below it, in the order they are written."""
    records = catalogue().one(name).records
    return {
        code: tuple(record for record in records.values() if record.parent == code)
        for code in records
    }


def _cannot_hold(field: Field, value: str) -> Refused:
    code = "OUT-TOO-LONG" if len(value) > field.length else "OUT-CHARACTER"
    what = f"{field.name} of record {field.record} ({field.length} positions) cannot hold {value!r}"
    return Refused(code, what)


class _Writer:
    """The lines of one message, in order."""

    def __init__(self, message: MessageType) -> None:
        self.message = message
        self.slots = _slots(message.name)
        self.below = _kinds_below(message.name)
        self.lines: list[str] = []
        self.counts: Counter[str] = Counter()
        self.number = 0

    def line(self, record: str, values: Mapping[str, str]) -> None:
        """Add a record; raises Refused where a value does not fit or is missing."""
        parts = []
        for slot in self.slots[record]:
            if slot.fixed is not None:
                parts.append(slot.fixed)
                continue
            value = values.get(slot.name)
            if value is None:
                if slot.required:
                    what = f"{slot.name} of record {record} must be filled, and no value is known"
                    raise Refused("OUT-REQUIRED", what)
                parts.append(slot.blank)
            elif slot.is_number:
                parts.append(value.zfill(slot.length))
            else:
                parts.append(value.ljust(slot.length))
        text = "".join(parts)
        if len(text) != self.message.record_length:
            self.refuse_overlong(record, parts)
        self.lines.append(text)

    def refuse_overlong(self, record: str, parts: list[str]) -> None:
        for slot, part in zip(self.slots[record], parts, strict=True):
            if len(part) != slot.length:
                raise _cannot_hold(slot.field, part)

    def detail(self, node: Node, above: dict[str, Node]) -> None:
        """Add a detail record, its comments and all below it."""
        above = {**above, node.record: node}
        self.counts[node.record] += 1
        self.number += 1
        self.line(node.record, node.values | self.links(node, above))
        self.comment(node)
        self.all_below(node, above)

    def all_below(self, node: Node, above: dict[str, Node]) -> None:
        for kind in self.below[node.record]:
            if kind.key:
                owner = kind.by_name[kind.key].rule.argument.partition("/")[0]
                for item in node.of(owner):
                    for child in item.of(kind.code):
                        self.detail(child, {**above, owner: item, kind.key: item})
            for child in node.of(kind.code):
                self.detail(child, above)

    def links(self, node: Node, above: dict[str, Node]) -> dict[str, str]:
        """The fields of a record that follow from others."""
        record = self.message.records[node.record]
        links = {}
        for field in record.fields:
            role = field.rule.role
            if role == "sequence":
                links[field.name] = str(self.number)
            elif role == "equal":
                links[field.name] = linked_value(self.message, field, above) or ""
            elif role == "owner" and field.name in above:
                owner = above[field.name].values
                links[field.name] = owner.get(field.rule.argument.partition("/")[2], "")
        return links

    def comment(self, node: Node) -> None:
        record = self.message.records.get(COMMENT)
        if record is None:
            return
        roles = {field.rule.role: field.name for field in record.fields}
        text = node.values.get(roles["comment-text"], "")
        for number, part in enumerate(comment_lines(text), 1):
            self.counts[COMMENT] += 1
            values = {
                roles["comment-of"]: str(self.number),
                roles["comment-line"]: str(number),
                roles["comment-text"]: part,
            }
            if number == 1:
                values |= _own_comment_values(node)
            self.line(COMMENT, values)

    def trailer(self, root: Node) -> None:
        total = self.counts.total()
        counted = {
            field.name: str(
                total if field.rule.argument == "*" else self.counts[field.rule.argument]
            )
            for field in self.message.records[TRAILER].fields
            if field.rule.role == "count"
        }
        self.line(TRAILER, root.values | counted)


def _own_comment_values(node: Node) -> dict[str, str]:
    """What a comment record says besides its text, which stands with the record commented on."""
    start = f"{COMMENT}/"
    return {
        name.removeprefix(start): value
        for name, value in node.values.items()
        if name.startswith(start)
    }


def comment_lines(text: str) -> Iterator[str]:
    """The lines of a comment: all of 140 characters but the last, whatever the words."""
    for start in range(0, len(text), COMMENT_LINE):
        yield text[start : start + COMMENT_LINE]


def _encode(writer: _Writer) -> bytes:
    text = LINE_END.join([*writer.lines, ""])
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError as error:
        number = text.count(LINE_END, 0, error.start)
        line, column = writer.lines[number], error.start % (writer.message.record_length + 2)
        for slot in writer.slots[line[:2]]:
            if slot.field.start - 1 <= column < slot.field.end:
                value = line[slot.field.start - 1 : slot.field.end].strip()
                raise _cannot_hold(slot.field, value) from None
        raise


def write(message: MessageType, root: Node) -> bytes:
    """A 2.0 message as bytes: ISO 8859-1, each record of its length, ended by CR LF.

    Raises Refused where a value does not fit, is missing, or has a character that is not in
    ISO 8859-1.
    """
    writer = _Writer(message)
    writer.line(HEADER, root.values)
    writer.all_below(root, {HEADER: root})
    writer.trailer(root)
    return _encode(writer)
