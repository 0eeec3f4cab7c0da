"""The suite `refuse`: what cannot be converted is refused, with a reason and without output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar
from zlib import crc32

from harness.cases.case import Case, there
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import turn_of
from harness.judging.judge import Judge, Judgement, without_refusal
from harness.suites.files import Files, handed_over
from harness.suites.refuse.flaws import located
from harness.suites.refuse.input import damaged, is_swept
from harness.suites.refuse.kinds import Refusal, kinds_of, refusal
from harness.suites.refuse.sweep.registry import names, spots_of
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import OK, Answer, Request
from schemas.facts import table_rows as tables
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.switch.overrides import Override


class Refuse(Suite):
    """Sends messages with one kind of damage, and sweeps over every field."""

    name = "refuse"
    wants_message = False
    requirement: ClassVar[Text] = {
        "en": "What cannot be converted is refused with a reason, and nothing is written.",
        "nl": "Wat niet geconverteerd kan worden wordt met een reden geweigerd en er wordt niets "
        "geschreven.",
    }

    def cases(
        self,
        message: MessageType,
        seed: int,
        index: int,
        agreed: Agreed = (),
    ) -> list[Case]:
        """One kind of damage for each release, in rotation."""
        by_release = filter(None, (kinds_of(message.name, release) for release in RELEASES))
        turn = turn_of(message, index)
        return [self._case(message, kinds[turn % len(kinds)], seed, index) for kinds in by_release]

    def _case(self, message: MessageType, kind: Refusal, seed: int, index: int) -> Case:
        return self.case(message, there(kind.release), seed, index, kind.kind)

    def once(self, message: MessageType, seed: int) -> list[Case]:
        """The sweep: every layout or schema fault at every field; always at index 0."""
        return [
            self.case(message, there(release), seed, 0, name)
            for release, name in names(message.name)
        ]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the message type has the kind, or the sweep has the place."""
        release = case.route[0]
        if is_swept(case):
            is_there = case.kind in spots_of(message.name, release)
            return is_there and case.route == there(release) and case.index == 0
        kinds = kinds_of(message.name, release)
        return case in [self._case(message, item, case.seed, case.index) for item in kinds]

    def expects(self, case: Case) -> str:
        """A refusal."""
        return "refused"

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the kind of damage and its place in the sweep."""
        release = case.route[0]
        told = f"{self.requirement[lang]} {refusal(case.kind, release).what[lang]}"
        if not is_swept(case):
            return told
        return f"{told[:-1]}: {spots_of(case.message, release)[case.kind].address}."

    def sample_place(self, case: Case) -> int:
        """The sampling number; all cases of the sweep have the same index."""
        return crc32(case.kind.encode()) if is_swept(case) else case.index

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """The damaged message."""
        found = damaged(case, specimen)
        source, target = case.route
        request = Request(case.message, source, target, found.data)
        return Question((request,), evidence=found.evidence, origin=found.origin)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Check that the input was refused, with a reason and without output."""
        case, question, answer = asked.case, asked.question, asked.answer
        fault = _fault(case, question, answer)
        if fault is None:
            return Judgement(answer=answer)
        flawed = located(case, question.inputs[0], question.origin, judge.schemas)
        finding = judge.finding(case, replace(fault, ei=flawed.ei, xml=flawed.xml))
        return Judgement([replace(finding, flaw=flawed.flaw)], answer=answer)

    def given(self, asked: AskedCase) -> Files:
        """The damaged message."""
        return handed_over(asked)


def _fault(case: Case, question: Question, answer: Answer) -> Fault | None:
    if answer.status == OK:
        grade = tables.weakest(refusal(case.kind, case.route[0]).evidence, question.evidence)
        return Fault("SUT-ACCEPTED", "a converted message", "a refusal", evidence=grade)
    return without_refusal(answer)
