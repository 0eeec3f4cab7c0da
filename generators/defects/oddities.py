"""The table of oddities: what breaks no rule of the tables, and a converter may yet repair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.defects.table import FOLDER, Defect, changes_of
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.rules.expression import parse
from schemas.rules.tables import messages_of, releases_of


@dataclass(frozen=True)
class Oddity:
    """Odd content, made as a defect is; `what` says what is odd, by language.

    The `releases` of the defect are those of the inputs that can have it and be converted.
    """

    defect: Defect
    what: Mapping[str, str]


def load(folder: Path = FOLDER) -> Mapping[str, Oddity]:
    """Load the oddities of a folder by name; raises TableError with file and row."""
    changes, found = changes_of("oddity_changes", folder, {}), dict[str, Oddity]()
    for row in tables.rows("oddities", folder):
        name = row["oddity"]
        if name in found or name not in changes:
            raise TableError("TABLE-DEFECT", f"{name} stands twice or changes nothing", row.where)
        defect = Defect(
            name=name,
            rule="",
            messages=messages_of(row),
            releases=releases_of(row),
            at=row["at"],
            element=row["element"],
            when=parse(row["when"], row.where) if row["when"] else None,
            also_20=(),
            changes=tuple(changes[name]),
            earlier=(),
            where=row.where,
        )
        found[name] = Oddity(defect, row.in_languages("what"))
    if left := changes.keys() - found.keys():
        raise TableError(
            "TABLE-DEFECT", f"no oddity {' '.join(sorted(left))}", "oddity_changes.csv"
        )
    return found


@cache
def own_oddities() -> Mapping[str, Oddity]:
    """Return ikeur's own oddities, loaded once."""
    return load()
