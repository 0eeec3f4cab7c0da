"""What tells which message it is: its type, its parties, its identification and its date."""

from __future__ import annotations

from itertools import takewhile

from schemas.facts.message_types import MessageType
from schemas.header.locations import DAGTEKENING, KEY, places
from schemas.message.node import Node
from schemas.retour.pair import HEEN
from schemas.rules.registers.history import History, Sent
from schemas.rules.table_rows import RELEASES

# Type of the heenbericht, gemeente, aanbieder, identification, date; the same in both releases.
Mark = tuple[str, ...]


def mark_of(message: MessageType, release: str, root: Node) -> Mark:
    """The mark of a heenbericht, or of the one that a return message answers."""
    found = {item.role: root.get(item.key) for item in places(message.name, release)}
    heen = message.name if message.role == HEEN else message.pair
    date = found.get(DAGTEKENING, "").replace("-", "")
    return (heen, *(found.get(role, "") for role in KEY), date)


def without_date(mark: Mark) -> Mark:
    """The mark by which a return message is known that repeats another date."""
    return mark[:-1]


def tell_twins(history: History, mark: Mark, sent: Sent) -> None:
    """Make what a message says known in its own release alone, if it is there in both."""
    for release in RELEASES:
        others = history.sent.get((release, *mark), []) if release != sent.release else []
        for twin in takewhile(lambda one: not one.has_twin, reversed(others)):
            twin.has_twin = True
        sent.has_twin = sent.has_twin or bool(others)


def keep(history: History, mark: Mark, sent: Sent) -> None:
    """Make a heenbericht known to the return message that answers it."""
    for known in (mark, without_date(mark)):
        history.sent.setdefault((sent.release, *known), []).append(sent)


def answered(history: History, mark: Mark, release: str) -> list[Sent]:
    """The messages that a return message answers: of its own release and date, else of any."""
    others = [other for other in RELEASES if other != release]
    for sent_in in (release, *others):
        for wanted in (mark, without_date(mark)):
            if found := history.sent.get((sent_in, *wanted)):
                return found
    return []
