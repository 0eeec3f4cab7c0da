"""Operators that compare values, and operators that compute a value from others."""

from __future__ import annotations

import operator as plain
from collections.abc import Callable
from typing import Any

from schemas.rules.element_refs import BOOL, NUMBER, TEXT, Chain, Evaluator
from schemas.rules.operators.operator import Operator, operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope

_CREDIT = "C"


def _comparison(name: str, says: str, compare: Callable[[Any, Any], bool]) -> Operator:
    def make(_: Scope, one: Evaluator, other: Evaluator) -> Evaluator:
        def run(chain: Chain, state: State) -> bool | None:
            first = one(chain, state)
            if first is None:
                return None
            second = other(chain, state)
            return None if second is None else compare(first, second)

        return run

    return operator(name, "same, same", BOOL, f"the first is {says} the second")(make)


equal = _comparison("equal", "the same as", plain.eq)
differ = _comparison("differ", "another than", plain.ne)
less = _comparison("less", "less, or earlier, than", plain.lt)
at_most = _comparison("at_most", "at most, or not after,", plain.le)
more = _comparison("more", "more, or later, than", plain.gt)
at_least = _comparison("at_least", "at least, or not before,", plain.ge)


def _sum(name: str, says: str, compute: Callable[[int, int], int | None]) -> Operator:
    def make(_: Scope, one: Evaluator, other: Evaluator) -> Evaluator:
        def run(chain: Chain, state: State) -> int | None:
            first, second = one(chain, state), other(chain, state)
            return None if first is None or second is None else compute(first, second)

        return run

    return operator(name, "number, number", NUMBER, says)(make)


add = _sum("add", "the sum", plain.add)
subtract = _sum("subtract", "the first less the second", plain.sub)
multiply = _sum("multiply", "the product", plain.mul)
difference = _sum("difference", "how far they are apart", lambda one, other: abs(one - other))
divide = _sum(
    "divide",
    "the quotient, rounded down; by zero it is missing",
    lambda one, other: one // other if other else None,
)


@operator("signed", "number, text", NUMBER)
def signed(_: Scope, amount: Evaluator, sign: Evaluator) -> Evaluator:
    """The number, below zero where the text is C (credit)."""

    def run(chain: Chain, state: State) -> int | None:
        found = amount(chain, state)
        if found is None:
            return None
        return -found if sign(chain, state) == _CREDIT else int(found)

    return run


@operator("first", "same...", "same")
def first(_: Scope, *values: Evaluator) -> Evaluator:
    """The first of these that is present."""

    def run(chain: Chain, state: State) -> Any:
        for value in values:
            found = value(chain, state)
            if found is not None:
                return found
        return None

    return run


@operator("only", "yes or no, value", "of the value")
def only(_: Scope, when: Evaluator, value: Evaluator) -> Evaluator:
    """The value where the first holds."""
    return lambda chain, state: value(chain, state) if when(chain, state) else None


@operator("start", "text, digits", TEXT)
def start(_: Scope, value: Evaluator, length: int) -> Evaluator:
    """So many characters from the start of the text."""

    def run(chain: Chain, state: State) -> str | None:
        found = value(chain, state)
        return None if found is None else found[:length]

    return run


@operator("together", "value...", TEXT)
def together(_: Scope, *values: Evaluator) -> Evaluator:
    """All values joined into one text; a missing value adds nothing."""

    def run(chain: Chain, state: State) -> str:
        found = (value(chain, state) for value in values)
        return "|".join("" if item is None else str(item) for item in found)

    return run


def constant(scope: Scope, value: str) -> Evaluator:
    """Return the evaluator of a constant text, one for all that ask for it."""
    run: Evaluator = scope.shared.compiled.setdefault(value, lambda _, __: value)
    return run


@operator("message", "", TEXT)
def message(scope: Scope) -> Evaluator:
    """The message type."""
    return constant(scope, scope.message.name)


@operator("law", "", TEXT)
def law(scope: Scope) -> Evaluator:
    """The standard: iwmo or ijw."""
    return constant(scope, scope.message.standard)
