"""What suites have in common that convert generated messages on a route."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from harness.cases.case import Case, Route, there
from harness.cases.question import AskedCase, Question, on_route
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, conversion_files
from harness.suites.suite import Agreed, Suite
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.switch.overrides import Override


class OnRoute(Suite):
    """A suite of cases about the generated message itself, of message types that are converted."""

    routes: ClassVar[tuple[Route, ...]] = tuple(map(there, RELEASES))

    def cases(
        self,
        message: MessageType,
        seed: int,
        index: int,
        agreed: Agreed = (),  # noqa: ARG002 - the same shape
    ) -> list[Case]:
        """A case for each route."""
        routes = self.routes if message.convertible else ()
        return [Case(self.name, message.name, route, seed, index) for route in routes]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the case is one of those with its index."""
        return case in self.cases(message, case.seed, case.index)

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),  # noqa: ARG002 - the same shape
    ) -> Question:
        """The generated message, on the route of the case."""
        return on_route(specimen, case.route)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Hold what came out at the end of the route."""
        return judge.converted(asked.case, asked.specimen, asked.answer, self.check)

    @abstractmethod
    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """What is wrong with a converted message."""

    def given(self, asked: AskedCase) -> Files:
        """The generated message, and what is expected of it."""
        return conversion_files(asked)
