"""Builds the layout of a message type from the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.layout.addresses import field_anchor, in_record, record_anchor
from reports.layout.codes import codes_20
from reports.layout.element_rows import ElementRows, class_place
from reports.layout.mapping import FieldMapping, mappings
from reports.layout.model import Examples, FieldRow, MessageLayout, RecordPart, Refusal
from reports.layout.notes import notes
from reports.shared.texts import Texts
from schemas.errors import UsageError
from schemas.facts.codelists import RELEASES
from schemas.facts.elements import UNBOUNDED
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field, Record


@dataclass(frozen=True)
class Wanted:
    """What to show: the releases, and one record with its class, or all if empty."""

    releases: tuple[str, ...] = RELEASES
    record: str = ""

    def has(self, code: str) -> bool:
        """Whether a record is shown."""
        return not self.record or self.record == code


def layout(
    message: MessageType,
    wanted: Wanted,
    t: Texts,
    examples: Examples | None = None,
    refusals: Sequence[Refusal] = (),
) -> MessageLayout:
    """The layout of a message type; raises UsageError for a record or release that it lacks."""
    examples = examples or Examples()
    _refuse(message, wanted)
    known = mappings(message, t)
    has_21 = message.root is not None and "2.1" in wanted.releases
    return MessageLayout(
        anchor=message.name,
        name=message.name,
        title=message.title,
        standard=message.standard,
        sender=message.sender,
        receiver=message.receiver,
        role=message.role,
        pair=message.pair,
        message_codes=message.codes,
        releases=tuple(item for item in wanted.releases if item == "2.0" or has_21),
        remark="" if message.root else t("layout.no_21", message=message.name),
        notes=notes(message, wanted.releases, () if wanted.record else refusals, t),
        records=tuple(_records(message, wanted, known, examples)),
        elements=tuple(
            row
            for row in (ElementRows(message, known, examples, t).rows() if has_21 else ())
            if not wanted.record or in_record(message, row.path, wanted.record)
        ),
        whole={}
        if wanted.record
        else {k: v for k, v in examples.whole.items() if k in wanted.releases},
    )


def _refuse(message: MessageType, wanted: Wanted) -> None:
    if message.root is None and "2.0" not in wanted.releases:
        what = f"{message.name} has no 2.1 form: it stays {message.format_21} in 2.1"
        raise UsageError("USE-RELEASE", what, do="show it with `--release 2.0`")
    if wanted.record and wanted.record not in message.records:
        known = ", ".join(message.records)
        what = f"{message.name} has no record {wanted.record!r}"
        raise UsageError("USE-RECORD", what, do=f"choose from {known}")


def _records(
    message: MessageType,
    wanted: Wanted,
    known: dict[Field, FieldMapping],
    examples: Examples,
) -> Iterator[RecordPart]:
    for record in message.records.values():
        if "2.0" in wanted.releases and wanted.has(record.code):
            yield RecordPart(
                anchor=record_anchor(message.name, record.code),
                code=record.code,
                name=record.name,
                parent=record.parent,
                times=times(record.lowest, record.highest),
                length=message.record_length,
                classes=tuple(class_place(message, path) for path in _classes(record)),
                evidence=record.evidence,
                fields=tuple(
                    _field(message, field, known[field], examples) for field in record.fields
                ),
            )


def _classes(record: Record) -> list[str]:
    return [path for path in (record.container, record.keyed_container) if path]


def times(lowest: int, highest: int) -> str:
    """A cardinality, such as `1..*`."""
    return f"{lowest}..{'*' if highest == UNBOUNDED else highest}"


def _field(
    message: MessageType, field: Field, mapping: FieldMapping, examples: Examples
) -> FieldRow:
    return FieldRow(
        anchor=field_anchor(message.name, field),
        record=field.record,
        name=field.name,
        start=field.start,
        end=field.end,
        type=field.type,
        length=field.length,
        presence=field.presence,
        codes=codes_20(message, field),
        example=examples.fields.get((field.record, field.start), ""),
        rule=field.rule.phrase,
        to_21=mapping.to_21,
        from_21=mapping.from_21,
        evidence=field.evidence,
    )
