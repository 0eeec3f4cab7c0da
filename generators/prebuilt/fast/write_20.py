"""Writes a content as a 2.0 message by filling drawn values into ready-made texts."""

from __future__ import annotations

from functools import cache
from operator import call
from typing import Any

from generators.content.content import Content
from generators.content.prefab import FORMS, TEXTS, Notation, Prefab
from generators.prebuilt.fast.forms import NotPrebuilt, filled
from generators.prebuilt.fast.forms_20 import BLANKS, SHORT, Form, form_20
from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import LINE_END, child_records, templates
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record


@cache
def _counts(name: str) -> tuple[tuple[str, str, int], ...]:
    """Return the trailer fields that count records: name, record code (`*` for all) and length."""
    return tuple(
        (field.name, field.rule.argument, field.length)
        for field in templates(name)[TRAILER].fields
        if field.rule.role == "count"
    )


def _make(name: str, prefab: Prefab, side: int) -> None:
    """Compile a prefab for a side; that of the header also gives the trailer."""
    record = prefab.drawn_part.record
    counts = tuple(count for count, _, _ in _counts(name))
    parts = [(HEADER, ()), (TRAILER, counts)] if record == HEADER else [(record, ())]
    made = [form_20(name, prefab, side, templates(name)[code], more) for code, more in parts]
    found = [item for item in made if item is not None]
    if len(found) < len(parts):
        raise NotPrebuilt
    forms, texts = zip(*found, strict=True)
    prefab.write(side, *((forms, texts) if record == HEADER else found[0]))


class _Lines:
    """The records of one message as pieces of one format string, and the values for it."""

    __slots__ = (
        "above",
        "child_records",
        "comments",
        "form",
        "name",
        "notations",
        "records",
        "side",
        "text",
        "texts",
        "values",
    )

    def __init__(self, message: MessageType, side: int) -> None:
        self.name = message.name
        self.side = side
        self.form, self.text = FORMS[side], TEXTS[side]
        self.child_records = child_records(message.name)
        self.texts: list[bytes] = []
        self.values: list[str] = []
        self.notations: list[Notation] = []
        # The codes of the detail records; comment records are only counted.
        self.records: list[str] = []
        self.comments = 0
        # The current value of each field that records below repeat, by `RECORD/FIELD`.
        self.above: dict[str, str] = {}

    def whole(self, root: Content) -> None:
        """Add the whole message."""
        forms = getattr(root.prefab, self.form, None) or self.made(root)
        (header, trailer), (first, last) = forms, getattr(root.prefab, self.text)
        self.add(header, first, root.drawn)
        self.keep(header, root)
        self.below(root)
        self.add(trailer, last, self.counts() + root.drawn)

    def made(self, content: Content) -> Any:
        """Compile and return the form of a content."""
        if content.prefab is None:
            raise NotPrebuilt
        _make(self.name, content.prefab, self.side)
        return getattr(content.prefab, self.form)

    def counts(self) -> list[str]:
        """Return the values of the counting fields."""
        known = {"*": len(self.records) + self.comments, COMMENT: self.comments}
        return [
            str(known[code] if code in known else self.records.count(code)).zfill(length)
            for _, code, length in _counts(self.name)
        ]

    def add(self, form: Form, text: bytes, row: list[str]) -> None:
        """Add a record with its comments."""
        self.texts.append(text)
        self.values += form.take(row)
        self.notations += form.notations
        if form.comments:
            self.comments += form.comments

    def keep(self, form: Form, content: Content) -> None:
        """Remember the values that records below repeat."""
        for name, place, ready in form.above:
            self.above[name] = place[1](content.drawn[place[0]]) if place else ready

    def detail(self, content: Content, owner: str = "") -> None:
        """Add a detail record and all below it; `owner` is the key of its owner."""
        form: Form = getattr(content.prefab, self.form, None) or self.made(content)
        self.records.append(content.record)
        row = [form.numbers[len(self.records)]]
        if form.equal:
            row += [self.above[name] for name in form.equal]
        if form.owned:
            row.append(owner)
        self.add(form, getattr(content.prefab, self.text), row + content.drawn)
        if content.children:
            self.keep(form, content)
            self.below(content)

    def below(self, content: Content) -> None:
        """Add all records below a content."""
        for child_record in self.child_records[content.record]:
            if child_record.key:
                self.owned(content, child_record)
            for child in content.children:
                if child.record == child_record.code:
                    self.detail(child)

    def owned(self, content: Content, child_record: Record) -> None:
        """Add the records of a kind below keyed owners, ahead of the parent's own."""
        record, _, name = child_record.by_name[child_record.key].rule.argument.partition("/")
        owners = [child for child in content.children if child.record == record]
        keys = [self.key(owner, name) for owner in owners]
        if len(set(keys)) < len(keys):
            raise NotPrebuilt
        for owner, key in zip(owners, keys, strict=True):
            for child in owner.children:
                if child.record == child_record.code:
                    self.detail(child, key)

    def key(self, owner: Content, name: str) -> str:
        """Return the key of a record that owns others."""
        place = owner.prefab.drawn_part.sides[self.side].get(name) if owner.prefab else None
        if place is None:
            return owner.values.of[self.side].get(name, "")
        return place[1](owner.drawn[place[0]])


def written_20(message: MessageType, content: Content, side: int) -> bytes:
    """Return a side of a content as a 2.0 message.

    Raises NotPrebuilt if it has values of its own, or one that does not fit.
    """
    lines = _Lines(message, side)
    lines.whole(content)
    values = [*map(call, lines.notations, lines.values)]
    if not "".join(values).isprintable():
        raise NotPrebuilt
    data = filled(lines.texts, values, ENCODING).replace(SHORT, BLANKS)
    # Values are padded but never truncated, so the total length shows whether each record fits.
    count = len(lines.texts) + lines.comments
    if len(data) != count * (message.record_length + len(LINE_END)):
        raise NotPrebuilt
    return data
