"""Builds the drawn parts of prefabs from the tables."""

from __future__ import annotations

from collections.abc import Sequence

from generators.content import amounts
from generators.content.derive import pairs_of_keys
from generators.content.prefab import DrawnPart, DrawnRef
from generators.content.sides import EXPECTED_20, SIDES, SOURCE, Values
from generators.planning.plan import FieldSlot, GroupSlot, LeafSlot
from generators.values.agreements import Agreement
from generators.values.draw import Draw
from generators.values.specs import BOTH
from schemas.errors import TableError
from schemas.facts.message_types import MessageType


class DrawnPartMaker:
    """Builds the drawn parts for the prefabs of one class, each only once."""

    def __init__(
        self,
        message: MessageType,
        release: str,
        slot: GroupSlot,
        fields: Sequence[FieldSlot],
        wanted: Sequence[str],
    ) -> None:
        self.message = message
        self.release = release
        self.record = slot.record
        self.path = slot.key
        self.fields = fields
        self.wanted = wanted
        self.kept: dict[object, DrawnPart] = {}

    def of(
        self,
        elements: Sequence[LeafSlot],
        agreements: Sequence[tuple[Agreement, str]],
        credit: bool,
        values: Values,
    ) -> DrawnPart:
        """Return the drawn part for a prefab with these elements, agreements and values."""
        totals = amounts.present_21(self.message, self.record, values.source_21)
        kept = values.expected_20
        defaults = tuple(kept.get(slot.field.name, "") for slot in self.fields)
        keys = tuple(element.key for element in elements)
        wanted = keys, tuple(agreements), bool(agreements) and credit, totals, defaults
        if wanted not in self.kept:
            self.kept[wanted] = self._make(elements, *wanted[1:])
        return self.kept[wanted]

    def _make(
        self,
        elements: Sequence[LeafSlot],
        agreements: tuple[tuple[Agreement, str], ...],
        credit: bool,
        totals: tuple[bool, ...],
        defaults: tuple[str, ...],
    ) -> DrawnPart:
        keys = tuple(element.key for element in elements)
        agreed = _agreed(keys, agreements, credit)
        sides = self._sides(agreed, tuple(amounts.keys_21(self.message, totals)))
        kept = sides[EXPECTED_20]
        return DrawnPart(
            record=self.record,
            path=self.path,
            makes=tuple((element.make, element.spec) for element in elements),
            keys=keys,
            agreements=agreements,
            credit=credit,
            totals=totals,
            fields=tuple(
                (slot, slot.field.rule.argument, default)
                for slot, default in zip(self.fields, defaults, strict=True)
            ),
            above=tuple(
                (f"{self.record}/{name}", kept[name]) for name in self.wanted if name in kept
            ),
            sides=tuple(
                places if self.release == BOTH or side == SOURCE[self.release] else {}
                for side, places in enumerate(sides)
            ),
        )

    def _sides(
        self, elements: tuple[str, ...], totals: tuple[str, ...]
    ) -> list[dict[str, DrawnRef]]:
        """Return the references to the drawn values of each side, by name."""
        pairs = pairs_of_keys(self.message.name, self.record, elements + totals)
        plain = {pair[0]: pair for pair in pairs.plain}
        if pairs.special or any(pair[4] for pair in pairs.plain):
            what = f"{self.path}: what hangs on the message must be the same in both releases"
            raise TableError("TABLE-RULE", what, f"ei20/{self.message.name}.csv")
        of: list[dict[str, DrawnRef]] = [{} for _ in SIDES]
        source_20, source_21, expected_20, expected_21 = of
        for place, slot in enumerate(self.fields):
            at, name = len(elements) + 2 * place, slot.field.name
            source_20[name], expected_20[name] = (at, str), (at + 1, str)
        between = [""] * (2 * len(self.fields))
        for at, key in enumerate([*elements, *between, *totals]):
            if key:
                source_21[key] = at, str
            if key in plain:
                name, notation = plain[key][1:3]
                source_20[name] = expected_20[name] = at, notation
                expected_21[key] = at, str
        return of


def _agreed(
    keys: tuple[str, ...], agreements: Sequence[tuple[Agreement, str]], credit: bool
) -> tuple[str, ...]:
    """Return the keys of the elements that remain after the agreements are applied."""
    draw, values = Draw(0, "", 0), dict.fromkeys(keys, "")
    draw.credit = credit
    for agreement, key in agreements:
        agreement(draw, values, key)
    return tuple(values)
