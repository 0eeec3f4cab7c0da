"""The base of suites that also convert messages with a defect along their routes."""

from __future__ import annotations

from collections.abc import Sequence

from generators.notation.table import Notation
from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import ROUND
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement, merged
from harness.suites.broken.input import broken
from harness.suites.broken.kinds import kinds_at, kinds_of, what
from harness.suites.files import Files
from harness.suites.on_route import OnRoute
from harness.suites.suite import Agreed, Text
from harness.sut.files.suffix import SUFFIX
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override

AS_IT_STANDS: Text = {
    "en": "A message is converted as it stands, and nothing in it is repaired.",
    "nl": "Een bericht wordt geconverteerd zoals het is, zonder reparatie.",
}


class AsItStands(OnRoute):
    """A suite on routes that also has a case for each kind of broken input, once in a cycle."""

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """One case for each route, and on each those of the kinds whose turn it is."""
        found = super().cases(message, seed, index, agreed)
        return found + [
            self.case(message, case.route, seed, index, kind)
            for case in found
            for kind in kinds_at(message.name, case.route[0], index)
        ]

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases of whole cycles, and of the indexes that are left."""
        cycles, left = divmod(count, ROUND)
        sizes = [len(self.cases(message, seed, index, agreed)) for index in range(ROUND)]
        return cycles * sum(sizes) + sum(sizes[:left])

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the case is one of those at its index, or of a kind of the message type."""
        is_on_route = message.convertible and case.route in self.routes
        return super().has(case, message) or (is_on_route and is_broken(case))

    def text(self, case: Case, lang: str) -> str:
        """The requirement, or what is wrong with the input and must stay so."""
        if not is_broken(case):
            return super().text(case, lang)
        return f"{AS_IT_STANDS[lang]} {what(case.kind)[lang]}"

    def notation(self, case: Case) -> Notation | None:
        """None for an input with a defect, which is written plainly."""
        return None if is_broken(case) else super().notation(case)

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The generated message, or one with a defect."""
        if not is_broken(case):
            return super().question(case, specimen, agreed)
        request, about = broken(case, specimen)
        return Question((request,), case.route, about=(about,))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Check the output at the end of the route; of broken input by its schema too."""
        if not is_broken(asked.case):
            return super().judge(asked, judge)
        about = asked.question.about[0]
        found = judge.converted(asked.case, about, asked.answer, Conversion.all_faults)
        return merged([found], asked.answer)

    def given(self, asked: AskedCase) -> Files:
        """The message, and what must come of it."""
        if not is_broken(asked.case):
            return super().given(asked)
        source, target = asked.case.route[0], asked.case.route[-1]
        request, about = broken(asked.case, asked.specimen)
        return {
            "input": (SUFFIX[source], request.data),
            "expected": (SUFFIX[target], about.expected_bytes(target)),
        }


def is_broken(case: Case) -> bool:
    """Whether the input of a case has a defect."""
    return case.kind in kinds_of(case.message, case.route[0])
