"""All kinds of input of the suite `retour`, in the order in which they take turns."""

from __future__ import annotations

from functools import cache

from harness.cases.turns import ROUND, turn_of
from harness.suites.retour.invalid import invalid_kinds
from harness.suites.retour.kinds import RetourKind, kinds, kinds_of
from harness.suites.retour.rule_kinds import kind_of_defect, rule_kinds
from harness.suites.retour.twins import twins
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN


@cache
def names_of(name: str, release: str) -> tuple[str, ...]:
    """The names of all kinds that a message type has in a release; none for an answer."""
    message = catalogue().one(name)
    if message.role != HEEN or (release == "2.1" and message.root is None):
        return ()
    answered = (*kinds_of(name, release), *rule_kinds(name, release))
    return (*(item.kind for item in answered), *twins(), *invalid_kinds(name, release))


def names_at(message: MessageType, release: str, index: int) -> list[str]:
    """The kinds of an index: as many as it takes for all to have had a turn."""
    found = names_of(message.name, release)
    number = -(-len(found) // ROUND)
    first = turn_of(message, index) * number
    return [found[place % len(found)] for place in range(first, first + number)]


@cache
def kind_of(name: str) -> RetourKind:
    """The kind of heenbericht with a name: that of the table, or that of a defect."""
    return kinds().get(name) or kind_of_defect(name)
