"""What the generators do so that messages keep the business rules, as tables say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.facts import table_rows as tables

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

    def unique_key(self, drawn: Mapping[str, str]) -> tuple[str | None, ...]:
        """What no sibling may share."""
        return tuple(drawn.get(key) for key in self.differ)

    def may_be_first(self, drawn: Mapping[str, str]) -> bool:
        """Whether a class may be the first."""
        return not self.first_key or drawn.get(self.first_key) in self.first_codes


@cache
def forbidden_codes() -> tuple[tuple[frozenset[str], str, frozenset[str]], ...]:
    """By message types and the end of a path, the codes that a rule forbids."""
    return tuple(
        (frozenset(row["messages"].split()), row["target"], frozenset(row["codes"].split()))
        for row in tables.rows("forbidden", _FOLDER)
    )


@cache
def presences() -> dict[str, Condition]:
    """Elements by the end of their path, each with the condition under which it is there."""
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
    """Classes by the end of their path, each with how they go together."""
    return {
        row["target"]: Siblings(
            tuple(row["differ"].split()), row["first_key"], tuple(row["first_codes"].split())
        )
        for row in tables.rows("siblings", _FOLDER)
    }


def _is_meant(path: str, target: str) -> bool:
    return f"/{path}".endswith(f"/{target}")


@cache
def forbidden(message: str, path: str) -> frozenset[str]:
    """The codes of an element that a rule forbids in messages of a type."""
    found = (
        codes
        for messages, target, codes in forbidden_codes()
        if message in messages and _is_meant(path, target)
    )
    return frozenset().union(*found)


@cache
def conditions(path: str) -> dict[str, Condition]:
    """By key, which elements of a class are there under a condition only."""
    found = {}
    for target, condition in presences().items():
        owner, _, key = target.rpartition("/")
        if _is_meant(path, owner):
            found[key] = condition
    return found


@cache
def siblings(path: str) -> Siblings | None:
    """How the classes of a path go together, or None where nothing is asked of them."""
    found = (item for target, item in all_siblings().items() if _is_meant(path, target))
    return next(found, None)
