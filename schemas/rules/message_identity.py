"""Identifies a message by its type, parties, identification and date."""

from __future__ import annotations

from itertools import takewhile

from schemas.facts.message_types import MessageType
from schemas.header.locations import DAGTEKENING, KEY, places
from schemas.message.node import Node
from schemas.retour.pair import HEEN
from schemas.rules.registers.history import History, Sent
from schemas.rules.rule_rows import RELEASES

# Type of the heenbericht, gemeente, aanbieder, identification, date; equal in both releases.
Identity = tuple[str, ...]


def identity_of(message: MessageType, release: str, root: Node) -> Identity:
    """Return the identity of a heenbericht, or of the heenbericht that a return message answers."""
    found = {item.role: root.get(item.key) for item in places(message.name, release)}
    heen = message.name if message.role == HEEN else message.pair
    date = found.get(DAGTEKENING, "").replace("-", "")
    return (heen, *(found.get(role, "") for role in KEY), date)


def without_date(identity: Identity) -> Identity:
    """Strip the date: a return message may repeat a different one."""
    return identity[:-1]


def mark_duplicates(history: History, identity: Identity, sent: Sent) -> None:
    """Mark the copies of a message sent in both releases: each counts in its own release only."""
    for release in RELEASES:
        others = history.sent.get((release, *identity), []) if release != sent.release else []
        for other in takewhile(lambda one: not one.has_duplicate, reversed(others)):
            other.has_duplicate = True
        sent.has_duplicate = sent.has_duplicate or bool(others)


def remember(history: History, identity: Identity, sent: Sent) -> None:
    """Register a heenbericht so that its return message can find it."""
    for known in (identity, without_date(identity)):
        history.sent.setdefault((sent.release, *known), []).append(sent)


def originals(history: History, identity: Identity, release: str) -> list[Sent]:
    """Return the messages that a return message answers.

    Those of its own release and date are preferred, then those of any date, then the other release.
    """
    others = [other for other in RELEASES if other != release]
    for sent_in in (release, *others):
        for wanted in (identity, without_date(identity)):
            if found := history.sent.get((sent_in, *wanted)):
                return found
    return []
