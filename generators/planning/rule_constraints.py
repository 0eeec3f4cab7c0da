"""What the generators do so that messages keep the business rules, as tables say."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Condition:
    """When an element may be there, or must: where another one is, or holds one of some codes."""

    key: str
    codes: tuple[str, ...]
    must: bool

    def share(self, drawn: Mapping[str, str], share: float) -> float:
        """How often the element is there, beside what was drawn; `share` where it is free."""
        holds = drawn.get(self.key) in self.codes if self.codes else self.key in drawn
        if not holds:
            return 0.0
        return 1.0 if self.must else share


@dataclass(frozen=True)
class Siblings:
    """How classes at one parent go together: in what they differ, and what the first must hold."""

    differ: tuple[str, ...]
    first_key: str
    first_codes: tuple[str, ...]

    def mark(self, drawn: Mapping[str, str]) -> tuple[str | None, ...]:
        """What no sibling may share."""
        return tuple(drawn.get(key) for key in self.differ)

    def may_lead(self, drawn: Mapping[str, str]) -> bool:
        """Whether a class may be the first."""
        return not self.first_key or drawn.get(self.first_key) in self.first_codes


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _is_meant(path: str, target: str) -> bool:
    return f"/{path}".endswith(f"/{target}")


@cache
def forbidden(message: str, path: str) -> frozenset[str]:
    """The codes of an element that a rule forbids in messages of a type."""
    found: set[str] = set()
    for row in _rows("forbidden"):
        if message in row["messages"].split() and _is_meant(path, row["target"]):
            found |= set(row["codes"].split())
    return frozenset(found)


@cache
def conditions(path: str) -> dict[str, Condition]:
    """By key, which elements of a class are there under a condition only."""
    found = {}
    for row in _rows("presence"):
        owner, _, key = row["target"].rpartition("/")
        if _is_meant(path, owner):
            codes = tuple(row["codes"].split())
            found[key] = Condition(row["key"], codes, row["presence"] == "must")
    return found


@cache
def siblings(path: str) -> Siblings | None:
    """How the classes of a path go together, or None where nothing is asked of them."""
    for row in _rows("siblings"):
        if _is_meant(path, row["target"]):
            return Siblings(
                tuple(row["differ"].split()), row["first_key"], tuple(row["first_codes"].split())
            )
    return None
