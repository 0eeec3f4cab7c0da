"""Compiles the rows of registers.csv: what a class records in a register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.rules.compile import compile_expression, compile_part
from schemas.rules.element_refs import Chain, Evaluator, KeyEvaluator
from schemas.rules.keys import key_of, register_form
from schemas.rules.registers.history import Entry, ExactKey, State
from schemas.rules.scope import Scope
from schemas.rules.table_rows import FIRST, SENT, EntryRow

Recorder = Callable[[Chain, State], None]


@dataclass(frozen=True)
class CompiledEntry:
    """A row of registers.csv compiled for a class.

    `age` orders entries whose latest counts; an entry that `stays` cannot be undone.
    """

    register: str
    when: Evaluator | None
    key: KeyEvaluator
    action: str
    value: Evaluator | None
    age: Evaluator | None
    stays: bool

    def applies(self, chain: Chain, state: State) -> bool:
        """Whether the class records an entry."""
        return self.when is None or bool(self.when(chain, state))

    def item(self, chain: Chain, state: State) -> tuple[ExactKey, Entry]:
        """Return the entry of the class, with the exact part of its key."""
        sure, numbers = self.key(chain, state)
        value = self.value(chain, state) if self.value else None
        age = (self.age(chain, state) or "") if self.age else ""
        return sure, Entry(state.sent, self.action, numbers, value, age, stays=self.stays)


def compile_entry(entry: EntryRow, scope: Scope) -> CompiledEntry:
    """Compile a row for a class of its message type or of the return message; raises TableError."""
    when = compile_expression(entry.when, scope).run if entry.when else None
    key = key_of(scope, [compile_part(part, scope) for part in entry.key])
    value = compile_expression(entry.value, scope) if entry.value else None
    if value and value.kind != entry.kind:
        raise scope.error("TABLE-KIND", f"{entry.register} holds a {entry.kind}")
    held = register_form(scope, value.kind, value.run) if value else None
    age = compile_expression(entry.by, scope).run if entry.by else None
    return CompiledEntry(entry.register, when, key, entry.held, held, age, entry.action == SENT)


def precedence(entry: EntryRow, scope: Scope) -> Evaluator | None:
    """Evaluator that tells whether a class is processed before its siblings, or None."""
    if entry.counts_from != FIRST or entry.when is None:
        return None
    return compile_expression(entry.when, scope).run


def recorder(entry: EntryRow, scope: Scope) -> Recorder:
    """Return the function that records the entry of a class."""
    at = compile_entry(entry, scope)

    def run(chain: Chain, state: State) -> None:
        if at.applies(chain, state):
            state.history.register(at.register).enter(*at.item(chain, state))

    return run
