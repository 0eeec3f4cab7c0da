"""The suite `migration`: what may pass at a moment of the switch, and what is blocked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import ClassVar

from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import ROUND, kinds_at
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, gate_files
from harness.suites.migration.judge import decided
from harness.suites.migration.kinds import all_kinds_of, kinds, kinds_of
from harness.suites.migration.questions import gate_questions
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import GATE
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override


class Migration(Suite):
    """Asks the gate about messages around the moments of the switch and moved deadlines."""

    name = "migration"
    op = GATE
    requirement: ClassVar[Text] = {
        "en": "What may be sent or read at a moment of the switch passes, and what may not is "
        "stopped.",
        "nl": "Wat op een moment van de overgang verzonden of ingelezen mag worden gaat door, en "
        "wat niet mag wordt tegengehouden.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """The kinds of moment that have their turn, for each pair of releases."""
        return [
            self.case(message, way, seed, index, item.kind)
            for way in product(RELEASES, RELEASES)
            for item in kinds_at(message, index, kinds_of(message.name, way, agreed))
        ]

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases: some indexes have more kinds than others."""
        of_round = [len(self.cases(message, seed, index, agreed)) for index in range(ROUND)]
        rounds, left = divmod(count, ROUND)
        return rounds * sum(of_round) + sum(of_round[:left])

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the message type has the kind on its route."""
        if len(case.route) != 2:
            return False
        source, target = case.route
        return case.kind in [item.kind for item in all_kinds_of(message.name, (source, target))]

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the moment."""
        return f"{self.requirement[lang]} {kinds()[case.kind].what[lang]}"

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The gate questions of the moment."""
        source, target = case.route
        asked = gate_questions(case.kind, (source, target), specimen, agreed)
        return Question(tuple(item.request for item in asked), gate=asked)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Compare each decision with the expected one."""
        return decided(asked, judge)

    def given(self, asked: AskedCase) -> Files:
        """The messages and the expected decisions."""
        return gate_files(asked)
