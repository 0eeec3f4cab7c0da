"""Operators that say yes, no or, where a value is missing, neither."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.nl import bsn, btw

from schemas.errors import TableError
from schemas.rules.element_refs import BOOL, Chain, Run
from schemas.rules.operators.registry import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope


@operator("present", "value...", BOOL)
def present(_: Scope, *values: Run) -> Run:
    """All of these are there."""
    if len(values) == 1:
        (value,) = values
        return lambda chain, state: value(chain, state) is not None
    return lambda chain, state: all(value(chain, state) is not None for value in values)


@operator("absent", "value...", BOOL)
def absent(_: Scope, *values: Run) -> Run:
    """None of these is there."""
    if len(values) == 1:
        (value,) = values
        return lambda chain, state: value(chain, state) is None
    return lambda chain, state: all(value(chain, state) is None for value in values)


@operator("not", "yes or no", BOOL)
def not_(_: Scope, item: Run) -> Run:
    """The opposite."""

    def run(chain: Chain, state: State) -> bool | None:
        found = item(chain, state)
        return None if found is None else not found

    return run


@operator("and", "yes or no...", BOOL)
def and_(_: Scope, *items: Run) -> Run:
    """All hold; one that does not decides, whatever is missing."""

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
def or_(_: Scope, *items: Run) -> Run:
    """At least one holds; one that does decides."""

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
def if_(_: Scope, when: Run, then: Run) -> Run:
    """Where the first holds, the second must; else the rule does not apply."""

    def run(chain: Chain, state: State) -> bool | None:
        return then(chain, state) if when(chain, state) else None

    return run


@operator("both", "yes or no, yes or no", BOOL)
def both(_: Scope, one: Run, other: Run) -> Run:
    """Both hold or neither does."""

    def run(chain: Chain, state: State) -> bool | None:
        first, second = one(chain, state), other(chain, state)
        return None if first is None or second is None else first == second

    return run


@operator("in", "text, 'text'...", BOOL)
def in_(_: Scope, value: Run, *listed: str) -> Run:
    """The text is one of these."""
    known = frozenset(listed)

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else found in known

    return run


@operator("matches", "text, 'text'", BOOL)
def matches(scope: Scope, value: Run, pattern: str) -> Run:
    """The whole text fits the regular expression."""
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
    # Nine digits, as they nearly always are, need none of what makes other texts comparable.
    if len(number) == 9 and number.isascii() and number.isdigit():
        return bsn.checksum(number) == 0 and number != "000000000"
    return bool(bsn.is_valid(number))


_is_btw = lru_cache(maxsize=256)(btw.is_valid)


@operator("bsn", "text", BOOL)
def bsn_(_: Scope, value: Run) -> Run:
    """The text passes the 11-test of a BSN."""

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else _is_bsn(found)

    return run


@operator("btw", "text", BOOL)
def btw_(_: Scope, value: Run) -> Run:
    """The text is a btw number that passes its test."""

    def run(chain: Chain, state: State) -> bool | None:
        found = value(chain, state)
        return None if found is None else bool(_is_btw(found))

    return run
