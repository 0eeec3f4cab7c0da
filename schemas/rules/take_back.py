"""Undoes the register entries that a return message refuses or gives back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.message.node import Node
from schemas.retour.pair import Terms, said, terms
from schemas.rules.element_refs import Chain
from schemas.rules.message_identity import Identity, originals
from schemas.rules.registers.history import GONE, OPEN, State
from schemas.rules.rulebook import ClassRules


@cache
def _no_fault() -> frozenset[str]:
    """The return codes that mean that a class is correct."""
    return frozenset(item.code for item in said().values() if item.code)


@dataclass
class _Answer:
    pair: Terms
    sent: frozenset[int]
    state: State

    def classes(self, rules: ClassRules, chain: Chain, is_refused: bool) -> None:
        """Undo the entries of a class of the return message and of the classes below it."""
        node = chain[-1]
        is_refused = is_refused or _is_faulty(self.pair, node)
        status = self.status(node, is_refused)
        for place in rules.returned if status else ():
            if place.applies(chain, self.state):
                register = self.state.history.register(place.register)
                back = place.item(chain, self.state)
                item = register.given_back(*back, self.sent, self.pair.heen.name)
                if item:
                    item.status = status
        for child in node.children:
            if inner := rules.below.get(child.record):
                self.classes(inner, (*chain, child), is_refused)

    def status(self, node: Node, is_refused: bool) -> str:
        """Return the new status of the entries of a class; empty if the class was granted.

        A class without a fault may come back with another that has one: then its status is OPEN.
        """
        total = self.pair.total
        is_line = total is not None and total.minus_amount and node.record == total.record
        if total and total.minus_amount and is_line and self.pair.amount(node, total.minus_amount):
            return OPEN if is_refused else ""
        return GONE if is_refused else OPEN


def _is_faulty(pair: Terms, node: Node) -> bool:
    return not _no_fault().issuperset(pair.slots(node.record).of(node))


def take_back(
    rules: ClassRules, root: Node, release: str, identity: Identity, state: State
) -> None:
    """Undo the entries of the classes that a return message refuses, or of the whole message."""
    pair, sent = terms(identity[0], release), originals(state.history, identity, release)
    if not _is_faulty(pair, root):
        _Answer(pair, frozenset(map(id, sent)), state).classes(rules, (root,), False)
    # A fault in the header refuses the whole message.
    for item in sent if _is_faulty(pair, root) else ():
        item.is_refused = True
