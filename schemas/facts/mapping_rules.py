"""The rules that map a 2.0 field to its 2.1 element: the rows of `mapping_rules.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables

VALUE_ROLES = ("value", "drop")
ROLES = (
    *VALUE_ROLES,
    "constant",
    "reserve",
    "sequence",
    "comment-of",
    "comment-line",
    "comment-text",
    "count",
    "equal",
    "owner",
)
# The argument of the rule for the field with the message code.
MESSAGE_CODE = "berichtcode"
CODECS = ("", "text", "number", "date", "time")


@dataclass(frozen=True)
class MapRow:
    """A 2.0 code and its 2.1 code; `back` tells whether 2.1 converts back to it."""

    code_20: str
    code_21: str
    back: str
    evidence: str
    where: str


@dataclass(frozen=True, eq=False)
class Rule:
    """The purpose of a field, its notation in each release, and when it is absent.

    `absent` is `blank` (zeros or spaces), `never`, or `with FIELD`. `back` is the value written in
    2.0 where 2.1 cannot express it. `cut` is the length to truncate to, 0 for none.
    """

    phrase: str
    role: str
    codec: str
    absent: str
    argument: str
    back: str
    map: tuple[MapRow, ...]
    fallback: str
    cut: int
    where: str

    @property
    def absent_with(self) -> str:
        """The field whose absence implies that of this one, or an empty text."""
        return self.absent.removeprefix("with ") if self.absent.startswith("with ") else ""

    def code_21(self, code: str) -> MapRow | None:
        """Return the map row of a 2.0 code."""
        return next((row for row in self.map if row.code_20 == code), None)

    def code_20(self, code: str) -> MapRow | None:
        """Return the map row that converts a 2.1 code back."""
        return next((row for row in self.map if row.code_21 == code and row.back != "no"), None)


def _maps(folder: Path) -> dict[str, tuple[MapRow, ...]]:
    maps: dict[str, tuple[MapRow, ...]] = {}
    for row in tables.rows("code_maps", folder):
        item = MapRow(row["code_20"], row["code_21"], row["back"], row.evidence, row.where)
        known = maps.get(row["map"], ())
        if item.code_20 and any(item.code_20 == other.code_20 for other in known):
            raise TableError("TABLE-CODE", f"code {item.code_20} stands twice", row.where)
        maps[row["map"]] = (*known, item)
    return maps


def load(folder: Path = tables.TABLES) -> dict[str, Rule]:
    """Load the rules by phrase; raises TableError for an unknown role, codec or map."""
    maps = _maps(folder)
    rules: dict[str, Rule] = {}
    for row in tables.rows("mapping_rules", folder):
        known_map = not row["map"] or row["map"] in maps
        if row["role"] not in ROLES or row["codec"] not in CODECS or not known_map:
            raise TableError("TABLE-RULE", "unknown role, codec or map", row.where)
        if row["rule"] in rules:
            raise TableError("TABLE-RULE", f"rule {row['rule']!r} stands twice", row.where)
        rules[row["rule"]] = Rule(
            phrase=row["rule"],
            role=row["role"],
            codec=row["codec"],
            absent=row["absent"],
            argument=row["argument"],
            back=row["back"],
            map=maps.get(row["map"], ()),
            fallback=row["fallback"],
            cut=row.number("cut") if row["cut"] else 0,
            where=row.where,
        )
    return rules
