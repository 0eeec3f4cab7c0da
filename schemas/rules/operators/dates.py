"""Operators on dates, in the notation of either release."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from schemas.rules.element_refs import DATE, NUMBER, TEXT, Chain, Evaluator
from schemas.rules.operators.operator import Operator, operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope

# Digits of a time, hhmmss.
_TIME = 6


@operator("day", "'text'", DATE)
def day(scope: Scope, text: str) -> Evaluator:
    """A date literal, EEJJ-MM-DD."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise scope.error("TABLE-KIND", f"{text!r} is no date") from None
    written = text.replace("-", "") if scope.release == "2.0" else text
    return lambda _, __: written


@lru_cache(maxsize=2048)
def date_of(text: str) -> date | None:
    """Parse a date, EEJJMMDD or EEJJ-MM-DD; None if it is invalid."""
    digits = text.replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


@operator("written", "date", TEXT)
def written(_: Scope, value: Evaluator) -> Evaluator:
    """The date as EEJJ-MM-DD, in either release."""

    def run(chain: Chain, state: State) -> str | None:
        found = date_of(value(chain, state) or "")
        return found.isoformat() if found else None

    return run


@operator("moment", "date, text", TEXT)
def moment(_: Scope, day: Evaluator, time: Evaluator) -> Evaluator:
    """The date and time as one sortable text, in either release."""

    def run(chain: Chain, state: State) -> str | None:
        found, at = date_of(day(chain, state) or ""), time(chain, state) or ""
        return f"{found.isoformat()}T{at.replace(':', '')[:_TIME]}" if found else None

    return run


def _later(name: str, unit: str, move: Callable[[date, int], date]) -> Operator:
    @lru_cache(maxsize=2048)
    def moved(text: str, count: int) -> str | None:
        found = date_of(text)
        if found is None:
            return None
        try:
            result = move(found, count).isoformat()
        except (ValueError, OverflowError):
            return None
        return result if "-" in text else result.replace("-", "")

    def make(_: Scope, value: Evaluator, count: int) -> Evaluator:
        def run(chain: Chain, state: State) -> str | None:
            found = value(chain, state)
            return None if found is None else moved(found, count)

        return run

    says = f"the date so many {unit} later, or earlier where the number is below zero"
    return operator(name, "date, digits", DATE, says)(make)


def _months(found: date, count: int) -> date:
    """Add months; a day that the month does not have becomes its last day."""
    year, month = divmod(found.year * 12 + found.month - 1 + count, 12)
    return date(year, month + 1, min(found.day, monthrange(year, month + 1)[1]))


days_later = _later("days_later", "days", lambda found, count: found + timedelta(count))
months_later = _later("months_later", "months", _months)
years_later = _later("years_later", "years", lambda found, count: _months(found, 12 * count))


@operator("days_between", "date, date", NUMBER)
def days_between(_: Scope, one: Evaluator, other: Evaluator) -> Evaluator:
    """The number of days from the first date to the second."""

    def run(chain: Chain, state: State) -> int | None:
        first, second = one(chain, state), other(chain, state)
        begin, end = date_of(first or ""), date_of(second or "")
        return None if begin is None or end is None else (end - begin).days

    return run
