"""Messages that cannot be read or are not valid, and so are refused, not answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from harness.cases.question import Question
from harness.cases.specimen import Specimen
from harness.judging.judge import without_refusal
from harness.suites.refuse.damage.damage import damage_message
from harness.suites.refuse.damage.registry import KINDS
from harness.suites.refuse.kinds import refusal
from harness.suites.retour.kinds import FOLDER, rules_of
from harness.sut.protocol import OK, RESPOND, Answer, Request
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.table_rows import weakest
from schemas.message.fault import Fault
from schemas.releases.read_write import read
from schemas.retour.pair import FAULT, HEEN, said, terms
from schemas.rules.tables import releases_of

# That what is not valid has no return message follows from the rules of 3.2.
_EVIDENCE = "C"
_TYPES = ("converted", "all")


@dataclass(frozen=True)
class Invalid:
    """A kind of damage; `may_reject`: a return message with a code for it is right too.

    `for_all`: types that are not converted have it too. `rules` are those with a return code that
    the damage breaks.
    """

    kind: str
    releases: tuple[str, ...]
    for_all: bool
    may_reject: bool
    rules: tuple[str, ...]


@cache
def invalid() -> tuple[Invalid, ...]:
    """All kinds of the table."""
    return tuple(
        Invalid(
            row.one_of("kind", KINDS[releases_of(row)[0]]),
            releases_of(row),
            row.one_of("types", _TYPES) == "all",
            row.flag("may_reject"),
            rules_of(row),
        )
        for row in tables.rows("invalid", FOLDER)
    )


@cache
def invalid_kinds(name: str, release: str) -> dict[str, Invalid]:
    """The kinds that a message type can have in a release, by name."""
    message = catalogue().one(name)
    if message.role != HEEN or (release == "2.1" and message.root is None):
        return {}
    return {
        item.kind: item
        for item in invalid()
        if release in item.releases and (item.for_all or message.convertible)
        if KINDS[release][item.kind].applies(message)
    }


def invalid_question(kind: str, specimen: Specimen, release: str) -> Question:
    """Hand over the damaged message."""
    found = damage_message(KINDS[release][kind], kind, release, specimen)
    request = Request(specimen.message.name, release, release, found.data, RESPOND)
    return Question((request,), evidence=found.evidence, origin=found.origin)


def invalid_fault(
    kind: Invalid, message: MessageType, release: str, question: Question, answer: Answer
) -> Fault | None:
    """The fault of an answer that is no refusal with a reason, or None."""
    if answer.status != OK or not answer.output:
        return without_refusal(answer)
    if kind.may_reject and _rejects(message, release, answer.output):
        return None
    grade = weakest(refusal(kind.kind, release).evidence, question.evidence, _EVIDENCE)
    return Fault("RETOUR-ACCEPTED", "an answer", "a refusal", evidence=grade)


def _rejects(message: MessageType, release: str, output: bytes) -> bool:
    """Whether an answer is a return message with a code that rejects something."""
    reading, pair = read(output, release), terms(message.name, release)
    if reading.message is not pair.retour or reading.root is None:
        return False
    harmless = {item.code for meaning, item in said().items() if meaning != FAULT}
    nodes = reading.root.walk()
    return any(set(pair.slots(node.record).of(node)) - harmless for node in nodes)
