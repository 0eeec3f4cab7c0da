"""Turns the faults of an answer into findings with a grade, and into a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.judging.tree_diff import Difference
from harness.sut.protocol import CRASH, OK, REFUSED, TIMEOUT, Answer
from reports.events.events import Finding
from schemas.message.fault import Fault
from schemas.xml.validators import SchemaSet, own

# Finds the faults of a converted message.
Check = Callable[[Conversion], Iterator[Fault]]


@dataclass
class Judgement:
    """The findings of a case, its fidelity counts, and its differences if it was compared."""

    findings: list[Finding] = field(default_factory=list)
    fidelity: dict[str, int] = field(default_factory=dict)
    answer: Answer = field(default_factory=lambda: Answer(OK))
    compared: list[Difference] | None = None

    @property
    def verdict(self) -> str:
        """The verdict before declared deviations apply."""
        if self.answer.status in (CRASH, TIMEOUT):
            return self.answer.status
        return "fail" if any(item.blocking for item in self.findings) else "pass"


@dataclass(frozen=True)
class Judge:
    """Judges answers; findings with an evidence grade in `block_on` are blocking.

    `schemas` validates what is read.
    """

    block_on: str
    schemas: SchemaSet = field(default_factory=own)

    def finding(self, case: Case, fault: Fault, message: str = "") -> Finding:
        """The finding of a fault in a case; `message` defaults to the type of the case."""
        return Finding(
            code=fault.code,
            case=case.id,
            suite=case.suite,
            message=message or case.message,
            direction=case.direction,
            expected=fault.expected,
            actual=fault.actual,
            evidence=fault.evidence,
            blocking=fault.evidence in self.block_on,
            reproduce=reproduce(case),
            ei=fault.ei,
            xml=fault.xml,
            rule=fault.rule,
            retour=fault.retour,
            said=fault.said,
        )

    def judged(self, case: Case, faults: Iterable[Fault], answer: Answer) -> Judgement:
        """The judgement of a case with the given faults."""
        return Judgement([self.finding(case, fault) for fault in faults], answer=answer)

    def converted(
        self, case: Case, specimen: Specimen, answer: Answer, check: Check, most: int | None = None
    ) -> Judgement:
        """Judge an answer that must be a converted message, with at most `most` findings."""
        name = specimen.message.name
        if missing := without_message(answer, "a converted message"):
            return Judgement([self.finding(case, missing, name)], answer=answer)
        conversion = Conversion(specimen, case.route, answer.output, self.schemas)
        faults = islice(check(conversion), most)
        findings = [self.finding(case, fault, name) for fault in faults]
        return Judgement(findings, conversion.fidelity, answer, conversion.compared)


def reproduce(case: Case) -> str:
    """The command that reproduces a case."""
    return f"ikeur case {case.id} --out {case.id}"


def merged(judgements: Sequence[Judgement], answer: Answer) -> Judgement:
    """The judgement of a case with several messages, each judged on its own."""
    fidelity = Counter[str]()
    for judgement in judgements:
        fidelity.update(judgement.fidelity)
    findings = [finding for judgement in judgements for finding in judgement.findings]
    return Judgement(findings, dict(fidelity), answer)


def without_message(answer: Answer, expected: str) -> Fault | None:
    """The fault of an answer without a message, or None."""
    if answer.status != OK:
        code = "SUT-REFUSED" if answer.status == REFUSED else answer.code
        return Fault(code, answer.reason or answer.status, expected)
    return None if answer.output else Fault("SUT-NO-OUTPUT", "no output", expected)


def without_refusal(answer: Answer) -> Fault | None:
    """The fault of an answer that gives no message and must be a refusal, or None."""
    if answer.status == OK:
        return Fault("SUT-NO-OUTPUT", "no output", "a refusal")
    if answer.status != REFUSED:
        return Fault(answer.code, answer.reason, "a refusal")
    if answer.output:
        return Fault("SUT-REFUSED-WITH-OUTPUT", f"{len(answer.output)} bytes", "no output")
    return None if answer.reason else Fault("SUT-NO-REASON", "no reason", "a reason")
