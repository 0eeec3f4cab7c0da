"""Writing a 2.0 message: numbers, keys, comment lines and counts are computed, never copied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from schemas.ei_check import COMMENT_LINE
from schemas.ei_lines import ENCODING
from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import COMMENT, HEADER, TRAILER, Field, Record

LINE_END = "\r\n"
# Behind a blank that may not be: no value of a message can hold it.
_MISSING = "\0"
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class _Template:
    """A record as a format string; what is missing where it must be there makes it too long."""

    record: Record
    text: str
    names: tuple[str, ...]
    blanks: tuple[str, ...]
    fields: tuple[Field, ...]
    numbers: Callable[[tuple[str, ...]], tuple[str, ...]]
    number_lengths: tuple[int, ...]
    sequence: str
    digits: int
    equal: tuple[tuple[str, str], ...]
    owner: str
    below: tuple[tuple[str, str, str], ...]


def _piece(field: Field) -> str:
    if field.rule.role == "reserve":
        return field.blank
    if field.rule.role == "constant":
        return field.rule.argument
    # A number stands in a tree with all its digits; a text is filled up, never cut.
    return "%s" if field.is_number else f"%-{field.length}s"


def _getter(places: list[int]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """What takes the values at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda found: tuple(found[place] for place in places)


def _template(message: MessageType, record: Record) -> _Template:
    filled = tuple(f for f in record.fields if f.rule.role not in ("reserve", "constant"))
    roles = {field.rule.role: field for field in filled}
    arguments = {
        field.rule.argument
        for other in message.records.values()
        for field in other.fields
        if field.rule.role == "equal"
    }
    return _Template(
        record=record,
        text="".join(_piece(field) for field in record.fields),
        names=tuple(field.name for field in filled),
        blanks=tuple(field.blank + (_MISSING if field.must_be_filled else "") for field in filled),
        fields=filled,
        numbers=_getter([place for place, f in enumerate(filled) if f.is_number]),
        number_lengths=tuple(f.length for f in filled if f.is_number),
        sequence=roles["sequence"].name if "sequence" in roles else "",
        digits=roles["sequence"].length if "sequence" in roles else 0,
        equal=tuple((f.name, f.rule.argument) for f in filled if f.rule.role == "equal"),
        owner=roles["owner"].name if "owner" in roles else "",
        below=tuple(
            (f"{record.code}/{f.name}", f.name, f.blank if f.is_number else "")
            for f in filled
            if f"{record.code}/{f.name}" in arguments
        ),
    )


@cache
def _templates(name: str) -> dict[str, _Template]:
    message = catalogue().one(name)
    return {code: _template(message, record) for code, record in message.records.items()}


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


def _padded(template: _Template, values: Mapping[str, str]) -> dict[str, str]:
    """The values with all digits of each number, which most trees have them with already."""
    lengths = {field.name: field.length for field in template.fields if field.is_number}
    return {name: value.zfill(lengths.get(name, 0)) for name, value in values.items()}


def _refuse_unfit(template: _Template, values: Mapping[str, str]) -> None:
    """Refuse a record for its first value that is missing or does not fit."""
    for field, blank in zip(template.fields, template.blanks, strict=True):
        value = values.get(field.name, blank)
        if value.endswith(_MISSING):
            what = f"{field.name} of record {field.record} must be filled, and no value is known"
            raise Refused("OUT-REQUIRED", what)
        if len(value) > field.length:
            raise _cannot_hold(field, value)


