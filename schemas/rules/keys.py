"""Keys of registers, computed once per class and shared by all rules that ask for them.

Keys are equal in both releases, so that what was delivered in one counts in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.rules.element_refs import DATE, Chain, Evaluator, KeyEvaluator
from schemas.rules.registers.history import Key, State
from schemas.rules.registers.numbered import UNSUPPORTED
from schemas.rules.scope import Scope


@dataclass(frozen=True)
class Numbers:
    """The numbers of a key; a release may not be able to express all of them."""

    runs: tuple[Evaluator, ...]


Part = Evaluator | Numbers


def key_of(scope: Scope, parts: Sequence[Part]) -> KeyEvaluator:
    """Return the evaluator for a key; equal parts share one evaluator."""
    wanted = tuple(parts)
    found = scope.shared.keys.get(wanted)
    if found is None:
        found = scope.shared.keys[wanted] = _key_evaluator(wanted)
    return found


def _key_evaluator(parts: tuple[Part, ...]) -> KeyEvaluator:
    exact = [part for part in parts if not isinstance(part, Numbers)]
    numbers = [run for part in parts if isinstance(part, Numbers) for run in part.runs]

    def run(chain: Chain, state: State) -> Key:
        node = chain[-1]
        if state.node is not node:
            state.node, state.keys = node, {}
        found = state.keys.get(parts)
        if found is None:
            found = state.keys[parts] = (
                tuple([part(chain, state) for part in exact]),
                tuple([number(chain, state) for number in numbers]),
            )
        return found

    return run


def unsupported(_: Chain, __: State) -> object:
    """Evaluator of a number that the release cannot express."""
    return UNSUPPORTED


def register_form(scope: Scope, kind: str, run: Evaluator) -> Evaluator:
    """Convert a value to the form that registers hold: dates as EEJJ-MM-DD."""
    if kind != DATE or scope.release != "2.0":
        return run

    def written(chain: Chain, state: State) -> str | None:
        found: str | None = run(chain, state)
        return found and f"{found[:4]}-{found[4:6]}-{found[6:]}"

    known: Evaluator = scope.shared.compiled.setdefault(("register form", run), written)
    return known


def release_form(scope: Scope, kind: str, run: Evaluator) -> Evaluator:
    """Convert a value of a register to the notation of the release."""
    if kind != DATE or scope.release != "2.0":
        return run

    def written(chain: Chain, state: State) -> str | None:
        found: str | None = run(chain, state)
        return found and found.replace("-", "")

    return written
