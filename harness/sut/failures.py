"""Describes for people what software printed and how it failed."""

from __future__ import annotations

from harness.sut import process
from harness.sut.protocol import CRASH, Answer

_MOST_REASON = 2000


def text(data: bytes) -> str:
    """The end of what a process printed, in any encoding."""
    return data.decode("utf-8", "replace").strip()[-_MOST_REASON:]


def ended(exit_code: int | None) -> str:
    """How a process ended, in words; None means that it only closed its output."""
    if exit_code is None:
        return "closed its output"
    return f"ended with {f'signal {-exit_code}' if exit_code < 0 else f'exit code {exit_code}'}"


def with_words(what: str, said: str) -> str:
    """What happened, and behind it what the software said, if anything."""
    return "; ".join(filter(None, (what, said)))


def too_much(what: str) -> Answer:
    """The answer for a `flood` of output or too much `memory`."""
    if what == "flood":
        return Answer(CRASH, reason="more output than is read", code="SUT-FLOOD")
    gib = process.MOST_MEMORY / 2**30
    return Answer(CRASH, reason=f"more than {gib:g} GiB of memory", code="SUT-MEMORY")
