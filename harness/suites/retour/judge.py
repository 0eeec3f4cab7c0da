"""Checks that a return message answers its heenbericht, from its release down to its codes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from harness.judging.addresses import evidence_in
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.clients import ClientJudge
from harness.suites.retour.codes import code_faults
from harness.suites.retour.heenbericht import Heenbericht
from harness.suites.retour.own_values import own_faults
from schemas.facts.records import HEADER
from schemas.facts.table_rows import weakest
from schemas.message.fault import MOST_FAULTS, Fault
from schemas.reading import Reading
from schemas.releases.detect import release_of
from schemas.releases.read_write import read
from schemas.retour.pair import REJECTED, said
from schemas.xml.validators import SchemaSet

# Reading faults, and the more specific finding that makes each redundant.
_SAID_BETTER = {"EI-TOTAL": "RETOUR-TOTAL", "EI-NUMBER": "RETOUR-NUMBER"}
_OTHER_VERSION = "EI-RELEASE"


def retour_faults(
    heenbericht: Heenbericht, output: bytes, schemas: SchemaSet | None = None, day: str = ""
) -> list[Fault]:
    """The faults of a return message that was given on a `day` (EEJJ-MM-DD), if that is known."""
    reading = read(output, heenbericht.release, schemas)
    if other := _other_release(heenbericht, output, reading):
        return [Fault("RETOUR-RELEASE", other, heenbericht.release, evidence="A")]
    found: list[Fault] = []
    if reading.message is not None and reading.root is not None:
        found = list(islice(_answer_faults(heenbericht, reading, day), MOST_FAULTS))
    told = {fault.code for fault in found}
    unsaid = [item for item in reading.faults if _SAID_BETTER.get(item.code) not in told]
    return [*unsaid, *found]


def _other_release(heenbericht: Heenbericht, output: bytes, reading: Reading) -> str:
    """The release of an answer in another release, or an empty string."""
    if any(fault.code == _OTHER_VERSION for fault in reading.faults):
        return next(item.actual for item in reading.faults if item.code == _OTHER_VERSION)
    other = release_of(output)
    if reading.message is None and other != heenbericht.release and read(output, other).message:
        return other
    return ""


def _answer_faults(heenbericht: Heenbericht, reading: Reading, day: str) -> Iterator[Fault]:
    assert reading.message is not None
    assert reading.root is not None
    if reading.message is not heenbericht.terms.retour:
        yield Fault(
            "RETOUR-TYPE", reading.message.name, heenbericht.terms.retour.name, evidence="A"
        )
        return
    locator = FaultLocator(reading.message, heenbericht.release, reading.root, reading)
    yield from _header_faults(heenbericht, locator)
    yield from own_faults(heenbericht, locator, day)
    yield from code_faults(heenbericht, locator, (), heenbericht.root)
    clients = ClientJudge(heenbericht, locator)
    yield from clients.faults()
    yield from _total_faults(heenbericht, locator)


def _header_faults(heenbericht: Heenbericht, locator: FaultLocator) -> Iterator[Fault]:
    """The header values that are not repeated, or repeated differently."""
    pair, heen, actual = heenbericht.terms, heenbericht.root, locator.root
    key, theirs = pair.code_key(pair.retour), pair.code_key(pair.heen)
    code = pair.code(heen.get(theirs))
    if actual.get(key) != code:
        told = actual.get(key)
        yield locator.fault("RETOUR-TYPE", (), key, actual=told, expected=code, evidence="A")
    dropped, added = pair.dropped[HEADER], pair.added[HEADER]
    kept = {key: value for key, value in heen.values.items() if key not in dropped}
    back = {k: v for k, v in actual.values.items() if k.partition("[")[0] not in added}
    for key in dict.fromkeys([*kept, *back]):
        one, other = kept.get(key, ""), back.get(key, "")
        if one != other:
            grade = evidence_in(pair.retour, HEADER, key, heenbericht.release)
            yield locator.fault(
                "RETOUR-HEADER", (), key, actual=other, expected=one, evidence=grade
            )


def _total_faults(heenbericht: Heenbericht, locator: FaultLocator) -> Iterator[Fault]:
    """Check the granted total against the submitted total and the returned lines."""
    pair, root = heenbericht.terms, locator.root
    total = pair.total
    if total is None or total.minus_total is None or total.minus_amount is None:
        return
    lines = [node for node in root.walk() if node.record == total.record]
    cut = sum(
        pair.amount(line, total.amount) - pair.amount(line, total.minus_amount) for line in lines
    )
    submitted = pair.submitted(heenbericht.root)
    expected = 0 if heenbericht.is_rejected else submitted - cut
    granted = pair.amount(root, total.minus_total)
    if granted != expected:
        grades = [pair.total_evidence if lines else total.evidence]
        if heenbericht.is_rejected:
            grades.append(said()[REJECTED].evidence)
        yield locator.fault(
            "RETOUR-TOTAL", (), pair.keys(pair.retour, HEADER)[total.minus_total.amount.name],
            actual=str(granted), expected=str(expected), evidence=weakest(*grades),
        )  # fmt: skip
