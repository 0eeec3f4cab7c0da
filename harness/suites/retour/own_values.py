"""Checks what only an answer has: its identification, its date and its copies."""

from __future__ import annotations

from collections.abc import Iterator

from harness.judging.addresses import evidence_in
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.heenbericht import Heenbericht
from schemas.facts.records import HEADER
from schemas.facts.table_rows import weakest
from schemas.header.locations import IDENTIFICATIE, places
from schemas.message.fault import Fault
from schemas.retour.pair import COPY, DATE, IDENTIFICATION, Own
from schemas.retour.requirements import NOT_EARLIER, NOT_LATER, OTHER, UNIQUE, grade_of


def own_faults(heenbericht: Heenbericht, locator: FaultLocator, day: str = "") -> Iterator[Fault]:
    """The header values of an answer alone that are wrong; `day` is that on which it was given."""
    heen, actual = heenbericht.root, locator.root
    for item in heenbericht.terms.own.get(HEADER, ()):
        told = actual.get(item.key)
        source = next((heen.get(key) for key in item.sources if heen.get(key)), "")
        if item.role == COPY and told != source:
            yield locator.fault(
                "RETOUR-TOTAL", (), item.key,
                actual=told, expected=source, evidence=item.evidence,
            )  # fmt: skip
        elif item.role == DATE and told:
            place = evidence_in(heenbericht.message, HEADER, item.sources[0], heenbericht.release)
            yield from _date_faults(locator, item, source, day, place)
        elif item.role == IDENTIFICATION and told and told == _sent(heenbericht):
            expected = "another identification than that of the message"
            yield _fault(locator, item, OTHER, "RETOUR-IDENTIFICATION", expected)


def _date_faults(
    locator: FaultLocator, item: Own, source: str, day: str, compared: str
) -> Iterator[Fault]:
    """The faults of a date; `compared` grades the place of `source`, the message's date."""
    told, sent = locator.root.get(item.key).replace("-", ""), source.replace("-", "")
    if not told.isdigit():
        return
    if told < sent:
        yield _fault(locator, item, NOT_EARLIER, "RETOUR-DATE", f"{source} or later", compared)
    # The answer to a message of the future cannot be dated before both.
    if day and told > max(sent, day.replace("-", "")):
        yield _fault(locator, item, NOT_LATER, "RETOUR-DATE", "the day of the answer or earlier")


def _sent(heenbericht: Heenbericht) -> str:
    """What identifies the message."""
    known = places(heenbericht.message.name, heenbericht.release)
    return next(heenbericht.root.get(item.key) for item in known if item.role == IDENTIFICATIE)


def _fault(
    locator: FaultLocator, item: Own, asks: str, code: str, expected: str, compared: str = "A"
) -> Fault:
    """The fault of a value, no surer than the requirement and the place of the value.

    `compared` grades the place of the value of the heenbericht that it is compared with.
    """
    message, told = locator.message, locator.root.get(item.key)
    place = evidence_in(message, HEADER, item.key, locator.release)
    grade = weakest(grade_of(message.name, item.role, asks), item.evidence, place, compared)
    return locator.fault(code, (), item.key, actual=told, expected=expected, evidence=grade)


def identification(heenbericht: Heenbericht, locator: FaultLocator) -> str:
    """What identifies an answer."""
    return locator.root.get(_identifying(heenbericht).key)


def used_before(heenbericht: Heenbericht, locator: FaultLocator) -> Fault:
    """The fault of an answer with the identification of another one."""
    expected = "an identification that no other answer has"
    item = _identifying(heenbericht)
    return _fault(locator, item, UNIQUE, "RETOUR-IDENTIFICATION", expected)


def _identifying(heenbericht: Heenbericht) -> Own:
    own = heenbericht.terms.own[HEADER]
    return next(item for item in own if item.role == IDENTIFICATION)
