"""Writes a content as a 2.0 message: numbers, keys, comment lines and counts are computed."""

from __future__ import annotations

from generators.content.content import Content
from schemas.ei.record_templates import (
    LINE_END,
    Template,
    checked,
    child_records,
    encoded,
    templates,
)
from schemas.facts.comments import comment_fields, comment_key
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record


class _Misfit(Exception):
    """A value does not fit its field, or is not allowed in 2.0."""


class _Lines:
    """The records of one message."""

    def __init__(self, message: MessageType, side: int) -> None:
        self.side = side
        self.length = message.record_length + len(LINE_END)
        self.templates = templates(message.name)
        self.child_records = child_records(message.name)
        self.comment = comment_fields(message.name)
        self.comment_text = self.comment.text.name if self.comment else ""
        self.lines: list[str] = []
        # The codes of the records after the header, and how many of these are numbered.
        self.codes: list[str] = []
        self.number = 0
        # The current value of each field that records below repeat, by `RECORD/FIELD`.
        self.above: dict[str, str] = {}

    def whole(self, root: Content) -> None:
        """Add the whole message."""
        values = root.values.of[self.side]
        self.add(self.templates[HEADER], values)
        self.keep(self.templates[HEADER], values)
        self.below(root)
        self.add(self.templates[TRAILER], values | self.counts())

    def add(self, template: Template, row: dict[str, str]) -> None:
        """Add a record; raises _Misfit if a value does not fit."""
        line = checked(template, row)
        if len(line) != self.length:
            raise _Misfit
        self.lines.append(line)

    def keep(self, template: Template, values: dict[str, str]) -> None:
        """Remember the values that records below repeat."""
        for source, name, absent in template.below:
            self.above[source] = values.get(name, absent)

    def detail(self, content: Content, owner: str = "") -> None:
        """Add a detail record and all below it; `owner` is the key of its owner."""
        template, values = self.templates[content.record], content.values.of[self.side]
        self.number += 1
        self.codes.append(content.record)
        row = values | {template.sequence: str(self.number).zfill(template.digits)}
        for name, source in template.equal:
            row[name] = self.above[source]
        if template.owner:
            row[template.owner] = owner
        self.add(template, row)
        if self.comment_text in values:
            self.comments(values)
        if content.children:
            self.keep(template, values)
            self.below(content)

    def below(self, content: Content) -> None:
        """Add all records below a content."""
        for kind in self.child_records[content.record]:
            if kind.key:
                self.owned(content, kind)
            for child in content.children:
                if child.record == kind.code:
                    self.detail(child)

    def owned(self, content: Content, kind: Record) -> None:
        """Add the records of a kind below keyed owners, ahead of the parent's own."""
        record, _, name = kind.by_name[kind.key].rule.argument.partition("/")
        owners = [child for child in content.children if child.record == record]
        keys = [owner.values.of[self.side].get(name, "") for owner in owners]
        if len(set(keys)) < len(keys):
            raise _Misfit
        for owner, key in zip(owners, keys, strict=True):
            for child in owner.children:
                if child.record == kind.code:
                    self.detail(child, key)

    def comments(self, values: dict[str, str]) -> None:
        """Add the comment records of the last record; all but the last have a full text."""
        fields = self.comment
        assert fields is not None
        text, longest = values[self.comment_text], fields.text.length
        of = str(self.number).zfill(fields.of.length)
        for place, start in enumerate(range(0, len(text), longest), 1):
            keys = {name: comment_key(name, place) for name in fields.only_20}
            row = {name: values[key] for name, key in keys.items() if key in values}
            row[fields.of.name] = of
            row[fields.line.name] = str(place).zfill(fields.line.length)
            row[fields.text.name] = text[start : start + longest]
            self.codes.append(COMMENT)
            self.add(self.templates[COMMENT], row)

    def counts(self) -> dict[str, str]:
        """Return the values of the fields of the trailer that count records."""
        counted = {
            field: len(self.codes) if code == "*" else self.codes.count(code)
            for field in self.templates[TRAILER].fields
            if field.rule.role == "count"
            for code in [field.rule.argument]
        }
        return {field.name: str(count).zfill(field.length) for field, count in counted.items()}


def written_20(message: MessageType, content: Content, side: int) -> bytes:
    """Return a side of a content as a 2.0 message; empty if a value is missing or does not fit."""
    lines = _Lines(message, side)
    try:
        lines.whole(content)
    except _Misfit:
        return b""
    return encoded(lines.lines) or b""
