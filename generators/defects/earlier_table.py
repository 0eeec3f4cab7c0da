"""The tables of messages that precede one with a defect, and the values they copy from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.rules.expression import Expression, parse
from schemas.rules.tables import messages_of


@dataclass(frozen=True)
class Copy:
    """An element of an earlier message and its value, evaluated at the last; None removes it."""

    element: str
    value: Expression | None
    where: str


@dataclass(frozen=True)
class Earlier:
    """A message of a set before the last; its class `at` where `when` holds matches the defect.

    It has the type in `messages` with the standard of the last message, or that message's own type.
    """

    messages: tuple[MessageType, ...]
    at: str
    when: Expression | None
    copies: tuple[Copy, ...]
    where: str

    def type_before(self, last: MessageType) -> MessageType:
        """Return the type of the message, given that of the last one of the set."""
        same = [item for item in self.messages if item.standard == last.standard]
        return same[0] if same else last


def _copies(folder: Path) -> dict[str, list[Copy]]:
    found: dict[str, list[Copy]] = {}
    for row in tables.rows("copies", folder):
        value = parse(row["value"], row.where) if row["value"] else None
        found.setdefault(row["copies"], []).append(Copy(row["element"], value, row.where))
    return found


def earlier_by_defect(folder: Path) -> dict[str, list[Earlier]]:
    """The earlier messages of each defect in order; raises TableError, naming file and row."""
    copies, found = _copies(folder), dict[str, list[Earlier]]()
    for row in tables.rows("earlier", folder):
        names, before = row["copies"].split(), found.setdefault(row["defect"], [])
        if not set(names) <= copies.keys() or row.number("number") != len(before) + 1:
            raise TableError("TABLE-DEFECT", "unknown copies or number", row.where)
        # Of an element that is copied twice the last copy counts.
        last = {copy.element: copy for name in names for copy in copies[name]}
        before.append(
            Earlier(
                messages=messages_of(row),
                at=row["at"],
                when=parse(row["when"], row.where) if row["when"] else None,
                copies=tuple(last.values()),
                where=row.where,
            )
        )
    return found
