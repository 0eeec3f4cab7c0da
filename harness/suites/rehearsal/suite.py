"""The suite `rehearsal`: a region goes through the switch, by a virtual clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from harness.cases.case import Case
from harness.cases.pairs import with_pair
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.suites.conversion.whole import judged_whole
from harness.suites.files import Files, expected_of_each, gate_files, handed_over
from harness.suites.migration.judge import decided
from harness.suites.rehearsal.flow import flow, phase_of
from harness.suites.rehearsal.questions import region_specimen, step_request
from harness.suites.rehearsal.tables import steps
from harness.suites.retour.suite import judged_answer, right_answer
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import CONVERT, RESPOND
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN
from schemas.switch.overrides import Override


class Rehearsal(Suite):
    """Takes each heenbericht of the region through its timeline, step by step."""

    name = "rehearsal"
    by_default = False
    in_dryrun_only = True
    requirement: ClassVar[Text] = {"en": "", "nl": ""}

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """One case for each step of the message."""
        if message.role != HEEN:
            return []
        return [
            self.case(message, item.route, seed, index, item.step.name)
            for item in flow(message.name, seed, index, tuple(agreed)).timeline
        ]

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases; messages differ in their number of steps."""
        return sum(len(self.cases(message, seed, index, agreed)) for index in range(count))

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the step exists; which messages reach it depends on the moved deadlines."""
        return message.role == HEEN and case.kind in steps() and len(case.route) == 2

    def complete(self, case: Case) -> Case:
        """The operation of the step, and the return message if the step involves it."""
        step = steps().get(case.kind)
        if step is None:
            return case
        found = replace(case, op=step.op)
        return with_pair(found) if step.op != CONVERT and step.needs_pair else found

    def text(self, case: Case, lang: str) -> str:
        """The step and the phase of the switch."""
        return f"{steps()[case.kind].what[lang]} {phase_of(case.index).what[lang]}"

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The message of the region at the step."""
        request, gate = step_request(case, specimen, agreed)
        about = () if gate else (region_specimen(case, specimen, agreed),)
        return Question((request,), gate=gate, about=about)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge the answer by the operation of the step."""
        if asked.case.op == CONVERT:
            return judged_whole(asked, judge)
        if asked.case.op == RESPOND:
            return judged_answer(asked, judge)
        return decided(asked, judge)

    def given(self, asked: AskedCase) -> Files:
        """The message, and the expected answer."""
        if asked.question.gate:
            return gate_files(asked)
        if asked.case.op == RESPOND:
            return handed_over(asked) | right_answer(asked)
        return handed_over(asked) | expected_of_each(asked)
