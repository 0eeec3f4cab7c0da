"""What a class enters in the registers, for later messages or for what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.rules.compile import compile_expression, compile_part
from schemas.rules.element_refs import Chain, KeyRun, Run
from schemas.rules.keys import key_of, shared
from schemas.rules.registers.history import Entered, State, Sure
from schemas.rules.scope import Scope
from schemas.rules.table_rows import FIRST, SENT, Entry

Enter = Callable[[Chain, State], None]


@dataclass(frozen=True)
class Place:
    """What a class enters: in which register, when, by which key, and what it says there."""

    register: str
    when: Run | None
    key: KeyRun
    action: str
    value: Run | None
    age: Run | None
    stays: bool

    def applies(self, chain: Chain, state: State) -> bool:
        """Whether the class has something to enter."""
        return self.when is None or bool(self.when(chain, state))

    def item(self, chain: Chain, state: State) -> tuple[Sure, Entered]:
        """What the class enters, and the sure part of its key."""
        sure, numbers = self.key(chain, state)
        value = self.value(chain, state) if self.value else None
        age = (self.age(chain, state) or "") if self.age else ""
        return sure, Entered(state.sent, self.action, numbers, value, age, stays=self.stays)


def place_of(entry: Entry, scope: Scope) -> Place:
    """The place of a row, compiled for a class of the message or of its return message."""
    when = compile_expression(entry.when, scope).run if entry.when else None
    key = key_of(scope, [compile_part(part, scope) for part in entry.key])
    value = compile_expression(entry.value, scope) if entry.value else None
    if value and value.kind != entry.kind:
        raise scope.error("TABLE-KIND", f"{entry.register} holds a {entry.kind}")
    held = shared(scope, value.kind, value.run) if value else None
    age = compile_expression(entry.by, scope).run if entry.by else None
    return Place(entry.register, when, key, entry.held, held, age, entry.action == SENT)


def comes_first(entry: Entry, scope: Scope) -> Run | None:
    """What says that a class is taken before the others, as it takes away what they replace."""
    if entry.counts_from != FIRST or entry.when is None:
        return None
    return compile_expression(entry.when, scope).run


def enter(entry: Entry, scope: Scope) -> Enter:
    """The function that enters what a class says in a register."""
    at = place_of(entry, scope)

    def run(chain: Chain, state: State) -> None:
        if at.applies(chain, state):
            state.history.register(at.register).enter(*at.item(chain, state))

    return run
