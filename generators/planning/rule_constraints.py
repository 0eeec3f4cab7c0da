"""Tables of constraints by which generated messages satisfy the business rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.planning.targets import ends
from schemas.facts import table_rows as tables

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Condition:
    """When an element may or must be present: if another is present, or holds one of some codes."""

    key: str
    codes: tuple[str, ...]
    must: bool

    def share(self, drawn: Mapping[str, str], share: float) -> float:
        """Return the probability that the element is present, given the values drawn so far.

        `share` is its probability where the condition holds but does not force it.
        """
        holds = drawn.get(self.key) in self.codes if self.codes else self.key in drawn
        if not holds:
            return 0.0
        return 1.0 if self.must else share


@dataclass(frozen=True)
class Siblings:
    """How classes of one parent relate: the keys they differ in, and what the first must hold."""

    differ: tuple[str, ...]
    first_key: str
    first_codes: tuple[str, ...]

    def unique_key(self, drawn: Mapping[str, str]) -> tuple[str | None, ...]:
        """Return the values that no two siblings may share."""
        return tuple([drawn.get(key) for key in self.differ])

    def may_be_first(self, drawn: Mapping[str, str]) -> bool:
        """Whether a class may be the first of its siblings."""
        return not self.first_key or drawn.get(self.first_key) in self.first_codes


@cache
def forbidden_codes() -> tuple[tuple[frozenset[str], str, frozenset[str]], ...]:
    """Return the codes that rules forbid: message types, end of the path, codes."""
    return tuple(
        (frozenset(row["messages"].split()), row["target"], frozenset(row["codes"].split()))
        for row in tables.rows("forbidden", _FOLDER)
    )


@cache
def presences() -> dict[str, Condition]:
    """Return the presence conditions of elements, by the end of their path."""
    return {
        row["target"]: Condition(
            row["key"],
            tuple(row["codes"].split()),
            row.one_of("presence", ("may", "must")) == "must",
        )
        for row in tables.rows("presence", _FOLDER)
    }


@cache
def all_siblings() -> dict[str, Siblings]:
    """Return the sibling constraints of classes, by the end of their path."""
    return {
        row["target"]: Siblings(
            tuple(row["differ"].split()), row["first_key"], tuple(row["first_codes"].split())
        )
        for row in tables.rows("siblings", _FOLDER)
    }


@cache
def forbidden(message: str, path: str) -> frozenset[str]:
    """Return the codes of an element that rules forbid in a message type."""
    found = (
        codes
        for messages, target, codes in forbidden_codes()
        if message in messages and ends(path, target)
    )
    return frozenset().union(*found)


@cache
def conditions(path: str) -> dict[str, Condition]:
    """Return the presence conditions of the elements of a class, by key."""
    found = {}
    for target, condition in presences().items():
        owner, _, key = target.rpartition("/")
        if ends(path, owner):
            found[key] = condition
    return found


@cache
def siblings(path: str) -> Siblings | None:
    """Return the sibling constraints of a class, or None if there are none."""
    found = (item for target, item in all_siblings().items() if ends(path, target))
    return next(found, None)
