"""Compiles prefabs to 2.0 records: a text per prefab, and a form shared by many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generators.content.prefab import DrawnRef, Notation, Prefab
from generators.prebuilt.fast.forms import Take, indexes_of
from generators.prebuilt.fast.ready_records import ready_format
from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import Template, blank, templates
from schemas.facts.comments import comment_fields
from schemas.facts.records import COMMENT
from schemas.message.value_pick import picker

# Most of a record is blank, so stored texts are compressed: one byte for each run of blanks.
BLANKS, SHORT = b" " * 32, b"\1"


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """How to fill the records of many prefabs: `take` takes the values for a prefab's text.

    It takes them from the record number, the values repeated from records above (`equal`), the key
    of the owner if it is `owned`, counts, and the drawn values; `notations` gives the notation of
    each. `above` lists the values that records below repeat: the reference if it is drawn,
    otherwise the value. `comments` is the number of comment records.
    """

    take: Take
    notations: tuple[Notation, ...]
    comments: int
    numbers: Numbers
    equal: tuple[str, ...]
    owned: bool
    above: tuple[tuple[str, DrawnRef | None, str], ...]


class Numbers(dict[int, str]):
    """Cache of record numbers, zero-filled."""

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def __missing__(self, number: int) -> str:
        self[number] = text = str(number).zfill(self.digits)
        return text


_numbers = cache(Numbers)


def form_20(
    name: str, prefab: Prefab, side: int, template: Template, counts: tuple[str, ...] = ()
) -> tuple[Form, bytes] | None:
    """Return the form and the text of a record, or None if a ready-made value does not fit.

    `counts` are the fields that count records.
    """
    ready, refs = prefab.ready(side), prefab.drawn_part.sides[side]
    sequence = (template.sequence,) if template.sequence else ()
    owner = (template.owner,) if template.owner else ()
    links = (*sequence, *(own for own, _ in template.equal), *owner, *counts)
    made = ready_format(
        template, (*links, *refs), ready, comment_fields(name), templates(name).get(COMMENT)
    )
    if made is None:
        return None
    above = tuple(
        (source, refs.get(own), ready.get(own, absent)) for source, own, absent in template.below
    )
    form_key = template.record.code, side, made.lines, above
    if form_key not in prefab.drawn_part.forms:
        at = {own: place for place, own in enumerate(links)}
        at |= {own: len(links) + refs[own][0] for own in refs}
        picked = indexes_of(made.pick, at)
        notations = {len(links) + place[0]: place[1] for place in _written(prefab, refs, template)}
        prefab.drawn_part.forms[form_key] = Form(
            take=picker(picked),
            notations=tuple(notations.get(place, str) for place in picked),
            comments=made.lines - 1,
            numbers=_numbers(template.digits),
            equal=tuple(source for _, source in template.equal),
            owned=bool(owner),
            above=above,
        )
    return prefab.drawn_part.forms[form_key], made.text.encode(ENCODING).replace(BLANKS, SHORT)


def _written(
    prefab: Prefab, refs: Mapping[str, DrawnRef], template: Template
) -> Iterator[DrawnRef]:
    """Yield each drawn value of a record with its notation; an absent 2.0-only value as a blank."""
    fields = {item.name: item for item in template.fields}
    only_20 = {slot.field.name for slot, _, _ in prefab.drawn_part.fields}
    for own, (at, notation) in refs.items():
        if own in fields:
            yield at, _or(blank(fields[own])) if own in only_20 else notation


def _or(absent: str) -> Notation:
    return lambda value: value or absent
