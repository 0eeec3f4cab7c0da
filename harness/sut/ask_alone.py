"""Asks each request again on its own after the software failed with several in flight."""

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
    """The result of a request asked on its own.

    `failed`: the software must be restarted. `fresh`: it had just been started.
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
    """Find the request that made the software fail, and answer all the others.

    The culprit is the request at which the software also fails alone, or else the suspect. Every
    other request gets its answer from this attempt.
    """
    settled = {place: _settled(request, once) for place, request in requests.items()}
    answers = {place: answer for place, (answer, _) in settled.items()}
    if not any(is_explained for _, is_explained in settled.values()):
        answers[suspect] = with_second_try(trouble, answers[suspect], how)
    return answers


def _settled(request: Request, once: Callable[[Request], Attempt]) -> tuple[Answer, bool]:
    """The answer to a request, and whether a fresh process fails at it."""
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
    """A failure with the result of the second try; a second failure replaces the first."""
    if second.status in (CRASH, TIMEOUT) and second.code != ERROR_CODE:
        return second
    did = _DID.get(second.status, "reported an error")
    return replace(failure, reason=f"{failure.reason.rstrip('; ')}; {did} {how}", again=ANSWERED)
