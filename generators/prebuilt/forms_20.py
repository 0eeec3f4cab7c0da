"""How the shapes of a class are written as records of 2.0: their texts, and what goes into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.content.prefab import Notation, Place, Shape
from generators.prebuilt.forms import Take, places_of
from generators.prebuilt.ready_records import ready_format
from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import Template, blank, templates
from schemas.facts.comments import comment_fields
from schemas.facts.records import COMMENT
from schemas.message.value_pick import picker

# Most of a record is blank: in the texts that are kept one sign stands for so many blanks.
BLANKS, SHORT = b" " * 32, b"\1"


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """How the records of many shapes are filled: `take` takes what goes into the text of one.

    It takes it from the number of the record, the values of records above that it repeats
    (`equal`), the key of the record it hangs on where it is `owned`, counts, and what was drawn;
    `notations` tells how what it took is written. `above` are the values that records below
    repeat: where it was drawn the place and the notation, or else the value. `comments` counts the
    records with a comment on this one.
    """

    take: Take
    notations: tuple[Notation, ...]
    comments: int
    numbers: Numbers
    equal: tuple[str, ...]
    owned: bool
    above: tuple[tuple[str, Place | None, str], ...]


class Numbers(dict[int, str]):
    """Numbers with all their digits, as they come back in every message."""

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def __missing__(self, number: int) -> str:
        self[number] = text = str(number).zfill(self.digits)
        return text


_numbers = cache(Numbers)


def form_20(
    name: str, shape: Shape, side: int, template: Template, counts: tuple[str, ...] = ()
) -> tuple[Form, bytes] | None:
    """The form and the text of a record; None where a ready-made value does not fit into it.

    `counts` are the fields that count records.
    """
    ready, places = shape.ready(side), shape.slots.sides[side]
    sequence = (template.sequence,) if template.sequence else ()
    owner = (template.owner,) if template.owner else ()
    links = (*sequence, *(own for own, _ in template.equal), *owner, *counts)
    made = ready_format(
        template, (*links, *places), ready, comment_fields(name), templates(name).get(COMMENT)
    )
    if made is None:
        return None
    above = tuple(
        (source, places.get(own), ready.get(own, absent)) for source, own, absent in template.below
    )
    mark = template.record.code, side, made.lines, above
    if mark not in shape.slots.forms:
        at = {own: place for place, own in enumerate(links)}
        at |= {own: len(links) + places[own][0] for own in places}
        picked = places_of(made.pick, at)
        notations = {len(links) + place[0]: place[1] for place in _written(shape, places, template)}
        shape.slots.forms[mark] = Form(
            take=picker(picked),
            notations=tuple(notations.get(place, str) for place in picked),
            comments=made.lines - 1,
            numbers=_numbers(template.digits),
            equal=tuple(source for _, source in template.equal),
            owned=bool(owner),
            above=above,
        )
    return shape.slots.forms[mark], made.text.encode(ENCODING).replace(BLANKS, SHORT)


def _written(shape: Shape, places: Mapping[str, Place], template: Template) -> Iterator[Place]:
    """Where what was drawn stands, and how it is written in a record; what is absent as a blank."""
    fields = {item.name: item for item in template.fields}
    only_20 = {slot.field.name for slot, _, _ in shape.slots.fields}
    for own, (at, notation) in places.items():
        if own in fields:
            yield at, _or(blank(fields[own])) if own in only_20 else notation


def _or(absent: str) -> Notation:
    return lambda value: value or absent
