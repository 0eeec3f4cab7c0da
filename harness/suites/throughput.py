"""Messages that are asked together: what comes of each must be what comes of it alone."""

from __future__ import annotations

from collections.abc import Sequence

from harness.cases.case import CONVERTED, Case
from harness.cases.exchange import Exchange
from harness.sut.protocol import UNASKED, Answer, Request

# So many messages a case has.
TOGETHER = 32


class Answered:
    """No software: all that it can be asked was answered already."""

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """No answer to any."""
        return [Answer(UNASKED) for _ in requests]


def messages(case: Case, exchange: Exchange) -> list[Exchange]:
    """What a case is about: other messages than those of any other case."""
    first = case.index * TOGETHER
    return [exchange.at(first + place) for place in range(TOGETHER)]


def alone(case: Case, exchange: Exchange) -> Case:
    """The case that asks about one of the messages by itself."""
    return Case(CONVERTED, case.message, case.route, case.seed, exchange.index)


def requests(case: Case, exchange: Exchange) -> tuple[Request, ...]:
    """What is asked together in a case."""
    source, target = case.route
    found = (item.sources[source] for item in messages(case, exchange))
    return tuple(Request(case.message, source, target, data) for data in found)
