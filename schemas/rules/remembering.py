"""Operators that ask what earlier messages of the set said."""

from __future__ import annotations

from typing import Any

from schemas.rules.history import State
from schemas.rules.operators import operator
from schemas.rules.scope import BOOL, Chain, Run, Scope


@operator("known", "register, value...", BOOL)
def known(_: Scope, register: str, *parts: Run) -> Run:
    """The register has an entry for these values."""

    def run(chain: Chain, state: State) -> bool:
        key = tuple([part(chain, state) for part in parts])
        return key in state.history.register(register)

    return run


@operator("last", "register, value...", "register")
def last(_: Scope, register: str, *parts: Run) -> Run:
    """What the register holds for these values."""

    def run(chain: Chain, state: State) -> Any:
        key = tuple([part(chain, state) for part in parts])
        return state.history.register(register).get(key)

    return run
