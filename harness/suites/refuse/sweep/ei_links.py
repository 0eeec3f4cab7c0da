"""The sweep over the links between the fields and records of a 2.0 message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.values.draw import Draw
from harness.suites.refuse.damage import ei_trees
from harness.suites.refuse.sweep.ei_fields import added, address, carried, get, joined, put
from harness.suites.refuse.sweep.spots import Base, Spot
from schemas.ei.links import dependent_fields, number_field
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, Field, Record
from schemas.facts.table_rows import weakest
from schemas.facts.together import together
from schemas.facts.totals import CREDIT

# The key of no owner.
_STRANGER = "ONBEKEND"
_DEBET = "D"


def spots(message: MessageType) -> Iterator[Spot]:
    """The spots of the links of a message type."""
    yield from _halves(message)
    for record in message.records.values():
        number = number_field(message, record.code)
        if number and record.code != COMMENT:
            yield _wrong_number(number)
        if record.key:
            yield _stranger(record.by_name[record.key])
        for field in record.fields:
            if added(message, field):
                yield _letter_in_amount(message, field)
    for kind, (listed, make) in ei_trees.OF_RECORDS.items():
        for record in listed(message):
            yield _of_record(kind, record, make)


def _halves(message: MessageType) -> Iterator[Spot]:
    """Break each pair of fields that must both be filled or both be blank."""
    for code, fields in dependent_fields(message.name).items():
        for field in fields:
            other = message.records[code].by_name[field.rule.absent_with]
            yield _half(field, (field, other), "1".zfill(field.length), "A", is_filled=False)
    for groups in together(message.name).values():
        for fields, evidence in groups:
            for field in fields:
                yield _half(field, fields, field.blank, evidence, is_filled=True)


def _half(
    field: Field, fields: Sequence[Field], value: str, evidence: str, *, is_filled: bool
) -> Spot:
    def make(base: Base) -> bytes | None:
        for at, text in enumerate(base.lines):
            if text[:2] != field.record:
                continue
            if all((get(text, item) != item.blank) is is_filled for item in fields):
                return joined(carried(base, at, field, value))
        return None

    return Spot("half-of-pair", address(field), weakest(field.evidence, evidence), make)


def _wrong_number(field: Field) -> Spot:
    """Give a record the number of the one before, or none; its comments repeat it."""

    def make(base: Base) -> bytes | None:
        before = "0" * field.length
        for at, text in enumerate(base.lines[:-1]):
            if text[:2] == field.record:
                return joined(carried(base, at, field, before))
            number = number_field(base.specimen.message, text[:2])
            before = get(text, number) if number else before
        return None

    return Spot("wrong-number", address(field), field.evidence, make)


def _stranger(field: Field) -> Spot:
    """Put an unknown owner in one of several records that named none."""

    def make(base: Base) -> bytes | None:
        texts = list(base.lines)
        free = [
            at
            for at, text in enumerate(texts)
            if text[:2] == field.record and get(text, field) == field.blank
        ]
        if len(free) == 1:
            return None
        for at in free[-1:]:
            texts[at] = put(texts[at], field, _STRANGER.ljust(field.length))
        return joined(texts) if free else None

    return Spot("wrong-key", address(field), field.evidence, make)


def _letter_in_amount(message: MessageType, field: Field) -> Spot:
    """Put a letter in an amount of zero, and adjust the totals."""

    def make(base: Base) -> bytes | None:
        for at, text in enumerate(base.lines):
            if text[:2] == field.record and get(text, field) != field.blank:
                texts = _with_totals(message, field, list(base.lines), at)
                texts[at] = put(texts[at], field, f"{field.blank[:-1]}X")
                return joined(texts)
        return None

    return Spot("letter-in-number", address(field), field.evidence, make)


def _with_totals(message: MessageType, field: Field, texts: list[str], at: int) -> list[str]:
    """Subtract the amount of one record from the totals."""
    for total, amount, factor in added(message, field):
        own, sum_of = (amount.amount, amount.sign), (total.total.amount, total.total.sign)
        taken = factor * amount.of({item.name: get(texts[at], item) for item in own})
        (place,) = (n for n, text in enumerate(texts) if text[:2] == sum_of[0].record)
        stated = {item.name: get(texts[place], item) for item in sum_of}
        if stated[sum_of[1].name] == sum_of[1].blank:
            # A total that is blank states nothing.
            continue
        left = total.total.of(stated) - taken
        for item, value in zip(
            sum_of,
            (str(abs(left)).zfill(sum_of[0].length), CREDIT if left < 0 else _DEBET),
            strict=True,
        ):
            texts[place] = put(texts[place], item, value)
    return texts


def _of_record(kind: str, record: Record, make: ei_trees.MakeOf) -> Spot:
    def damaged(base: Base) -> bytes | None:
        specimen = base.specimen
        draw = Draw(specimen.seed, f"{specimen.message.name}/{kind}/{record.code}", 0)
        found = make(specimen, draw, [record])
        return found.data if found else None

    return Spot(kind, record.code, record.evidence, damaged)
