"""The suite `throughput`: messages sent at once are converted as they are one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from generators.notation.table import Notation
from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement, merged, reproduce
from harness.suites.conversion.convert import Convert
from harness.suites.files import Files, numbered
from harness.suites.on_route import OnRoute
from harness.suites.suite import Text
from harness.sut.protocol import Request
from schemas.message.fault import MOST_FAULTS, Fault
from schemas.switch.overrides import Override

# The number of messages in a case.
TOGETHER = 32


def messages(case: Case, specimen: Specimen) -> tuple[Specimen, ...]:
    """The messages of a case, which no other case shares."""
    first = case.index * TOGETHER
    return tuple(specimen.at(first + place) for place in range(TOGETHER))


class Throughput(OnRoute):
    """Sends many messages at once, and checks each conversion."""

    name = "throughput"
    by_default = False
    requirement: ClassVar[Text] = {
        "en": "Every message comes out right while others are under way.",
        "nl": "Elk bericht komt er goed uit terwijl andere onderweg zijn.",
    }

    def notation(self, case: Case) -> Notation | None:
        """None: its messages differ in notation."""
        return None

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """Many messages, all in flight at once."""
        source, target = case.route
        about = messages(case, specimen)
        requests = (Request(case.message, source, target, item.sources[source]) for item in about)
        return Question(tuple(requests), about=about, together=True)

    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """The faults of one of the messages."""
        return conversion.all_faults()

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge each message as a case of its own, up to the limit of findings."""
        case, found, room = asked.case, list[Judgement](), MOST_FAULTS
        for specimen, answer in zip(asked.question.about, asked.answers, strict=True):
            one = judge.converted(case, specimen, answer, self.check, room)
            room = max(room - len(one.findings), 0)
            alone = Case(Convert.name, case.message, case.route, case.seed, specimen.index)
            again = reproduce(alone)
            one.findings = [replace(item, reproduce=again) for item in one.findings]
            found.append(one)
        return merged(found, asked.answer)

    def files(self, asked: AskedCase) -> Files:
        """The input messages only: each has a case of its own with the other files."""
        return self.given(asked)

    def given(self, asked: AskedCase) -> Files:
        """The input messages."""
        return numbered(asked, asked.case.route[0])
