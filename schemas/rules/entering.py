"""What a class enters in the registers, for later messages or for what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from schemas.rules.compiling import compile_expression
from schemas.rules.history import State
from schemas.rules.keys import key_of
from schemas.rules.rows import ADD, FORGET, LEAST, NEXT, Entry
from schemas.rules.scope import Scope
from schemas.rules.spots import Chain

Enter = Callable[[Chain, State], None]


def enter(entry: Entry, scope: Scope) -> Enter:
    """The function that enters what a class says in a register."""
    when = compile_expression(entry.when, scope).run if entry.when else None
    key_at = key_of(scope, [compile_expression(part, scope).run for part in entry.key])
    value = compile_expression(entry.value, scope) if entry.value else None
    if value and value.kind != entry.kind:
        raise scope.error("TABLE-KIND", f"{entry.register} holds a {entry.kind}")
    put = _PUT.get(entry.action, _keep)
    name, later = entry.register, entry.counts_from == NEXT

    def run(chain: Chain, state: State) -> None:
        if when is not None and not when(chain, state):
            return
        key = key_at(chain, state)
        found = value.run(chain, state) if value else None
        register = state.history.register(name)
        if later:
            state.history.later.append(lambda: put(register, key, found))
        else:
            put(register, key, found)

    return run


def _keep(register: dict[Any, Any], key: Any, value: Any) -> None:
    register[key] = value


def _add(register: dict[Any, Any], key: Any, value: Any) -> None:
    register[key] = (register.get(key) or 0) + (value or 0)


def _least(register: dict[Any, Any], key: Any, value: Any) -> None:
    known = register.get(key)
    if value is not None:
        register[key] = value if known is None else min(known, value)


def _forget(register: dict[Any, Any], key: Any, _: Any) -> None:
    register.pop(key, None)


_PUT: Mapping[str, Callable[[dict[Any, Any], Any, Any], None]] = {
    ADD: _add,
    LEAST: _least,
    FORGET: _forget,
}
