"""Judging messages by the rules, one after the other."""

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
from schemas.rules.addresses import Places
from schemas.rules.element_refs import Chain
from schemas.rules.message_identity import keep, mark_of, tell_twins
from schemas.rules.registers.history import History, Sent, State
from schemas.rules.rulebook import Book, Check, Page, own
from schemas.rules.take_back import take_back

CODE = "RULE"
ABSENT = "absent"


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold, and the classes from the header down to where."""

    check: Check
    chain: Chain

    @property
    def node(self) -> Node:
        """The class that holds the element to blame."""
        return self.chain[self.check.element.depth]

    @property
    def actual(self) -> str:
        """What the element holds."""
        return self.node.values.get(self.check.element.key, ABSENT)

    @property
    def expected(self) -> str:
        """What was expected, with the values that it names."""
        text = self.check.expected
        for name, spot in self.check.names:
            value = self.chain[spot.depth].values.get(spot.key, ABSENT)
            text = text.replace(f"{{{name}}}", value)
        return text


class Judge:
    """Judges the messages of a set in order, whatever their release."""

    def __init__(self, book: Book | None = None) -> None:
        self.book = book or own()
        self.history = History()
        # What the last message has still to enter: only a message behind it asks for that.
        self.behind: Callable[[], None] | None = None

    def faults(self, reading: Reading, release: str) -> list[Fault] | None:
        """The rules that a message breaks; None where it is not judged, as it is not valid."""
        message = reading.message
        if message is None or obstacles(reading):
            return None
        if self.book.page(message, release) is None:
            return []
        self._catch_up()
        takes_back = message.role != HEEN and self.history.sent
        root = reading.root if takes_back else self.book.tree(reading)
        if root is None:
            return None
        broken = self.broken(message, root, release)
        if not broken:
            return []
        places = Places(reading, root)
        return [_fault(item, release, places) for item in broken[:MOST_FAULTS]]

    def broken(self, message: MessageType, root: Node, release: str) -> list[Broken]:
        """The rules that the tree of a message breaks."""
        page = self.book.page(message, release)
        if page is None:
            return []
        self._catch_up()
        state, is_heen = State(self.history, Sent(message.name, release)), message.role == HEEN
        if is_heen and self.history.sent:
            tell_twins(self.history, mark_of(message, release, root), state.sent)
        found: list[Broken] = []
        _judge(page, (root,), state, found)
        if is_heen:
            self.behind = partial(_enter_behind, message, page, root, state)
        elif self.history.sent:
            take_back(page, root, release, mark_of(message, release, root), state)
        return _in_order(root, found) if state.is_reordered else found

    def _catch_up(self) -> None:
        """Enter what the last message said for those behind it."""
        behind, self.behind = self.behind, None
        if behind:
            behind()


def _enter_behind(message: MessageType, page: Page, root: Node, state: State) -> None:
    keep(state.history, mark_of(message, state.sent.release, root), state.sent)
    _enter(page, (root,), state)


def _enter(page: Page, chain: Chain, state: State) -> None:
    for put in page.later:
        put(chain, state)
    for child in _in_course(page, chain, state) if page.below else ():
        inner = page.below.get(child.record)
        if inner is not None:
            _enter(inner, (*chain, child), state)


def obstacles(reading: Reading) -> list[Fault]:
    """The faults by which a message is not sound enough for its rules to mean something."""
    codes = finding_codes()
    return [fault for fault in reading.faults if not codes[fault.code].rules_follow]


def _judge(page: Page, chain: Chain, state: State, found: list[Broken]) -> None:
    for check in page.checks:
        if check.holds(chain, state) is False:
            found.append(Broken(check, chain))
    for put in page.entries:
        put(chain, state)
    if page.below:
        below = page.below.get
        for child in _in_course(page, chain, state):
            inner = below(child.record)
            if inner is not None:
                _judge(inner, (*chain, child), state, found)


def _in_course(page: Page, chain: Chain, state: State) -> Sequence[Node]:
    """The classes below, first those that take away what others replace."""
    children, kinds = chain[-1].children, page.in_turn
    if not kinds:
        return children
    first = [
        child
        for child in children
        if child.record in kinds
        and any(run((*chain, child), state) for run in page.below[child.record].first)
    ]
    if not first or children[: len(first)] == first:
        return children
    state.is_reordered = True
    taken = {id(child) for child in first}
    return [*first, *(child for child in children if id(child) not in taken)]


def _in_order(root: Node, found: list[Broken]) -> list[Broken]:
    """What was found in the order of the message."""
    places = {id(node): place for place, node in enumerate(root.walk())}
    return sorted(found, key=lambda item: places[id(item.chain[-1])])


def _fault(broken: Broken, release: str, places: Places) -> Fault:
    element, node, rule = broken.check.element, broken.node, broken.check.rule
    return Fault(
        CODE,
        actual=broken.actual,
        expected=broken.expected,
        ei=places.ei(element, node) if release == "2.0" else None,
        xml=places.xml(element, node) if release == "2.1" else None,
        evidence=broken.check.evidence,
        rule=rule.name,
        retour=broken.check.retour,
    )
