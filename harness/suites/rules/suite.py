"""The suite `rules`: a conversion neither breaks rules nor repairs what is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from generators.notation.table import Notation
from harness.cases.case import Case, there
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import turn_of
from harness.judging.content import Conversion, of_other_type
from harness.judging.judge import Judge, Judgement
from harness.suites.conversion.whole import judged_whole
from harness.suites.files import Files, expected_of_each, handed_over
from harness.suites.on_route import OnRoute
from harness.suites.rules.broken_input import broken
from harness.suites.rules.kinds import kinds_of, what
from harness.suites.rules.new_findings import as_difference, newly_broken
from harness.suites.suite import Agreed, Text
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.rules.evaluate import obstacles
from schemas.switch.overrides import Override

_NOT_MENDED: Text = {
    "en": "A message that breaks a rule is converted as it stands, and nothing in it is mended.",
    "nl": "Een bericht dat een regel overtreedt wordt ongewijzigd geconverteerd, zonder reparatie.",
}


class Rules(OnRoute):
    """Converts messages that keep all rules, and messages that break one."""

    name = "rules"
    requirement: ClassVar[Text] = {
        "en": "The business rules hold in the output where they held in the input.",
        "nl": "De bedrijfsregels gelden in de uitvoer waar zij in de invoer golden.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """The message in both directions, and once in each with a rule violation, in rotation."""
        found = super().cases(message, seed, index, agreed)
        if found:
            kinds = kinds_of(message.name)
            kind = kinds[turn_of(message, index) % len(kinds)]
            ways = map(there, RELEASES)
            found += [self.case(message, way, seed, index, kind) for way in ways]
        return found

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the message type has the kind."""
        if not case.kind:
            return super().has(case, message)
        is_there = message.convertible and case.route in tuple(map(there, RELEASES))
        return is_there and case.kind in kinds_of(message.name)

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the broken rule."""
        if not case.kind:
            return self.requirement[lang]
        return f"{_NOT_MENDED[lang]} {what(case.kind)[lang]}"

    def notation(self, case: Case) -> Notation | None:
        """The notation of the generated message; one that breaks a rule is plain."""
        return None if case.kind else super().notation(case)

    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()) -> Question:
        """The generated message, or one that breaks a rule."""
        if not case.kind:
            return super().question(case, specimen, agreed)
        request, said = broken(case, specimen)
        return Question((request,), about=(said,))

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge the output by the rules, or by every check if its input breaks one."""
        return judged_whole(asked, judge) if asked.case.kind else super().judge(asked, judge)

    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """The rules that the converted message breaks and the generated one does not."""
        if conversion.is_as_expected:
            return
        specimen, reading = conversion.specimen, conversion.reading
        if in_the_way := obstacles(reading):
            # An output that cannot be judged must not pass; the suite `schema` reports the rest.
            yield in_the_way[0]
            return
        if reading.message is not specimen.message or reading.root is None:
            yield of_other_type(specimen, reading)
            return
        locator = conversion.locator(reading.root)
        for item in newly_broken(specimen, conversion.route, reading, conversion.schemas):
            difference, check = as_difference(item, locator.actual), item.check
            fault = locator.fault(difference)
            yield replace(fault, evidence=check.evidence, rule=check.rule.name, retour=check.retour)

    def given(self, asked: AskedCase) -> Files:
        """The message, and the expected conversion."""
        if not asked.case.kind:
            return super().given(asked)
        return handed_over(asked) | expected_of_each(asked)
