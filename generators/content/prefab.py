"""A prefab: a ready-made part of a class, and the description of what is drawn per message."""

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

# Separator; no text of a message can contain it.
_BETWEEN = "\0"
FORMS = tuple(f"form_{side}" for side in SIDES)
TEXTS = tuple(f"text_{side}" for side in SIDES)
Notation = Callable[[str], str]
# The index of a drawn value, and how a release writes it.
DrawnRef = tuple[int, Notation]


@dataclass(frozen=True, eq=False, slots=True)
class DrawnPart:
    """What is drawn for each message to complete a prefab; many prefabs share one.

    Drawn are first the elements; then for each of the `fields` that only 2.0 has, its value in the
    source and the value expected back from 2.1; then the totals of the message. `above` names the
    drawn values that fields of records below are filled from. `sides` locates the drawn values of
    each side by name. `forms` is the cache of the writers.
    """

    record: str
    path: str
    makes: tuple[tuple[Domain, Spec], ...]
    keys: tuple[str, ...]
    agreements: tuple[tuple[Agreement, str], ...]
    credit: bool
    totals: tuple[bool, ...]
    fields: tuple[tuple[FieldSlot, str, str], ...]
    above: tuple[tuple[str, DrawnRef], ...]
    sides: tuple[Mapping[str, DrawnRef], ...]
    forms: dict[Any, Any] = field(default_factory=dict)

    def agreed(self, draw: Draw, drawn: list[str]) -> list[str]:
        """Return the drawn values adjusted to agree with each other."""
        values = dict(zip(self.keys, drawn, strict=True))
        draw.credit = self.credit
        for agreement, key in self.agreements:
            agreement(draw, values, key)
        return list(values.values())


class Prefab:
    """A ready-made part of a class: everything that does not depend on the rest of the message.

    There are thousands of them, so their values are stored as one text per side. `above` holds
    values that fields of records below are filled from; `amounts` what the class adds to each total
    of the message, signed. No sibling may have the same `unique_key`; `may_be_first` tells whether
    it may be the first of its siblings. Writers store a form and a text per side, in the attributes
    that FORMS and TEXTS name.
    """

    __slots__ = (
        *(*FORMS, *TEXTS),
        *("_keys", "_values", "above", "amounts", "cut"),
        *("drawn_part", "may_be_first", "unique_key"),
    )
    unique_key: tuple[str | None, ...]
    may_be_first: bool

    def __init__(
        self,
        drawn_part: DrawnPart,
        values: Values,
        keys: tuple[tuple[str, ...], ...],
        above: tuple[tuple[str, str], ...],
        amounts: tuple[int, ...],
    ) -> None:
        joined = [_BETWEEN.join(listed.values()) for listed in values.of]
        same = {text: text for text in joined}
        self.drawn_part = drawn_part
        self._keys = keys
        self._values = tuple(same[text] for text in joined)
        self.above = above
        self.amounts = amounts
        self.cut = values.cut
        self.unique_key, self.may_be_first = (), True
        for name in (*FORMS, *TEXTS):
            setattr(self, name, None)

    def ready(self, side: int) -> dict[str, str]:
        """Return the ready-made values of a side, by name."""
        keys = self._keys[side]
        return dict(zip(keys, self._values[side].split(_BETWEEN), strict=True)) if keys else {}

    def values(self, drawn: list[str]) -> Values:
        """Return all values, completed with the drawn ones; an empty drawn text means absent."""
        found = []
        for side, refs in enumerate(self.drawn_part.sides):
            listed = self.ready(side)
            for name, (at, notation) in refs.items():
                if text := notation(drawn[at]):
                    listed[name] = text
            found.append(listed)
        return Values(tuple(found), self.cut)

    def write(self, side: int, form: Any, text: Any) -> None:
        """Store the form and text of a side; sides with equal texts share one object."""
        known = (getattr(self, name) for name in TEXTS)
        setattr(self, TEXTS[side], next((other for other in known if other == text), text))
        setattr(self, FORMS[side], form)
