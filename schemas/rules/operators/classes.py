"""Operators over several classes of a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from schemas.rules.element_refs import BOOL, NUMBER, Chain, Evaluator
from schemas.rules.operators.operator import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope

# The records from the current class down to another, and the evaluator for each class found.
Branch = tuple[tuple[str, ...], Evaluator]


def _down(chain: Chain, route: Sequence[str]) -> Iterator[Chain]:
    """Yield the chains to the classes on a route."""
    for child in chain[-1].children:
        if child.record == route[0]:
            if len(route) == 1:
                yield (*chain, child)
            else:
                yield from _down((*chain, child), route[1:])


def _found(branches: Sequence[Branch], chain: Chain, state: State) -> Iterator[Any]:
    for route, run in branches:
        for below in _down(chain, route):
            yield run(below, state)


@operator("each", "class, of each", BOOL)
def each(_: Scope, branches: Sequence[Branch]) -> Evaluator:
    """It holds for each class below of that name."""
    return lambda chain, state: all(found is not False for found in _found(branches, chain, state))


@operator("any", "class, of each", BOOL)
def any_(_: Scope, branches: Sequence[Branch]) -> Evaluator:
    """It holds for at least one class below of that name."""
    return lambda chain, state: any(found is True for found in _found(branches, chain, state))


@operator("count", "class, of each", NUMBER)
def count(_: Scope, branches: Sequence[Branch]) -> Evaluator:
    """For how many classes below of that name it holds."""
    return lambda chain, state: sum(found is True for found in _found(branches, chain, state))


@operator("sum", "class, number of each", NUMBER)
def sum_(_: Scope, branches: Sequence[Branch]) -> Evaluator:
    """The sum over the classes; a missing value counts as zero."""
    return lambda chain, state: sum(found or 0 for found in _found(branches, chain, state))


@operator("among", "value, class, value of each", BOOL)
def among(_: Scope, value: Evaluator, branches: Sequence[Branch]) -> Evaluator:
    """The value is among those of all classes of that name in the message."""
    cache_key = object()

    def run(chain: Chain, state: State) -> bool | None:
        wanted = value(chain, state)
        if wanted is None:
            return None
        known = state.cache.get(cache_key)
        if known is None:
            known = state.cache[cache_key] = set(_found(branches, chain[:1], state))
        return wanted in known

    return run


def _parts(parts: Sequence[Evaluator], chain: Chain, state: State) -> tuple[Any, ...]:
    return tuple([part(chain, state) for part in parts])


@operator("unique", "class, value...", BOOL)
def unique(scope: Scope, owner: str, *parts: Evaluator) -> Evaluator:
    """No earlier class of this kind under the same owner (or in the `Bericht`) has these values."""
    depth = scope.depth_of(owner)
    cache_key = object()

    def run(chain: Chain, state: State) -> bool | None:
        found = _parts(parts, chain, state)
        if all(part is None for part in found):
            return None
        seen = state.cache.setdefault(cache_key, set())
        key = (id(chain[depth]), *found)
        if key in seen:
            return False
        seen.add(key)
        return True

    return run


_LAST_DAY = "9999-12-31"


@operator("apart", "class, date, date, value...", BOOL)
def apart(
    scope: Scope, owner: str, begin: Evaluator, end: Evaluator, *parts: Evaluator
) -> Evaluator:
    """The period overlaps no earlier one with the same values under the same owner.

    A period without an end is open-ended.
    """
    depth = scope.depth_of(owner)
    cache_key = object()

    def run(chain: Chain, state: State) -> bool | None:
        first, last = begin(chain, state), end(chain, state) or _LAST_DAY
        if first is None:
            return None
        key = (id(chain[depth]), *_parts(parts, chain, state))
        periods = state.cache.setdefault(cache_key, {}).setdefault(key, [])
        clear = all(last < other_first or first > other_last for other_first, other_last in periods)
        periods.append((first, last))
        return clear

    return run
