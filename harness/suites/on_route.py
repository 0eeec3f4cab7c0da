"""The base of suites that convert the generated message along a route."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from generators.notation.table import Notation
from harness.cases.case import Case, Route, there
from harness.cases.question import AskedCase, Question, on_route
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, conversion_files
from harness.suites.suite import Agreed, Suite, notation_in_turn
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.switch.overrides import Override


class OnRoute(Suite):
    """A suite with one case per route, for message types that are converted."""

    routes: ClassVar[tuple[Route, ...]] = tuple(map(there, RELEASES))

    def cases(
        self,
        message: MessageType,
        seed: int,
        index: int,
        agreed: Agreed = (),
    ) -> list[Case]:
        """One case for each route."""
        routes = self.routes if message.convertible else ()
        return [self.case(message, route, seed, index) for route in routes]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the case is one of those at its index."""
        return case in self.cases(message, case.seed, case.index)

    def notation(self, case: Case) -> Notation | None:
        """The notation of the generated message."""
        return notation_in_turn(case)

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """Convert the generated message along the route."""
        return on_route(specimen, case.route)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Check the output at the end of the route."""
        return judge.converted(asked.case, asked.specimen, asked.answer, self.check)

    @abstractmethod
    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """The faults of a converted message."""

    def given(self, asked: AskedCase) -> Files:
        """The generated message and the expected conversion."""
        return conversion_files(asked)
