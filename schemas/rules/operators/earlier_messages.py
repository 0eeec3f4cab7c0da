"""Operators that query what earlier messages of the set recorded."""

from __future__ import annotations

from typing import Any

from schemas.rules.element_refs import BOOL, Chain, Evaluator
from schemas.rules.keys import Part, key_of, release_form
from schemas.rules.operators.operator import operator
from schemas.rules.registers.history import State
from schemas.rules.scope import Scope


@operator("known", "register, value...", BOOL)
def known(scope: Scope, register: str, *parts: Part) -> Evaluator:
    """The register has an entry for these values; undecided where that is in doubt."""
    key = key_of(scope, parts)
    scope.asked.add(register)

    def run(chain: Chain, state: State) -> bool | None:
        found = state.history.registers.get(register)
        return found.known(key(chain, state), state.sent.release) if found else False

    return run


@operator("last", "register, value...", "register")
def last(scope: Scope, register: str, *parts: Part) -> Evaluator:
    """The value that the register holds for these values."""
    key = key_of(scope, parts)
    scope.asked.add(register)

    def run(chain: Chain, state: State) -> Any:
        found = state.history.registers.get(register)
        return found.last(key(chain, state), state.sent.release) if found else None

    return release_form(scope, scope.shared.registers[register], run)
