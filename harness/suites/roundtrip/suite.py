"""The suite `roundtrip`: shared content survives the way back, and a pair stays a pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from generators.notation.table import Notation
from harness.cases.case import Case, back, there
from harness.cases.pairs import with_pair
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.reference.responder import respond
from harness.suites.conversion.convert import Convert
from harness.suites.conversion.whole import judged_whole
from harness.suites.files import Files, expected_of_each, handed_over
from harness.suites.retour.defective_input import defective
from harness.suites.retour.kinds import kinds_for_pairs
from harness.suites.roundtrip.pair import pair_faults
from harness.suites.suite import Agreed, Text
from harness.sut.protocol import OK, Request
from schemas.facts.codelists import RELEASES
from schemas.facts.fills import filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.releases.read_write import write
from schemas.retour.pair import HEEN
from schemas.switch.overrides import Override

# The kind that converts a message together with its return message.
PAIR = "pair"
_STILL_A_PAIR: Text = {
    "en": "A message and its return message, both converted, are still a pair.",
    "nl": "Een heenbericht en zijn retourbericht zijn na conversie van beide nog steeds een paar.",
}


class Roundtrip(Convert):
    """Converts a message there and back, and a heenbericht with its return message."""

    name = "roundtrip"
    routes = tuple(map(back, RELEASES))
    requirement: ClassVar[Text] = {
        "en": "What both releases can say comes back unchanged.",
        "nl": "Wat beide releases kunnen zeggen komt ongewijzigd terug.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """Each message there and back, and each pair in both directions."""
        found = super().cases(message, seed, index, agreed)
        if found and message.role == HEEN:
            found += [self.case(message, there(to), seed, index, PAIR) for to in RELEASES]
        return found

    def complete(self, case: Case) -> Case:
        """A pair also takes the type of the return message."""
        return with_pair(case) if case.kind == PAIR else case

    def text(self, case: Case, lang: str) -> str:
        """The requirement for a message, or for a pair."""
        return _STILL_A_PAIR[lang] if case.kind == PAIR else super().text(case, lang)

    def notation(self, case: Case) -> Notation | None:
        """The notation of the generated message; those of a pair are plain."""
        return None if case.kind == PAIR else super().notation(case)

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The generated message, or a defective one with its correct answer."""
        if case.kind != PAIR:
            return super().question(case, specimen, agreed)
        message, (source, target) = specimen.message, case.route
        kinds = kinds_for_pairs(message.name)
        data = write(message, defective(kinds[case.index % len(kinds)], source, specimen), source)
        requests = (
            Request(message.name, source, target, data),
            Request(message.pair, source, target, respond(data, source, source)),
        )
        return Question(requests, about=tuple(map(specimen.asked, requests)))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge what came back; of a pair, each message and then both as a pair."""
        if asked.case.kind != PAIR:
            return super().judge(asked, judge)
        whole = judged_whole(asked, judge)
        are_both = all(item.status == OK and item.output for item in asked.answers)
        if are_both and not any(item.code == "TYPE-CHANGED" for item in whole.findings):
            retour = asked.question.about[-1].message.name
            faults = _pair_faults(asked, judge)
            whole.findings += [judge.finding(asked.case, fault, retour) for fault in faults]
        return whole

    def given(self, asked: AskedCase) -> Files:
        """The input messages and the expected conversion of each."""
        if asked.case.kind != PAIR:
            return super().given(asked)
        return handed_over(asked) | expected_of_each(asked)


def _pair_faults(asked: AskedCase, judge: Judge) -> list[Fault]:
    """The faults by which two converted messages are no pair; the expected messages form one.

    Only elements that allow any value, and must have the same in both, remain to be checked.
    """
    case, question = asked.case, asked.question
    target = case.route[-1]
    answered = zip(question.about, asked.answers, strict=True)
    as_expected = all(one.says_expected(answer.output, target) for one, answer in answered)
    if as_expected and not (target == "2.1" and filled_keys(case.message)):
        return []
    outputs = [item.output for item in asked.answers]
    return pair_faults(question.inputs, outputs, case.route, judge.schemas)
