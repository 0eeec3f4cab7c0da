"""What a return message takes back of what its message entered in the registers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from schemas.message.node import Node
from schemas.retour.pair import Terms, said, terms
from schemas.rules.element_refs import Chain
from schemas.rules.message_identity import Mark, answered
from schemas.rules.registers.history import GONE, OPEN, State

if TYPE_CHECKING:
    from schemas.rules.rulebook import Page


@cache
def _no_fault() -> frozenset[str]:
    """The codes that say of a class that nothing was found wrong with it."""
    return frozenset(item.code for item in said().values() if item.code)


@dataclass
class _Answer:
    pair: Terms
    sent: frozenset[int]
    state: State

    def classes(self, page: Page, chain: Chain, is_refused: bool) -> None:
        """Take back what the classes of a return message entered, from one of them down."""
        node = chain[-1]
        is_refused = is_refused or _is_faulty(self.pair, node)
        standing = self.standing(node, is_refused)
        for place in page.backs if standing else ():
            if place.applies(chain, self.state):
                register = self.state.history.register(place.register)
                back = place.item(chain, self.state)
                item = register.given_back(*back, self.sent, self.pair.heen.name)
                if item:
                    item.standing = standing
        for child in node.children:
            if inner := page.below.get(child.record):
                self.classes(inner, (*chain, child), is_refused)

    def standing(self, node: Node, is_refused: bool) -> str:
        """What becomes of a class that comes back; nothing where it was granted.

        One without a fault comes back with another that has one: whether it counts is not said.
        """
        total = self.pair.total
        is_line = total is not None and total.minus_amount and node.record == total.record
        if total and total.minus_amount and is_line and self.pair.amount(node, total.minus_amount):
            return OPEN if is_refused else ""
        return GONE if is_refused else OPEN


def _is_faulty(pair: Terms, node: Node) -> bool:
    return not _no_fault().issuperset(pair.slots(node.record).of(node))


def take_back(page: Page, root: Node, release: str, mark: Mark, state: State) -> None:
    """Take back what a return message refuses: a class, or its message as a whole."""
    pair, sent = terms(mark[0], release), answered(state.history, mark, release)
    if not _is_faulty(pair, root):
        _Answer(pair, frozenset(map(id, sent)), state).classes(page, (root,), False)
    # A message that is refused in its header never happened.
    for item in sent if _is_faulty(pair, root) else ():
        item.is_refused = True
