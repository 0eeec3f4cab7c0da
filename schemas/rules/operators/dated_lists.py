"""Operators on lists that change in time."""

from __future__ import annotations

from functools import lru_cache

from schemas.facts.dated_lists import DatedList, dated_lists
from schemas.rules.element_refs import BOOL, Chain, Run
from schemas.rules.operators.dates import date_of
from schemas.rules.operators.registry import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope


def _list(scope: Scope, name: str) -> DatedList:
    found = dated_lists().get(name)
    if found is None:
        raise scope.error("TABLE-KIND", f"no list {name!r}")
    scope.evidence.append(found.evidence)
    return found


@operator("listed", "'text', text", BOOL)
def listed(scope: Scope, name: str, value: Run) -> Run:
    """The list has the text, on whatever day."""
    known = _list(scope, name).periods

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else found in known

    return run


@operator("listed_on", "'text', text, date", BOOL)
def listed_on(scope: Scope, name: str, value: Run, day: Run) -> Run:
    """The list has the text on that day; neither on a day that the list says nothing of."""
    known = _list(scope, name)

    # Many classes of a message start on the same day.
    @lru_cache(maxsize=64)
    def has(code: str, written: str) -> bool | None:
        on = date_of(written)
        return None if on is None else known.has(code, on)

    def run(chain: Chain, state: State) -> bool | None:
        found, on = value(chain, state), day(chain, state)
        return None if found is None or on is None else has(found, on)

    return run
