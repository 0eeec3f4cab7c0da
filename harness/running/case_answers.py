"""Asks the questions of a batch of cases, each distinct request once, and stores the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from harness.cases.case import Case, Route
from harness.cases.question import AskedCase, Question, dated
from harness.cases.specimen import Specimen
from harness.sut.http.concurrent import MOST_CONNECTIONS
from harness.sut.protocol import Answer, Request

Ask = Callable[[Sequence[Request]], list[Answer]]
# The bytes of an input, and the releases that it has passed through.
_Leg = tuple[bytes, Route]


@dataclass(frozen=True)
class PendingCase:
    """A case that is still to be asked."""

    case: Case
    specimen: Specimen
    question: Question

    def leg(self, number: int) -> _Leg:
        """The key of an answer on a route; cases of the same input with the same key share it."""
        return self.question.requests[0].data, self.question.route[: number + 1]


class CaseAnswers:
    """Asks the questions of pending cases, and stores the answers until each case is taken."""

    def __init__(self, pending: Sequence[PendingCase], ask: Ask, together: Ask, again: Ask) -> None:
        """Ask everything: the first legs of all routes, the second legs, then the rest."""
        self.pending = {item.case.id: item for item in pending}
        self._legs: dict[_Leg, Answer] = {}
        self._own: dict[str, tuple[Answer, ...]] = {}
        for number in (1, 2):
            self._ask_legs(number, ask)
        own = [item for item in pending if not item.question.route]
        alone = [item for item in own if not item.question.together]
        self._ask_own([item for item in alone if not item.question.again], ask)
        self._ask_own([item for item in alone if item.question.again], again)
        for crowd in _crowds(item for item in own if item.question.together):
            self._ask_own(crowd, together)

    def take(self, case: Case) -> AskedCase:
        """Return a case with its answers, and release those that no other case shares."""
        item = self.pending.pop(case.id)
        legs = range(1, item.question.legs + 1)
        if item.question.route:
            answers = tuple(self._legs[item.leg(number)] for number in legs)
        else:
            answers = self._own.pop(case.id)
        return AskedCase(case, item.specimen, item.question, answers)

    def _ask_legs(self, number: int, ask: Ask) -> None:
        asked: dict[_Leg, Request] = {}
        for item in self.pending.values():
            if item.question.legs < number or not item.question.route or item.leg(number) in asked:
                continue
            request: Request | None = item.question.requests[0]
            if number > 1:
                before = self._legs[item.leg(number - 1)]
                request = item.question.next_leg([before])
                if request is None:
                    self._legs[item.leg(number)] = before
                    continue
            assert request is not None
            asked[item.leg(number)] = replace(request, about=item.case.id)
        self._legs.update(zip(asked, ask([*asked.values()]), strict=True))

    def _ask_own(self, pending: Sequence[PendingCase], ask: Ask) -> None:
        requests = [
            replace(request, about=item.case.id)
            for item in pending
            for request in item.question.requests
        ]
        given = iter(dated(requests, ask(requests)))
        for item in pending:
            self._own[item.case.id] = tuple(islice(given, item.question.legs))


def number_of_requests(pending: Sequence[PendingCase]) -> int:
    """The number of requests that cases take of a process per message, if each is converted on."""
    on_route = [item for item in pending if item.question.route]
    legs = {item.leg(leg) for item in on_route for leg in range(1, item.question.legs + 1)}
    own = (item.question for item in pending if not item.question.route)
    return len(legs) + sum(len({*one.requests}) if one.again else one.legs for one in own)


def _crowds(pending: Iterable[PendingCase]) -> Iterator[list[PendingCase]]:
    """The cases that are asked at once: just so many that the ways have no more under way.

    With more, only the first of them would start at the same moment.
    """
    found: list[PendingCase] = []
    for item in pending:
        found.append(item)
        if sum(len(one.question.requests) for one in found) >= MOST_CONNECTIONS:
            yield found
            found = []
    if found:
        yield found
