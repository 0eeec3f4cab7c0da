"""Code lists: which code is valid in which release and standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.on_demand import OnDemand

RELEASES = ("2.0", "2.1")
# Cache size per field with a code list; more than the longest list has.
MOST_CODES = 512
_COLUMN = {"2.0": "in_20", "2.1": "in_21"}
_STATES = ("yes", "no", "unknown")


@dataclass(frozen=True, eq=False)
class Code:
    """One code of a list."""

    code: str
    valid: Mapping[str, bool]
    standards: tuple[str, ...]
    label: str
    evidence: str


@dataclass(frozen=True, eq=False)
class CodeList:
    """A list of codes for one standard (`iwmo` or `ijw`)."""

    name: str
    codes: tuple[Code, ...] = field(repr=False)

    @cached_property
    def _by_release(self) -> dict[str, dict[str, Code]]:
        return {
            release: {code.code: code for code in self.codes if code.valid[release]}
            for release in RELEASES
        }

    def valid(self, release: str) -> dict[str, Code]:
        """Return the codes of a release (`2.0` or `2.1`) by code, in list order."""
        return self._by_release[release]

    def evidence(self, code: str) -> str:
        """Return the grade of a code; if it is not listed, the weakest grade of the list."""
        known = [item.evidence for item in self.codes if item.code == code]
        return tables.weakest(*(known or [item.evidence for item in self.codes]))


def _code(row: tables.Row) -> Code:
    states = {release: row[column] for release, column in _COLUMN.items()}
    for state in states.values():
        if state not in _STATES:
            raise TableError("TABLE-CODE", f"{state!r} is not yes, no or unknown", row.where)
    # `unknown` counts as valid: no published list excludes the code.
    valid = {release: state != "no" for release, state in states.items()}
    return Code(row["code"], valid, tuple(row["standard"].split()), row["label"], row.evidence)


def load(standard: str, folder: Path = tables.TABLES) -> Mapping[str, CodeList]:
    """The code lists of a standard by name, each read when asked for.

    Raises TableError, when a list is asked for, for a duplicate code.
    """
    return OnDemand(tables.names("codelists", folder), lambda name: _list(name, standard, folder))


def _list(name: str, standard: str, folder: Path) -> CodeList:
    found: dict[str, Code] = {}
    for row in tables.rows(f"codelists/{name}", folder):
        code = _code(row)
        if standard not in code.standards:
            continue
        if code.code in found:
            raise TableError("TABLE-CODE", f"code {code.code} stands twice", row.where)
        found[code.code] = code
    return CodeList(name, tuple(found.values()))
