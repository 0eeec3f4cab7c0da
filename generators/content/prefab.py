"""A ready-made part of a class, and what is drawn for each message to go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generators.content.sides import SIDES, Values
from generators.planning.plan import FieldSlot
from generators.values.agreements import Agreement
from generators.values.domains import Domain
from generators.values.draw import Draw
from generators.values.specs import Spec

# No text of a message can hold it.
_BETWEEN = "\0"
FORMS = tuple(f"form_{side}" for side in SIDES)
TEXTS = tuple(f"text_{side}" for side in SIDES)
Notation = Callable[[str], str]
# Where a value stands among what is drawn, and how a release writes it.
Place = tuple[int, Notation]


@dataclass(frozen=True, eq=False, slots=True)
class Slots:
    """What is drawn for each message to go with a shape; many shapes share it.

    Drawn are the elements, then for each of the `fields` that only 2.0 has its value in the source
    and what 2.1 must become, then the totals of the message. `above` are the values that fields of
    records below are filled from; `sides` tells by name where the values of each side stand.
    Writers keep in `forms` what they work out.
    """

    record: str
    path: str
    makes: tuple[tuple[Domain, Spec], ...]
    keys: tuple[str, ...]
    agreements: tuple[tuple[Agreement, str], ...]
    credit: bool
    totals: tuple[bool, ...]
    fields: tuple[tuple[FieldSlot, str, str], ...]
    above: tuple[tuple[str, Place], ...]
    sides: tuple[Mapping[str, Place], ...]
    forms: dict[Any, Any] = field(default_factory=dict)

    def agreed(self, draw: Draw, drawn: list[str]) -> list[str]:
        """What was drawn, made to agree."""
        values = dict(zip(self.keys, drawn, strict=True))
        draw.credit = self.credit
        for agreement, key in self.agreements:
            agreement(draw, values, key)
        return list(values.values())


class Shape:
    """A ready-made part of a class: all of it that does not hang on the message it stands in.

    There are thousands of them, so that its values are kept as one text for each side. `above`
    are those that fields of records below are filled from, and `amounts` the signed amounts that
    each total of the message adds up. `mark` is what no class beside it may share, `may_lead`
    whether it may be the first of them. Writers keep a form and a text for each side, in the slots
    that FORMS and TEXTS name.
    """

    __slots__ = (
        *(*FORMS, *TEXTS),
        *("_keys", "_values", "above", "amounts", "cut", "mark", "may_lead", "slots"),
    )
    mark: tuple[str | None, ...]
    may_lead: bool

    def __init__(
        self,
        slots: Slots,
        values: Values,
        keys: tuple[tuple[str, ...], ...],
        above: tuple[tuple[str, str], ...],
        amounts: tuple[int, ...],
    ) -> None:
        joined = [_BETWEEN.join(listed.values()) for listed in values.of]
        same = {text: text for text in joined}
        self.slots = slots
        self._keys = keys
        self._values = tuple(same[text] for text in joined)
        self.above = above
        self.amounts = amounts
        self.cut = values.cut
        self.mark, self.may_lead = (), True
        for name in (*FORMS, *TEXTS):
            setattr(self, name, None)

    def ready(self, side: int) -> dict[str, str]:
        """The ready-made values of a side."""
        keys = self._keys[side]
        return dict(zip(keys, self._values[side].split(_BETWEEN), strict=True)) if keys else {}

    def values(self, drawn: list[str]) -> Values:
        """All values, with what was drawn for a message; an empty text says that one is absent."""
        found = []
        for side, places in enumerate(self.slots.sides):
            listed = self.ready(side)
            for name, (at, notation) in places.items():
                if text := notation(drawn[at]):
                    listed[name] = text
            found.append(listed)
        return Values(tuple(found), self.cut)

    def write(self, side: int, form: Any, text: Any) -> None:
        """Keep how a side is written; the sides that are written the same share their texts."""
        known = (getattr(self, name) for name in TEXTS)
        setattr(self, TEXTS[side], next((other for other in known if other == text), text))
        setattr(self, FORMS[side], form)
