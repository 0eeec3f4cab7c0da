"""The suite `retour`: a heenbericht is answered by the correct return message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import turn_of
from harness.judging.judge import Judge, Judgement, without_message
from harness.reference.responder import respond
from harness.suites.files import Files, handed_over, suffix_of
from harness.suites.retour.defective_input import defective
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.kinds import kinds, kinds_of
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import RESPOND, Request
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import write
from schemas.retour.pair import HEEN
from schemas.switch.overrides import Override


class Retour(Suite):
    """Asks for the return message to heenberichten, with and without defects."""

    name = "retour"
    op = RESPOND
    requirement: ClassVar[Text] = {
        "en": "The answer is the return message: same release, copied header, right codes at the "
        "right level.",
        "nl": "Het antwoord is het retourbericht: zelfde release, overgenomen header, juiste codes "
        "op het juiste niveau.",
    }

    def cases(
        self,
        message: MessageType,
        seed: int,
        index: int,
        agreed: Agreed = (),
    ) -> list[Case]:
        """One kind of heenbericht for each release, in rotation."""
        found, turn = [], turn_of(message, index)
        for release in RELEASES if message.role == HEEN else ():
            if some := kinds_of(message.name, release):
                route, kind = (release, release), some[turn % len(some)].kind
                found.append(self.case(message, route, seed, index, kind))
        return found

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the heenbericht has the kind in its release."""
        release = case.route[0]
        is_own = case.route == (release, release) and message.role == HEEN
        return is_own and case.kind in [item.kind for item in kinds_of(message.name, release)]

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the kind of heenbericht."""
        return f"{self.requirement[lang]} {kinds()[case.kind].what[lang]}"

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """The heenbericht with the defects of its kind."""
        message, release = specimen.message, case.route[0]
        data = write(message, defective(kinds()[case.kind], release, specimen), release)
        return Question((Request(message.name, release, release, data, RESPOND),))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Check the return message against the heenbericht."""
        return judged_answer(asked, judge)

    def given(self, asked: AskedCase) -> Files:
        """The heenbericht, and one correct answer."""
        return handed_over(asked) | right_answer(asked)


def judged_answer(asked: AskedCase, judge: Judge) -> Judgement:
    """Judge a return message by what its heenbericht asks for."""
    answer = asked.answer
    if missing := without_message(answer, "a return message"):
        return judge.judged(asked.case, [missing], answer)
    about = read_heenbericht(asked.question.inputs[0], asked.case.route[0])
    return judge.judged(asked.case, retour_faults(about, answer.output, judge.schemas), answer)


def right_answer(asked: AskedCase) -> Files:
    """The answer of the reference, which is one of the correct ones."""
    data = respond(asked.question.inputs[0], *asked.case.route)
    return {"expected": (suffix_of(asked), data)}
