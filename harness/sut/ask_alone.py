"""Requests that were under way when software failed, each asked again by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from harness.sut.protocol import (
    ANSWERED,
    CRASH,
    ERROR_CODE,
    FRESH_PROCESS,
    OK,
    REFUSED,
    SAME,
    TIMEOUT,
    Answer,
    Request,
)

ALONE = f"alone {FRESH_PROCESS}"
_DID = {OK: "did it", REFUSED: "refused it"}


@dataclass(frozen=True)
class Attempt:
    """What came of a request that was asked by itself.

    `failed` tells whether the software must be started again, and `fresh` whether it had just been.
    """

    answer: Answer
    failed: bool
    fresh: bool


def ask_each_alone(
    requests: Mapping[int, Request],
    suspect: int,
    trouble: Answer,
    once: Callable[[Request], Attempt],
    how: str = ALONE,
) -> dict[int, Answer]:
    """The answers to requests of which one made the software fail with all of them under way.

    It is the one at which the software fails by itself too, or where there is none, the suspect;
    every other is judged by what it gives now.
    """
    settled = {place: _settled(request, once) for place, request in requests.items()}
    answers = {place: answer for place, (answer, _) in settled.items()}
    if not any(is_explained for _, is_explained in settled.values()):
        answers[suspect] = with_second_try(trouble, answers[suspect], how)
    return answers


def _settled(request: Request, once: Callable[[Request], Attempt]) -> tuple[Answer, bool]:
    """The answer to a request, and whether a process fails that was asked nothing else."""
    first = once(request)
    if not first.failed:
        return first.answer, False
    if first.fresh:
        return replace(first.answer, again=SAME), True
    second = once(request)
    if second.failed:
        return replace(second.answer, again=SAME), True
    return with_second_try(first.answer, second.answer), False


def with_second_try(failure: Answer, second: Answer, how: str = ALONE) -> Answer:
    """A failure, with what the second try gave; one that failed again stands for itself."""
    if second.status in (CRASH, TIMEOUT) and second.code != ERROR_CODE:
        return second
    did = _DID.get(second.status, "reported an error")
    return replace(failure, reason=f"{failure.reason.rstrip('; ')}; {did} {how}", again=ANSWERED)
