"""The records of a 2.0 message as lines, and the fields that can be changed alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind
from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import LINE_END
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.together import together

# Returns an invalid value for the value of a field; None if it cannot be damaged.
Change = Callable[[Draw, Field, str], str | None]


class Lines:
    """The records of a 2.0 message as mutable text."""

    def __init__(self, specimen: Specimen) -> None:
        self.message = specimen.message
        text = specimen.plain["2.0"].decode(ENCODING)
        self.texts = text.removesuffix(LINE_END).split(LINE_END)

    def fields(self) -> Iterator[tuple[int, Field]]:
        """Yield each field of each record, with the position of the record."""
        for place, text in enumerate(self.texts):
            for field in self.message.records[text[:2]].fields:
                yield place, field

    def get(self, place: int, field: Field) -> str:
        """The raw value of a field, padding included."""
        return self.texts[place][field.start - 1 : field.end]

    def put(self, place: int, field: Field, value: str) -> None:
        """Overwrite a field with a value of the same length."""
        text = self.texts[place]
        assert len(value) == field.length
        self.texts[place] = text[: field.start - 1] + value + text[field.end :]

    def damaged(self, evidence: str = "") -> Damaged:
        """The records as an input; the evidence grade defaults to that of the layout."""
        evidence = evidence or self.message.evidence_20
        text = "".join(f"{text}{LINE_END}" for text in self.texts)
        return Damaged(text.encode(ENCODING), evidence)


@cache
def _tied(name: str) -> frozenset[tuple[str, str]]:
    """The fields that other fields repeat, refer to, sum or depend on."""
    message = catalogue().one(name)
    found = {(HEADER, message.code_field.name)}
    for record in message.records.values():
        for field in record.fields:
            if field.rule.role in ("equal", "owner"):
                owner, _, repeated = field.rule.argument.partition("/")
                found.add((owner, repeated))
            if field.rule.absent_with:
                found |= {(record.code, field.name), (record.code, field.rule.absent_with)}
    for code, groups in together(name).items():
        found |= {(code, field.name) for fields, _ in groups for field in fields}
    for total in totals.of(name):
        for amount in (total.total, total.minus_total, total.amount, total.minus_amount):
            if amount:
                found |= {(item.record, item.name) for item in (amount.amount, amount.sign)}
    return frozenset(found)


def is_loose(message: MessageType, field: Field) -> bool:
    """Whether a field has a value on which nothing else in the message depends."""
    return field.has_value and (field.record, field.name) not in _tied(message.name)


def is_free(message: MessageType, field: Field) -> bool:
    """Whether a loose field also holds no code, date or time."""
    rule = field.rule
    is_plain = field.codelist is None and not rule.map and rule.codec not in ("date", "time")
    return is_plain and rule.argument != MESSAGE_CODE and is_loose(message, field)


def on_fields(fits: Callable[[MessageType, Field], bool], change: Change) -> Kind:
    """A kind of damage to any one of the fields that fit."""

    def applies(message: MessageType) -> bool:
        return any(fits(message, field) for r in message.records.values() for field in r.fields)

    def make(specimen: Specimen, draw: Draw) -> Damaged | None:
        lines = Lines(specimen)
        places = [item for item in lines.fields() if fits(specimen.message, item[1])]
        start = draw.between(0, max(len(places) - 1, 0))
        for place, field in places[start:] + places[:start]:
            held = lines.get(place, field)
            value = change(draw, field, held)
            if value is not None and value != held:
                lines.put(place, field, value)
                return lines.damaged(field.evidence)
        return None

    return Kind(make, applies)


def is_detail(text: str) -> bool:
    """Whether a line is a detail record: neither the first nor the last."""
    return text[:2] not in (HEADER, TRAILER)
