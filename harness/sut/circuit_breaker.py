"""Asking with bounded breaker: software that only fails is not asked for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.sut.protocol import ANSWERED, CRASH, ERROR_CODE, TIMEOUT, UNASKED, Answer, Request, Sut

_Ask = Callable[[Sequence[Request]], list[Answer]]
# What a failure costs, and how much may be lost in a row before the run is given up.
_COSTS = {CRASH: 1, TIMEOUT: 10}
_MOST_LOST = 50
# How many requests go together: few at first, more as long as all goes well.
_FIRST, _MOST = 4, 64
_GIVEN_UP = {
    "en": "given up: the software failed {times} times in a row, the last time with {code}",
    "nl": "opgegeven: de software faalde {times} keer achtereen, de laatste keer met {code}",
}


@dataclass(frozen=True)
class Failure:
    """An answer that was lost: its number in its batch from 1, the finding, and what it costs."""

    number: int
    code: str
    cost: int


@dataclass
class FailureStreak:
    """What was lost in a row: its cost, how many times, and the last finding."""

    lost: int = 0
    times: int = 0
    code: str = ""

    @property
    def is_over(self) -> bool:
        """Whether there is no hope in going on."""
        return self.lost >= _MOST_LOST

    def reason(self, lang: str) -> str:
        """Why nothing is asked any more; `lang` is en or nl."""
        return _GIVEN_UP[lang].format(times=self.times, code=self.code)

    def add(self, failure: Failure) -> None:
        """One more in a row."""
        self.lost, self.times, self.code = self.lost + failure.cost, self.times + 1, failure.code

    def end(self) -> None:
        """Something went well."""
        self.lost, self.times, self.code = 0, 0, ""

    def after(self, failures: Sequence[Failure], asked: int) -> int | None:
        """Go through a batch of answers; the number of the one that was too much, if there was."""
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
    """Asks a system under test, batch by batch; a batch in which it only fails is given up."""

    def __init__(self, sut: Sut) -> None:
        self.sut = sut
        self.size = _FIRST
        self.begin()

    def begin(self) -> None:
        """Begin a batch: its answers are counted from 1, and nothing was lost yet."""
        self.asked = 0
        self.streak = FailureStreak()
        self.failures: list[Failure] = []

    @property
    def is_over(self) -> bool:
        """Whether nothing of this batch is asked any more."""
        return self.streak.is_over

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to some requests; those that were given up are unasked."""
        return self._asked(requests, self.sut.ask)

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`, with as many of them under way at once as the way carries."""
        return self._asked(requests, self.sut.together)

    def _asked(self, requests: Sequence[Request], ask: _Ask) -> list[Answer]:
        answers: list[Answer] = []
        while len(answers) < len(requests) and not self.is_over:
            answers += self._some(requests[len(answers) : len(answers) + self.size], ask)
        return [*answers, *[Answer(UNASKED)] * (len(requests) - len(answers))]

    def _some(self, requests: Sequence[Request], ask: _Ask) -> list[Answer]:
        begin = time.monotonic()
        answers = ask(requests)
        share = (time.monotonic() - begin) / len(requests)
        answers = [self._counted(replace(answer, seconds=share)) for answer in answers]
        self.size = 1 if self.streak.times else min(2 * self.size, _MOST)
        return answers

    def _counted(self, answer: Answer) -> Answer:
        self.asked += 1
        # Software that reports an error of its own is alive and well, and there is hope for one
        # that answers once it was started again, unless that is waited for long.
        is_hopeful = answer.status == CRASH and answer.again == ANSWERED
        if answer.status in _COSTS and answer.code != ERROR_CODE and not is_hopeful:
            failure = Failure(self.asked, answer.code, _COSTS[answer.status])
            self.failures.append(failure)
            self.streak.add(failure)
        else:
            self.streak.end()
        return replace(answer, number=self.asked)
