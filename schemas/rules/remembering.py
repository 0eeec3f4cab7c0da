"""Operators that ask what earlier messages of the set said."""

from __future__ import annotations

from typing import Any

from schemas.rules.history import State
from schemas.rules.keys import key_of
from schemas.rules.operators import operator
from schemas.rules.scope import Scope
from schemas.rules.spots import BOOL, Chain, Run


@operator("known", "register, value...", BOOL)
def known(scope: Scope, register: str, *parts: Run) -> Run:
    """The register has an entry for these values."""
    key = key_of(scope, parts)

    def run(chain: Chain, state: State) -> bool:
        return key(chain, state) in state.history.register(register)

    return run


@operator("last", "register, value...", "register")
def last(scope: Scope, register: str, *parts: Run) -> Run:
    """What the register holds for these values."""
    key = key_of(scope, parts)

    def run(chain: Chain, state: State) -> Any:
        return state.history.register(register).get(key(chain, state))

    return run
