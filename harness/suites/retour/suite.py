"""The suite `retour`: a heenbericht gets the correct return message, what is none is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement, without_message
from harness.reference.responder import respond
from harness.suites.files import Files, numbered, suffix_of
from harness.suites.refuse.kinds import refusal
from harness.suites.retour.defective_input import defective
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.in_turn import kind_of, names_at, names_of
from harness.suites.retour.invalid import Invalid, invalid_fault, invalid_kinds, invalid_question
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.twins import twin_faults, twin_question, twins
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.protocol import RESPOND, Request
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import write
from schemas.switch.overrides import Override

_ANSWER = "a return message"
_REFUSED: Text = {
    "en": "What cannot be read or is not valid is refused with a reason, and gets no return "
    "message that finds nothing wrong.",
    "nl": "Wat niet te lezen of niet geldig is wordt met een reden geweigerd en krijgt geen "
    "retourbericht dat niets aanmerkt.",
}
_IDENTIFIED: Text = {
    "en": "Each answer has an identification of its own.",
    "nl": "Elk antwoord heeft een eigen identificatie.",
}


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
        """The kinds of input of an index for each release, in rotation."""
        return [
            self.case(message, (release, release), seed, index, kind)
            for release in RELEASES
            for kind in names_at(message, release, index)
        ]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the heenbericht has the kind in its release."""
        release = case.route[0]
        return case.route == (release, release) and case.kind in names_of(message.name, release)

    def expects(self, case: Case) -> str:
        """A return message, or a refusal of what is not valid."""
        return "refused" if _invalid(case) else super().expects(case)

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the kind of input."""
        if _invalid(case):
            return f"{_REFUSED[lang]} {refusal(case.kind, case.route[0]).what[lang]}"
        if twin := twins().get(case.kind):
            return f"{_IDENTIFIED[lang]} {twin.what[lang]}"
        return f"{self.requirement[lang]} {kind_of(case.kind).what[lang]}"

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """The heenbericht with the defects of its kind."""
        message, release = specimen.message, case.route[0]
        if _invalid(case):
            return invalid_question(case.kind, specimen, release)
        if twin := twins().get(case.kind):
            return twin_question(twin, specimen, release)
        data = write(message, defective(kind_of(case.kind), release, specimen), release)
        return Question((Request(message.name, release, release, data, RESPOND),))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Check the return message against the heenbericht, or that there is none."""
        case, answer = asked.case, asked.answer
        if found := _invalid(case):
            about = (asked.specimen.message, case.route[0], asked.question, answer)
            fault = invalid_fault(found, *about)
            return judge.judged(case, [fault] if fault else [], answer)
        if case.kind in twins() and not without_message(answer, _ANSWER):
            return judge.judged(case, twin_faults(asked, judge.schemas), answer)
        return judged_answer(asked, judge)

    def given(self, asked: AskedCase) -> Files:
        """The input messages, and one correct answer to the last of them."""
        release = asked.case.route[0]
        return numbered(asked, release) | ({} if _invalid(asked.case) else right_answer(asked))


def _invalid(case: Case) -> Invalid | None:
    """The kind of damage of a case, if its input is to be refused."""
    return invalid_kinds(case.message, case.route[0]).get(case.kind)


def judged_answer(asked: AskedCase, judge: Judge) -> Judgement:
    """Judge a return message by what its heenbericht asks for."""
    answer = asked.answer
    if missing := without_message(answer, _ANSWER):
        return judge.judged(asked.case, [missing], answer)
    about = read_heenbericht(asked.question.inputs[0], asked.case.route[0])
    faults = retour_faults(about, answer.output, judge.schemas, answer.day)
    return judge.judged(asked.case, faults, answer)


def right_answer(asked: AskedCase) -> Files:
    """The answer of the reference, which is one of the correct ones."""
    data = respond(asked.question.inputs[-1], *asked.case.route)
    return {"expected": (suffix_of(asked), data)}
