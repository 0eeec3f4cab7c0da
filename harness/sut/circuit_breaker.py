"""Stops asking software that only fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.sut.protocol import ANSWERED, CRASH, ERROR_CODE, TIMEOUT, UNASKED, Answer, Request, Sut
from reports.shared.texts import texts

_Ask = Callable[[Sequence[Request]], list[Answer]]
_Answered = Callable[[int, float], None]
# The cost of a failure, and the cost of consecutive failures at which a run is given up.
_COSTS = {CRASH: 1, TIMEOUT: 10}
_MOST_LOST = 50
# The number of requests sent at once: few at first, more while all goes well.
_FIRST, _FACTOR, _MOST = 4, 4, 64


@dataclass(frozen=True)
class Failure:
    """A lost answer: its number in the batch from 1, its finding code, and its cost."""

    number: int
    code: str
    cost: int


@dataclass
class FailureStreak:
    """Consecutive failures: their cost, their number, and the last finding code."""

    lost: int = 0
    times: int = 0
    code: str = ""

    @property
    def is_over(self) -> bool:
        """Whether to give up."""
        return self.lost >= _MOST_LOST

    def reason(self, lang: str) -> str:
        """The reason for giving up; `lang` is `en` or `nl`."""
        return texts(lang)("given_up", times=str(self.times), code=self.code)

    def add(self, failure: Failure) -> None:
        """Count a failure."""
        self.lost, self.times, self.code = self.lost + failure.cost, self.times + 1, failure.code

    def end(self) -> None:
        """Reset after a success."""
        self.lost, self.times, self.code = 0, 0, ""

    def after(self, failures: Sequence[Failure], asked: int) -> int | None:
        """Add a batch of answers; returns the number of the one at which to give up, or None."""
        last = 0
        for failure in failures:
            if failure.number != last + 1:
                self.end()
            self.add(failure)
            if self.is_over:
                return failure.number
            last = failure.number
        if last != asked:
            self.end()
        return None


class CircuitBreaker:
    """Asks a system under test batch by batch, and gives up a batch in which it only fails.

    `answered` gets the number of answers that came, and the seconds that they took together.
    """

    def __init__(self, sut: Sut, answered: _Answered = lambda _count, _seconds: None) -> None:
        self.sut = sut
        self.answered = answered
        self.size = _FIRST
        self.begin()

    def begin(self) -> None:
        """Start a batch: reset the count of answers and the failures."""
        self.asked = 0
        self.streak = FailureStreak()
        self.failures: list[Failure] = []

    @property
    def is_over(self) -> bool:
        """Whether the rest of the batch is given up."""
        return self.streak.is_over

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer requests; those given up have the status `unasked`."""
        # A process for each message is asked one by one anyway.
        most = _MOST if self.sut.shares_process else 1
        return self._asked(requests, self.sut.ask, most)

    def again(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, but a process for each message, which had none before, is asked each once."""
        if self.sut.shares_process:
            return self.ask(requests)
        distinct = [*dict.fromkeys(requests)]
        answers = dict(zip(distinct, self.ask(distinct), strict=True))
        return [answers[request] for request in requests]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, with as many in flight at once as the way allows."""
        return self._asked(requests, self.sut.together, _MOST)

    def _asked(self, requests: Sequence[Request], ask: _Ask, most: int) -> list[Answer]:
        answers: list[Answer] = []
        while len(answers) < len(requests) and not self.is_over:
            stop = len(answers) + min(self.size, most)
            answers += self._some(requests[len(answers) : stop], ask)
        return [*answers, *[Answer(UNASKED)] * (len(requests) - len(answers))]

    def _some(self, requests: Sequence[Request], ask: _Ask) -> list[Answer]:
        begin = time.monotonic()
        answers = ask(requests)
        seconds = time.monotonic() - begin
        self.answered(len(requests), seconds)
        share = seconds / len(requests)
        answers = [self._counted(replace(answer, seconds=share)) for answer in answers]
        self.size = 1 if self.streak.times else min(_FACTOR * self.size, _MOST)
        return answers

    def _counted(self, answer: Answer) -> Answer:
        self.asked += 1
        # Software that reports its own error is alive, and one that answers after a restart may
        # recover, unless every answer takes a timeout.
        is_hopeful = answer.status == CRASH and answer.again == ANSWERED
        if answer.status in _COSTS and answer.code != ERROR_CODE and not is_hopeful:
            failure = Failure(self.asked, answer.code, _COSTS[answer.status])
            self.failures.append(failure)
            self.streak.add(failure)
        else:
            self.streak.end()
        return replace(answer, number=self.asked)
