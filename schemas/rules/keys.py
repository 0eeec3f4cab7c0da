"""Keys of registers: many rules of a class ask for the same one, which is made once for each."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.rules.history import Key, State
from schemas.rules.scope import Scope
from schemas.rules.spots import Chain, KeyRun, Run


def key_of(scope: Scope, parts: Sequence[Run]) -> KeyRun:
    """The function that gives the key of some values, shared by all that ask for these."""
    mark = tuple(parts)
    found = scope.shared.keys.get(mark)
    if found is None:
        found = scope.shared.keys[mark] = _made(mark)
    return found


def _made(parts: tuple[Run, ...]) -> KeyRun:
    def run(chain: Chain, state: State) -> Key:
        node = chain[-1]
        if state.node is not node:
            state.node, state.keys = node, {}
        found = state.keys.get(parts)
        if found is None:
            found = state.keys[parts] = tuple([part(chain, state) for part in parts])
        return found

    return run
