"""A suite as somebody might add it: software that is asked twice gives the same output twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from harness.cases.case import Case, there
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement, without_message
from harness.suites.files import Files, handed_over
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import Request
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.switch.overrides import Override


class Twice(Suite):
    """Asks for the conversion of the same message two times."""

    name = "twice"
    requirement: ClassVar[Text] = {
        "en": "The same message is converted in the same way each time.",
        "nl": "Hetzelfde bericht wordt elke keer op dezelfde manier geconverteerd.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """One case in each direction."""
        ways = map(there, RELEASES) if message.convertible else ()
        return [Case(self.name, message.name, way, seed, index) for way in ways]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the message type is converted that way."""
        return case in self.cases(message, case.seed, case.index)

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The generated message, two times."""
        source, target = case.route
        request = Request(case.message, source, target, specimen.sources[source])
        return Question((request, request))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Hold the outputs against each other."""
        if missing := without_message(asked.answer, "a converted message"):
            return judge.judged(asked.case, [missing], asked.answer)
        first, second = (answer.output for answer in asked.answers)
        told = f"{len(second)} other bytes", f"the same {len(first)} bytes"
        faults = [Fault("FIELD-CHANGED", *told)] if first != second else []
        return judge.judged(asked.case, faults, asked.answer)

    def given(self, asked: AskedCase) -> Files:
        """The message."""
        return handed_over(asked)
