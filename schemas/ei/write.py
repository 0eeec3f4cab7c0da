"""Writes a 2.0 message; numbers, keys, comment lines and counts are computed, never copied."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.ei.comments import comment_rows
from schemas.ei.fast.write import write_unchecked
from schemas.ei.record_templates import Template, child_records, templates
from schemas.ei.write_strict import FilledRecord, write_checked
from schemas.errors import Refused
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record
from schemas.message import fast_switch
from schemas.message.node import Node


def _own_number(template: Template, node: Node) -> int:
    """Return the number that a record was read with."""
    return int(node.links[template.sequence])


class _Writer:
    """Collects the records of one message in writing order, filling in all derived fields."""

    def __init__(self, message: MessageType, *, keeps_numbers: bool = False) -> None:
        self.message = message
        self.keeps_numbers = keeps_numbers
        self.templates = templates(message.name)
        self.below = child_records(message.name)
        self.rows: list[FilledRecord] = []
        self.number = 0
        # The current value of each field that records below repeat, by `RECORD/FIELD`.
        self.above: dict[str, str] = {}
        self.comment = comment_fields(message.name)
        self.comment_text = self.comment.text.name if self.comment else ""
        self.comment_of = self.comment.of.name if self.comment else ""

    def add(self, template: Template, row: dict[str, str]) -> None:
        """Add one record."""
        self.rows.append((template, row))

    def whole(self, root: Node) -> None:
        """Add the whole message."""
        header = self.templates[HEADER]
        for source, name, absent in header.below:
            self.above[source] = root.get(name, absent)
        self.all_below(root)
        if self.keeps_numbers:
            self.rows.sort(key=self.number_of)
        self.rows.insert(0, (header, root.values))
        self.trailer(root)

    def detail(self, node: Node, owner: str = "") -> None:
        """Add a detail record, its comments and all below it; `owner` is the key of its owner."""
        template, above = self.templates[node.record], self.above
        self.number = self.number + 1 if not self.keeps_numbers else _own_number(template, node)
        for source, name, absent in template.below:
            above[source] = node.get(name, absent)
        links = {template.sequence: str(self.number).zfill(template.digits)}
        for name, source in template.equal:
            links[name] = above[source]
        if template.owner:
            links[template.owner] = owner
        values = node.values
        self.add(template, values | links)
        if self.comment_text in values:
            self.comments(values)
        if node.children:
            self.all_below(node)

    def all_below(self, node: Node) -> None:
        for child_record in self.below[node.record]:
            if child_record.key:
                self.owned(node, child_record)
            for child in node.children:
                if child.record == child_record.code:
                    self.detail(child)

    def owned(self, node: Node, child_record: Record) -> None:
        """Add the records of a kind below keyed owners, ahead of the parent's own."""
        record, _, name = child_record.by_name[child_record.key].rule.argument.partition("/")
        owners = node.of(record)
        keys = [owner.get(name) for owner in owners]
        if len(set(keys)) < len(keys):
            what = (
                f"{name} of record {record} is not unique, so that {child_record.name} has no owner"
            )
            raise Refused("OUT-KEY", what)
        for owner, key in zip(owners, keys, strict=True):
            for child in owner.of(child_record.code):
                self.detail(child, key)

    def number_of(self, row: FilledRecord) -> str:
        """Return the number of a record, or that of the record it comments on."""
        template, values = row
        return values[template.sequence or self.comment_of]

    def comments(self, values: Mapping[str, str]) -> None:
        """Add the comment records of the last record."""
        assert self.comment is not None
        of = self.comment.of
        for row in comment_rows(self.comment, values[self.comment_text], values):
            row[of.name] = str(self.number).zfill(of.length)
            self.add(self.templates[COMMENT], row)

    def trailer(self, root: Node) -> None:
        codes = [template.record.code for template, _ in self.rows[1:]]
        row = root.values.copy()
        for field in self.message.records[TRAILER].fields:
            if field.rule.role == "count":
                code = field.rule.argument
                count = len(codes) if code == "*" else codes.count(code)
                row[field.name] = str(count).zfill(field.length)
        self.add(self.templates[TRAILER], row)


def write(message: MessageType, root: Node, *, keeps_numbers: bool = False) -> bytes:
    """Return a 2.0 message as bytes: ISO 8859-1, fixed-length records ended by CR LF.

    Records are numbered from 1. With `keeps_numbers`, as for a return message, they keep the
    numbers they were read with and are sorted by these.

    Raises Refused where a value is missing, does not fit, or has a character outside ISO 8859-1.
    """
    writer = _Writer(message, keeps_numbers=keeps_numbers)
    writer.whole(root)
    if fast_switch.IS_ON and (data := write_unchecked(writer.rows, message.record_length)):
        return data
    return write_checked(writer.rows, message.record_length)
