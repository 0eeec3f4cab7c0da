"""Evaluates the rules on the messages of a set, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.message.fault import MOST_FAULTS, Fault
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.retour.pair import HEEN
from schemas.rules.addresses import ElementAddresses
from schemas.rules.element_refs import Chain
from schemas.rules.message_identity import identity_of, mark_duplicates, remember
from schemas.rules.registers.history import History, Sent, State
from schemas.rules.rulebook import Check, ClassRules, Rulebook, default_rulebook
from schemas.rules.take_back import take_back

CODE = "RULE"
ABSENT = "absent"


@dataclass(frozen=True)
class Broken:
    """A broken rule, and the chain of nodes from the header to the class where it is broken."""

    check: Check
    chain: Chain

    @property
    def node(self) -> Node:
        """The node of the element to blame."""
        return self.chain[self.check.element.depth]

    @property
    def actual(self) -> str:
        """The value of the element."""
        return self.node.values.get(self.check.element.key, ABSENT)

    @property
    def expected(self) -> str:
        """The expected text, with its placeholders filled."""
        text = self.check.expected
        for name, ref in self.check.names:
            value = self.chain[ref.depth].values.get(ref.key, ABSENT)
            text = text.replace(f"{{{name}}}", value)
        return text


class RuleJudge:
    """Judges the messages of a set in order, in either release."""

    def __init__(self, book: Rulebook | None = None) -> None:
        self.book = book or default_rulebook()
        self.history = History()
        # Deferred register entries of the last message: only a later message queries them.
        self.pending: Callable[[], None] | None = None

    def faults(self, reading: Reading, release: str) -> list[Fault] | None:
        """Return the rules that a message breaks as faults, at most MOST_FAULTS.

        None if the message is not valid enough to be judged.
        """
        message = reading.message
        if message is None or obstacles(reading):
            return None
        if self.book.rules_for(message, release) is None:
            return []
        self._flush_pending()
        takes_back = message.role != HEEN and self.history.sent
        root = reading.root if takes_back else self.book.tree(reading)
        if root is None:
            return None
        broken = self.broken(message, root, release)
        if not broken:
            return []
        addresses = ElementAddresses(reading, root)
        return [_fault(item, release, addresses) for item in broken[:MOST_FAULTS]]

    def broken(self, message: MessageType, root: Node, release: str) -> list[Broken]:
        """Return the rules that the tree of a message breaks."""
        rules = self.book.rules_for(message, release)
        if rules is None:
            return []
        self._flush_pending()
        state, is_heen = State(self.history, Sent(message.name, release)), message.role == HEEN
        if is_heen and self.history.sent:
            mark_duplicates(self.history, identity_of(message, release, root), state.sent)
        found: list[Broken] = []
        _judge(rules, (root,), state, found)
        if is_heen:
            self.pending = partial(_enter_pending, message, rules, root, state)
        elif self.history.sent:
            take_back(rules, root, release, identity_of(message, release, root), state)
        return _document_order(root, found) if state.is_reordered else found

    def _flush_pending(self) -> None:
        """Record the deferred entries of the last message."""
        pending, self.pending = self.pending, None
        if pending:
            pending()


def _enter_pending(message: MessageType, rules: ClassRules, root: Node, state: State) -> None:
    remember(state.history, identity_of(message, state.sent.release, root), state.sent)
    _enter(rules, (root,), state)


def _enter(rules: ClassRules, chain: Chain, state: State) -> None:
    for put in rules.later:
        put(chain, state)
    for child in _processing_order(rules, chain, state) if rules.below else ():
        inner = rules.below.get(child.record)
        if inner is not None:
            _enter(inner, (*chain, child), state)


def obstacles(reading: Reading) -> list[Fault]:
    """Return the faults that make a message too damaged for its rules to be evaluated."""
    codes = finding_codes()
    return [fault for fault in reading.faults if not codes[fault.code].rules_follow]


def _judge(rules: ClassRules, chain: Chain, state: State, found: list[Broken]) -> None:
    for check in rules.checks:
        if check.holds(chain, state) is False:
            found.append(Broken(check, chain))
    for put in rules.entries:
        put(chain, state)
    if rules.below:
        below = rules.below.get
        for child in _processing_order(rules, chain, state):
            inner = below(child.record)
            if inner is not None:
                _judge(inner, (*chain, child), state, found)


def _processing_order(rules: ClassRules, chain: Chain, state: State) -> Sequence[Node]:
    """Return the child nodes, with those that end something before those that replace it."""
    children, reordered = chain[-1].children, rules.reordered
    if not reordered:
        return children
    first = [
        child
        for child in children
        if child.record in reordered
        and any(run((*chain, child), state) for run in rules.below[child.record].first)
    ]
    if not first or children[: len(first)] == first:
        return children
    state.is_reordered = True
    taken = {id(child) for child in first}
    return [*first, *(child for child in children if id(child) not in taken)]


def _document_order(root: Node, found: list[Broken]) -> list[Broken]:
    """Sort broken rules by document order."""
    places = {id(node): place for place, node in enumerate(root.walk())}
    return sorted(found, key=lambda item: places[id(item.chain[-1])])


def _fault(broken: Broken, release: str, addresses: ElementAddresses) -> Fault:
    element, node, rule = broken.check.element, broken.node, broken.check.rule
    return Fault(
        CODE,
        actual=broken.actual,
        expected=broken.expected,
        ei=addresses.ei(element, node) if release == "2.0" else None,
        xml=addresses.xml(element, node) if release == "2.1" else None,
        evidence=broken.check.evidence,
        rule=rule.name,
        retour=broken.check.retour,
    )
