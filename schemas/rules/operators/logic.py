"""Operators that give yes, no or, if a value is missing, undecided."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.nl import bsn, btw

from schemas.errors import TableError
from schemas.rules.element_refs import BOOL, Chain, Evaluator
from schemas.rules.operators.operator import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope


@operator("present", "value...", BOOL)
def present(_: Scope, *values: Evaluator) -> Evaluator:
    """All of these are present."""
    if len(values) == 1:
        (value,) = values
        return lambda chain, state: value(chain, state) is not None
    return lambda chain, state: all(value(chain, state) is not None for value in values)


@operator("absent", "value...", BOOL)
def absent(_: Scope, *values: Evaluator) -> Evaluator:
    """None of these is present."""
    if len(values) == 1:
        (value,) = values
        return lambda chain, state: value(chain, state) is None
    return lambda chain, state: all(value(chain, state) is None for value in values)


@operator("not", "yes or no", BOOL)
def not_(_: Scope, item: Evaluator) -> Evaluator:
    """Negation."""

    def run(chain: Chain, state: State) -> bool | None:
        found = item(chain, state)
        return None if found is None else not found

    return run


@operator("and", "yes or no...", BOOL)
def and_(_: Scope, *items: Evaluator) -> Evaluator:
    """All hold; a single no decides, even if others are missing."""

    def run(chain: Chain, state: State) -> bool | None:
        result: bool | None = True
        for item in items:
            found = item(chain, state)
            if found is False:
                return False
            if found is None:
                result = None
        return result

    return run


@operator("or", "yes or no...", BOOL)
def or_(_: Scope, *items: Evaluator) -> Evaluator:
    """At least one holds; a single yes decides."""

    def run(chain: Chain, state: State) -> bool | None:
        result: bool | None = False
        for item in items:
            found = item(chain, state)
            if found:
                return True
            if found is None:
                result = None
        return result

    return run


@operator("if", "yes or no, yes or no", BOOL)
def if_(_: Scope, when: Evaluator, then: Evaluator) -> Evaluator:
    """If the first holds, so must the second; otherwise the rule does not apply."""

    def run(chain: Chain, state: State) -> bool | None:
        return then(chain, state) if when(chain, state) else None

    return run


@operator("both", "yes or no, yes or no", BOOL)
def both(_: Scope, one: Evaluator, other: Evaluator) -> Evaluator:
    """Both hold or neither does."""

    def run(chain: Chain, state: State) -> bool | None:
        first, second = one(chain, state), other(chain, state)
        return None if first is None or second is None else first == second

    return run


@operator("in", "text, 'text'...", BOOL)
def in_(_: Scope, value: Evaluator, *listed: str) -> Evaluator:
    """The text is one of these."""
    known = frozenset(listed)

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else found in known

    return run


@operator("matches", "text, 'text'", BOOL)
def matches(scope: Scope, value: Evaluator, pattern: str) -> Evaluator:
    """The regular expression matches the whole text."""
    try:
        fits = re.compile(pattern).fullmatch
    except re.error as error:
        raise TableError("TABLE-PATTERN", f"{pattern!r}: {error}", scope.where) from None

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else fits(found) is not None

    return run


@lru_cache(maxsize=256)
def _is_bsn(number: str) -> bool:
    # Skip the normalisation of is_valid for the usual nine digits.
    if len(number) == 9 and number.isascii() and number.isdigit():
        return bsn.checksum(number) == 0 and number != "000000000"
    return bool(bsn.is_valid(number))


_is_btw = lru_cache(maxsize=256)(btw.is_valid)


@operator("bsn", "text", BOOL)
def bsn_(_: Scope, value: Evaluator) -> Evaluator:
    """The text passes the 11-test (elfproef) of a BSN."""

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else _is_bsn(found)

    return run


@operator("btw", "text", BOOL)
def btw_(_: Scope, value: Evaluator) -> Evaluator:
    """The text is a valid btw number."""

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else bool(_is_btw(found))

    return run
