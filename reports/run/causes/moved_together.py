"""Whether the values of two fields of one record moved together."""

from __future__ import annotations

from reports.run.causes.causes import Cause

_MOSTLY = 0.8
# A shorter value may stand in another field by chance.
_LEAST_LETTERS = 2
_LEAST_PAIRS = 3


def moved(one: Cause, other: Cause) -> str:
    """How the values of two fields moved: `swapped`, `in`, `from`, `as`, or an empty string."""
    if one.message != other.message:
        return ""
    if _same_values(one, other):
        return "as"
    spots = one.trace.values.keys() & other.trace.values.keys()
    if not spots:
        return ""
    pairs = [(*one.trace.values[spot], *other.trace.values[spot]) for spot in spots]
    there = [_stands(expected, got) for expected, _, _, got in pairs]
    back = [_stands(expected, got) for _, got, expected, _ in pairs]
    least = _MOSTLY * len(pairs)
    if sum(there) >= least and sum(back) >= least:
        return "swapped"
    return "in" if sum(there) >= least else "from" if sum(back) >= least else ""


def _same_values(one: Cause, other: Cause) -> bool:
    """Whether the same values became the same other ones in both fields."""
    first, second = (
        {pair for pair in item.trace.values.values() if all(pair)} for item in (one, other)
    )
    least = max(_LEAST_PAIRS, min(len(first), len(second)) / 2)
    return len(first & second) >= least


def _stands(expected: str, got: str) -> bool:
    """Whether the expected value of one field stands in the other."""
    if len(expected) < _LEAST_LETTERS:
        return bool(expected) and expected == got
    return expected in got
