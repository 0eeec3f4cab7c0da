"""Operators on code lists whose contents change over time."""

from __future__ import annotations

from functools import lru_cache

from schemas.facts.dated_lists import DatedList, dated_lists
from schemas.rules.element_refs import BOOL, Chain, Evaluator
from schemas.rules.operators.dates import date_of
from schemas.rules.operators.operator import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope


def _list(scope: Scope, name: str) -> DatedList:
    found = dated_lists().get(name)
    if found is None:
        raise scope.error("TABLE-KIND", f"no list {name!r}")
    scope.evidence.append(found.evidence)
    return found


@operator("listed", "'text', text", BOOL)
def listed(scope: Scope, name: str, value: Evaluator) -> Evaluator:
    """The list contains the text, on any day."""
    known = _list(scope, name).periods

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else found in known

    return run


@operator("listed_on", "'text', text, date", BOOL)
def listed_on(scope: Scope, name: str, value: Evaluator, day: Evaluator) -> Evaluator:
    """The list contains the text on that day; undecided on a day that the list does not cover."""
    known = _list(scope, name)

    # Many classes of a message share a start date.
    @lru_cache(maxsize=64)
    def has(code: str, written: str) -> bool | None:
        on = date_of(written)
        return None if on is None else known.has(code, on)

    def run(chain: Chain, state: State) -> bool | None:
        found, on = value(chain, state), day(chain, state)
        return None if found is None or on is None else has(found, on)

    return run
