"""The tables of defects: the rule that each breaks, where, and the changes it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.defects.earlier_table import Earlier, earlier_by_defect
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.rules.expression import Expression, parse
from schemas.rules.tables import messages_of, own_tables, releases_of

FOLDER = Path(__file__).parent
EARLIER, CLEAN = "earlier", "clean"


@dataclass(frozen=True)
class Change:
    """An element that gets a value; without a value it is removed, with everything in it.

    `below` names classes below the one with the defect, if these are changed. The value comes from
    the class itself, from the nearest preceding one of its kind (`of_earlier`), or from the
    matching class of an earlier message (`of_message`); if absent there, the element is removed. A
    `clean` change breaks nothing, but prepares for the defect.
    """

    below: str
    element: str
    value: Expression | None
    of_earlier: bool
    of_message: int
    clean: bool
    where: str


@dataclass(frozen=True)
class Defect:
    """A way to break a rule at a class where `when` holds; the finding is at `element`.

    `also_20` lists layout findings that the same defect causes in 2.0. A rule that looks back is
    broken by the last message of a set; `earlier` are the messages before it.
    """

    name: str
    rule: str
    messages: tuple[MessageType, ...]
    releases: tuple[str, ...]
    at: str
    element: str
    when: Expression | None
    also_20: tuple[str, ...]
    changes: tuple[Change, ...]
    earlier: tuple[Earlier, ...]
    where: str


def _change(row: tables.Row, earlier: int) -> Change:
    numbers = [str(number) for number in range(1, earlier + 1)]
    for column, known in (("of", (EARLIER, *numbers)), ("clean", (CLEAN,))):
        if row[column] not in ("", *known):
            raise TableError("TABLE-DEFECT", f"{column} is {row[column]!r}", row.where)
    value = parse(row["value"], row.where) if row["value"] else None
    return Change(
        below=row["class"],
        element=row["element"],
        value=value,
        of_earlier=row["of"] == EARLIER,
        of_message=int(row["of"]) if row["of"] in numbers else 0,
        clean=row["clean"] == CLEAN,
        where=row.where,
    )


def changes_of(
    table: str, folder: Path, earlier: Mapping[str, list[Earlier]]
) -> dict[str, list[Change]]:
    """Load a table of changes by defect; raises TableError with file and row."""
    found: dict[str, list[Change]] = {}
    for row in tables.rows(table, folder):
        change = _change(row, len(earlier.get(row["defect"], ())))
        found.setdefault(row["defect"], []).append(change)
    return found


def load(folder: Path = FOLDER) -> Mapping[str, Defect]:
    """Load the defects of a folder by name; raises TableError with file and row."""
    earlier = earlier_by_defect(folder)
    changes, found = changes_of("changes", folder, earlier), dict[str, Defect]()
    for row in tables.rows("defects", folder):
        name = row["defect"]
        if name in found or name not in changes or row["rule"] not in own_tables().rules:
            raise TableError(
                "TABLE-DEFECT", f"{name} stands twice, changes nothing or has no rule", row.where
            )
        found[name] = Defect(
            name=name,
            rule=row["rule"],
            messages=messages_of(row),
            releases=releases_of(row),
            at=row["at"],
            element=row["element"],
            when=parse(row["when"], row.where) if row["when"] else None,
            also_20=tuple(row["also_20"].split()),
            changes=tuple(changes[name]),
            earlier=tuple(earlier.get(name, ())),
            where=row.where,
        )
    for table, named in (("changes", changes), ("earlier", earlier)):
        if left := named.keys() - found.keys():
            raise TableError("TABLE-DEFECT", f"no defect {' '.join(sorted(left))}", f"{table}.csv")
    return found


@cache
def own_defects() -> Mapping[str, Defect]:
    """Return ikeur's own defects, loaded once."""
    return load()
