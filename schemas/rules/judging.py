"""Judging messages by the rules, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.faults import MOST_FAULTS, Fault
from schemas.finding_codes import finding_codes
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.reading import Reading
from schemas.rules.addresses import Places
from schemas.rules.book import Book, Check, Page, own
from schemas.rules.history import History, State
from schemas.rules.spots import Chain

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
    """Judges the messages of a set in order; each release has a history of its own."""

    def __init__(self, book: Book | None = None) -> None:
        self.book = book or own()
        self.histories: dict[str, History] = {}

    def faults(self, reading: Reading, release: str) -> list[Fault] | None:
        """The rules that a message breaks; None where it is not judged, as it is not valid."""
        message = reading.message
        if message is None or obstacles(reading):
            return None
        if self.book.page(message, release) is None:
            return []
        root = self.book.tree(reading)
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
        history = self.histories.setdefault(release, History())
        found: list[Broken] = []
        _judge(page, (root,), State(history), found)
        if history.later:
            history.next_message()
        return found


def obstacles(reading: Reading) -> list[Fault]:
    """The faults by which a message is not sound enough for its rules to mean something."""
    codes = finding_codes()
    return [fault for fault in reading.faults if not codes[fault.code].rules_follow]


def _judge(page: Page, chain: Chain, state: State, found: list[Broken]) -> None:
    for check in page.checks:
        if check.holds(chain, state) is False:
            found.append(Broken(check, chain))
    for enter in page.entries:
        enter(chain, state)
    if page.below:
        below = page.below.get
        for child in chain[-1].children:
            inner = below(child.record)
            if inner is not None:
                _judge(inner, (*chain, child), state, found)


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
        retour=rule.retour[release],
    )


def message_date(reading: Reading, release: str, book: Book | None = None) -> str:
    """The date of a message, EEJJMMDD; an empty text where it has none."""
    if reading.message is None or reading.root is None:
        return ""
    spot = (book or own()).dates.get((reading.message.name, release))
    found = reading.root.values.get(spot.key, "") if spot else ""
    return found.replace("-", "")
