"""Asking with bounded patience: software that only fails is not asked for ever."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from harness.stream_sut import ERROR_CODE
from harness.sut import CRASH, TIMEOUT, UNASKED, Answer, Request, Sut

# What a failure costs, and how much may be lost in a row before the run is given up.
_COSTS = {CRASH: 1, TIMEOUT: 10}
_MOST_LOST = 50
# How many requests go together: few at first, more as long as all goes well.
_FIRST, _MOST = 4, 64
_GIVEN_UP = {
    "en": "given up: the software failed {times} times in a row, the last time with {code}",
    "nl": "opgegeven: de software faalde {times} keer achtereen, de laatste keer met {code}",
}


class Patience:
    """Asks a system under test, and tells when there is no hope in going on."""

    def __init__(self, sut: Sut) -> None:
        self.sut = sut
        self.size = _FIRST
        self.lost = 0
        self.failures: list[str] = []

    @property
    def is_over(self) -> bool:
        """Whether nothing is asked any more."""
        return self.lost >= _MOST_LOST

    def reason(self, lang: str) -> str:
        """Why nothing is asked any more; `lang` is en or nl."""
        return _GIVEN_UP[lang].format(times=len(self.failures), code=self.failures[-1])

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to some requests; those that were given up are unasked."""
        answers: list[Answer] = []
        while len(answers) < len(requests) and not self.is_over:
            answers += self._some(requests[len(answers) : len(answers) + self.size])
        return [*answers, *[Answer(UNASKED)] * (len(requests) - len(answers))]

    def _some(self, requests: Sequence[Request]) -> list[Answer]:
        begin = time.monotonic()
        answers = self.sut.ask(requests)
        share = (time.monotonic() - begin) / len(requests)
        for answer in answers:
            self._weigh(answer)
        self.size = 1 if self.failures else min(2 * self.size, _MOST)
        return [replace(answer, seconds=share) for answer in answers]

    def _weigh(self, answer: Answer) -> None:
        # Software that reports an error of its own is alive and well.
        if answer.status in _COSTS and answer.code != ERROR_CODE:
            self.lost += _COSTS[answer.status]
            self.failures.append(answer.code)
        else:
            self.lost, self.failures = 0, []
