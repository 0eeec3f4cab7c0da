"""The suite `size`: a large message is converted like any other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from generators.message import generate, with_every_code
from harness.cases.case import Case, there
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import ROUND
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, handed_over
from harness.suites.size.kinds import kinds_of, sizes
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.files.suffix import SUFFIX
from harness.sut.protocol import Request
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override

# The clients by which is estimated how many give a number of records.
_SAMPLE = 64
_MARGIN = 1.05
# The last index of a round, so that a shorter run stays short.
_INDEX = ROUND - 1


class Size(Suite):
    """Converts one message of each kind of size, in each direction."""

    name = "size"
    requirement: ClassVar[Text] = {
        "en": "A large message is converted like any other.",
        "nl": "Een groot bericht wordt geconverteerd zoals elk ander.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """Each kind in each direction, at one index of a run of the default count."""
        kinds = kinds_of(message.name) if index == _INDEX else ()
        return [
            self.case(message, there(release), seed, index, kind)
            for kind in kinds
            for release in RELEASES
        ]

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases at the index, if the run reaches it."""
        return len(self.cases(message, seed, _INDEX, agreed)) if count > _INDEX else 0

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the case is one of those at the index."""
        return case in self.cases(message, case.seed, case.index)

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the size."""
        return f"{self.requirement[lang]} {sizes()[case.kind].what[lang]}"

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """The large message."""
        large = _large(case, specimen)
        source, target = case.route
        return Question(
            (Request(case.message, source, target, large.plain[source]),), about=(large,)
        )

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge the output by the layout or schema, and value by value."""
        large = asked.question.about[0]
        return judge.converted(asked.case, large, asked.answer, Conversion.all_faults)

    def given(self, asked: AskedCase) -> Files:
        """The large message, and what must come of it."""
        target = asked.case.route[-1]
        expected = _large(asked.case, asked.specimen).expected_bytes(target)
        return handed_over(asked) | {"expected": (SUFFIX[target], expected)}


def _large(case: Case, specimen: Specimen) -> Specimen:
    records = sizes()[case.kind].records
    if records:
        return of_size(specimen.message, case.seed, records)
    return of_codes(specimen.message, case.seed)


@lru_cache(maxsize=1)
def of_codes(message: MessageType, seed: int) -> Specimen:
    """Return a specimen with each code of the long lists at each element that has one."""
    content = with_every_code(message, seed, _INDEX)
    return Specimen(message, seed, _INDEX).about(content)


# Both directions of a type follow each other.
@lru_cache(maxsize=1)
def of_size(message: MessageType, seed: int, records: int) -> Specimen:
    """Return a specimen with more than a number of records."""
    clients = _SAMPLE
    while True:
        content = generate(message, seed, _INDEX, clients=clients)
        found = sum(1 for _ in content.walk())
        if found > records:
            return Specimen(message, seed, _INDEX).about(content)
        clients = int(clients * records / found * _MARGIN) + 1
