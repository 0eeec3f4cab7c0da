"""The table of variations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables

_FOLDER = Path(__file__).parent
# VALUE, LENGTH and GROUP change one class for each element that is meant, EACH all classes.
VALUE, LENGTH, GROUP, EACH = "value", "length", "group", "each"
COUNT, SHUFFLE, TWIN = "count", "shuffle", "twin"
_KINDS = (VALUE, LENGTH, GROUP, EACH, COUNT, SHUFFLE, TWIN)
OF_RECORDS = (COUNT, SHUFFLE, TWIN)
# Marks a value that is copied from another element of the group.
COPIED = "@"


@dataclass(frozen=True)
class Step:
    """A row: one change of a message.

    `targets` are record names, types of elements, or ends of paths; `argument` is the value, the
    length, the least number of records, or the elements of a group with their values.
    """

    kind: str
    targets: tuple[str, ...]
    argument: str

    @property
    def settings(self) -> Mapping[str, str]:
        """The values that a group receives, by relative path; an empty one means absent."""
        pairs = (part.partition("=") for part in self.argument.split(";"))
        return {key: value for key, _, value in pairs}


@dataclass(frozen=True)
class Variation:
    """Content that a message of each type must show, if the type has its targets."""

    name: str
    steps: tuple[Step, ...]
    evidence: str


@cache
def variations() -> tuple[Variation, ...]:
    """Return the variations, in the order of the table."""
    found: dict[str, Variation] = {}
    for row in tables.rows("variations", _FOLDER):
        name = row["variation"]
        before = found[name].steps if name in found else ()
        found[name] = Variation(name, (*before, _step(row)), row.evidence)
    return tuple(found.values())


def _step(row: tables.Row) -> Step:
    kind = row.one_of("kind", _KINDS)
    named = kind in OF_RECORDS
    targets = (row["target"],) if named else tuple(row["target"].split())
    argument = str(row.number("argument")) if kind in (COUNT, LENGTH) else row["argument"]
    return Step(kind, targets, argument)