class _Writer:
    """The lines of one message, in order."""

    def __init__(self, message: MessageType) -> None:
        self.message = message
        self.templates = _templates(message.name)
        self.below = _kinds_below(message.name)
        self.lines: list[str] = []
        self.counts: Counter[str] = Counter()
        self.number = 0
        # The last value of each field that records below repeat, as `RECORD/FIELD`.
        self.above: dict[str, str] = {}
        comment = message.records.get(COMMENT)
        self.roles = {field.rule.role: field for field in comment.fields} if comment else {}
        self.comment_text = self.roles["comment-text"].name if comment else ""

    def line(self, template: _Template, values: Mapping[str, str]) -> None:
        """Add a record; raises Refused where a value does not fit or is missing."""
        found = tuple(map(values.get, template.names, template.blanks))
        text = template.text % found
        # With each number of its exact length, only a text can make the record too long.
        numbers = tuple(map(len, template.numbers(found)))
        if len(text) != self.message.record_length or numbers != template.number_lengths:
            padded = _padded(template, values)
            _refuse_unfit(template, padded)
            text = template.text % tuple(map(padded.get, template.names, template.blanks))
        self.lines.append(text)

    def detail(self, node: Node, owner: str = "") -> None:
        """Add a detail record, its comments and all below it; `owner` is the key it hangs on."""
        template = self.templates[node.record]
        self.counts[node.record] += 1
        self.number += 1
        values = node.values
        for source, name, blank in template.below:
            self.above[source] = values.get(name, blank)
        links = {name: self.above[source] for name, source in template.equal}
        links[template.sequence] = str(self.number).zfill(template.digits)
        if template.owner:
            links[template.owner] = owner
        self.line(template, values | links)
        if self.comment_text in values:
            self.comment(node)
        if node.children:
            self.all_below(node)

    def all_below(self, node: Node) -> None:
        for kind in self.below[node.record]:
            if kind.key:
                self.owned(node, kind)
            for child in node.children:
                if child.record == kind.code:
                    self.detail(child)

    def owned(self, node: Node, kind: Record) -> None:
        """The records of a kind that hang on others by their key, before the parent's own."""
        record, _, name = kind.by_name[kind.key].rule.argument.partition("/")
        keys = [owner.values.get(name, "") for owner in node.of(record)]
        if len(set(keys)) < len(keys):
            what = f"{name} of record {record} is not unique, so that {kind.name} has no owner"
            raise Refused("OUT-KEY", what)
        for owner in node.of(record):
            for child in owner.of(kind.code):
                self.detail(child, owner.values.get(name, ""))

    def comment(self, node: Node) -> None:
        of, line = self.roles["comment-of"], self.roles["comment-line"]
        extra = {k.removeprefix(f"{COMMENT}/"): v for k, v in node.values.items() if "/" in k}
        for number, part in enumerate(comment_lines(node.values[self.comment_text]), 1):
            self.counts[COMMENT] += 1
            values = {
                of.name: str(self.number).zfill(of.length),
                line.name: str(number).zfill(line.length),
                self.comment_text: part,
            }
            self.line(self.templates[COMMENT], values | (extra if number == 1 else {}))

    def trailer(self, root: Node) -> None:
        total = self.counts.total()
        counted = {}
        for field in self.message.records[TRAILER].fields:
            if field.rule.role == "count":
                kind = field.rule.argument
                count = total if kind == "*" else self.counts[kind]
                counted[field.name] = str(count).zfill(field.length)
        self.line(self.templates[TRAILER], root.values | counted)


def comment_lines(text: str) -> Iterator[str]:
    """The lines of a comment: all of 140 characters but the last, whatever the words."""
    for start in range(0, len(text), COMMENT_LINE):
        yield text[start : start + COMMENT_LINE]


def _refuse_control(writer: _Writer) -> None:
    """Refuse a character that would break the records; other blanks are no harm."""
    for line in writer.lines:
        if found := _CONTROL.search(line):
            raise _at(writer, line, found.start())


def _at(writer: _Writer, line: str, column: int) -> Refused:
    """The refusal of the value at a column, from 0."""
    for field in writer.templates[line[:2]].fields:
        if field.start - 1 <= column < field.end:
            return _cannot_hold(field, line[field.start - 1 : field.end].rstrip(" "))
    raise AssertionError("a character that stands in no field")


def _encode(writer: _Writer) -> bytes:
    if not "".join(writer.lines).isprintable():
        _refuse_control(writer)
    text = LINE_END.join([*writer.lines, ""])
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError as error:
        number = text.count(LINE_END, 0, error.start)
        column = error.start % (writer.message.record_length + len(LINE_END))
        raise _at(writer, writer.lines[number], column) from None


def write(message: MessageType, root: Node) -> bytes:
    """A 2.0 message as bytes: ISO 8859-1, each record of its length, ended by CR LF.

    Raises Refused where a value does not fit, is missing, or has a character that is not in
    ISO 8859-1.
    """
    writer = _Writer(message)
    header = writer.templates[HEADER]
    for source, name, blank in header.below:
        writer.above[source] = root.values.get(name, blank)
    writer.line(header, root.values)
    writer.all_below(root)
    writer.trailer(root)
    return _encode(writer)
