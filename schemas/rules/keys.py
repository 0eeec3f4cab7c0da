"""Keys of registers: many rules of a class ask for the same one, which is made once for each.

A key says the same in both releases, so that what was delivered in one counts in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.rules.element_refs import DATE, Chain, KeyRun, Run
from schemas.rules.registers.history import Key, State
from schemas.rules.registers.numbered import UNSAID
from schemas.rules.scope import Scope


@dataclass(frozen=True)
class Numbers:
    """The numbers of a key, of which a release may have no place for one."""

    runs: tuple[Run, ...]


Part = Run | Numbers


def key_of(scope: Scope, parts: Sequence[Part]) -> KeyRun:
    """The function that gives the key of some values, shared by all that ask for these."""
    mark = tuple(parts)
    found = scope.shared.keys.get(mark)
    if found is None:
        found = scope.shared.keys[mark] = _made(mark)
    return found


def _made(parts: tuple[Part, ...]) -> KeyRun:
    sure = [part for part in parts if not isinstance(part, Numbers)]
    numbers = [run for part in parts if isinstance(part, Numbers) for run in part.runs]

    def run(chain: Chain, state: State) -> Key:
        node = chain[-1]
        if state.node is not node:
            state.node, state.keys = node, {}
        found = state.keys.get(parts)
        if found is None:
            found = state.keys[parts] = (
                tuple([part(chain, state) for part in sure]),
                tuple([number(chain, state) for number in numbers]),
            )
        return found

    return run


def unsaid(_: Chain, __: State) -> object:
    """What stands for a number that a release has no place for."""
    return UNSAID


def shared(scope: Scope, kind: str, run: Run) -> Run:
    """A value as registers hold it: a date as 2.1 writes it, whatever the release."""
    if kind != DATE or scope.release != "2.0":
        return run

    def written(chain: Chain, state: State) -> str | None:
        found: str | None = run(chain, state)
        return found and f"{found[:4]}-{found[4:6]}-{found[6:]}"

    known: Run = scope.shared.compiled.setdefault(("shared", run), written)
    return known


def own(scope: Scope, kind: str, run: Run) -> Run:
    """A value of a register as the release of a message writes it."""
    if kind != DATE or scope.release != "2.0":
        return run

    def written(chain: Chain, state: State) -> str | None:
        found: str | None = run(chain, state)
        return found and found.replace("-", "")

    return written
