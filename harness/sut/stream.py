"""The `stream` way: one long-lived process that answers framed requests."""

from __future__ import annotations

import contextlib
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from harness.sut import process, program
from harness.sut.ask_alone import Attempt, ask_each_alone, with_second_try
from harness.sut.failures import ended, text, too_much
from harness.sut.frames import (
    FloodError,
    Frame,
    FrameError,
    before_field,
    head,
    take,
    unexpected_text,
)
from harness.sut.history import History, Past
from harness.sut.protocol import (
    CRASH,
    ERROR_CODE,
    FRESH_PROCESS,
    OK,
    REFUSED,
    TIMEOUT,
    Answer,
    Request,
)
from harness.sut.way import SutSpec, Way

_STATUSES = (OK, REFUSED, "error")
# The finding for output that is no answer of the protocol.
_FRAME = "SUT-FRAME"
BEFORE_FIRST, BETWEEN = "text before the first answer", "text between the answers"
# Seconds to wait for output in transit, and for a process to end.
_GRACE, _MOST_ENDING = 0.2, 1.0
# The most requests in flight.
_WINDOW = 64


class StreamSut:
    """Software that stays alive between messages; it is restarted when it dies."""

    shares_process = True

    def __init__(
        self,
        words: list[str],
        name: str,
        version: str,
        timeout: float,
        folder: Path | None = None,
        way: str = "stream",
    ) -> None:
        self.words = words
        self.name = name
        self.version = version
        self.timeout = timeout
        self.folder = folder
        self.way = way
        self.command = shlex.join(words)
        self.number = 0
        # The number of processes so far.
        self.starts = 0
        self._live: _Live | None = None

    @property
    def pid(self) -> int:
        """The process id; 0 if there is no process."""
        return self._live.child.pid if self._live else 0

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Send the requests and collect the answers as they arrive.

        If the software fails with several requests in flight, each unanswered one is asked again
        alone. A process that ended before it was asked costs the next request.
        """
        answers: dict[int, Answer] = {}
        for start in range(0, len(requests), _WINDOW):
            window = dict(enumerate(requests[start : start + _WINDOW], start))
            died = self._ended()
            trouble = self._together(window, answers)
            if trouble is not None and trouble.fresh and len(window) == 1:
                answers[start] = trouble.answer
            elif trouble is not None:
                left = {place: window[place] for place in window if place not in answers}
                # Software that answers in order was at the first of them.
                answers |= ask_each_alone(left, min(left), trouble.answer, self._once)
            if died is not None:
                answers[start] = with_second_try(died, answers[start], FRESH_PROCESS)
        return [answers[place] for place in range(len(requests))]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, which already has many in flight."""
        return self.ask(requests)

    def _together(
        self, requests: Mapping[int, Request], answers: dict[int, Answer]
    ) -> _Trouble | None:
        """Collect answers by position, up to the first trouble."""
        was_fresh = self._live is None
        places = dict(enumerate(requests, self.number + 1))
        live: _Live | None = None
        try:
            live = self._running()
            self.number += len(requests)
            live.send({number: requests[place] for number, place in places.items()})
            for number, answer in live.answers(len(requests), self.timeout):
                answers[places[number]] = answer
        except _Trouble as trouble:
            self._stop()
            trouble.fresh = was_fresh
            if live is not None:
                first = next(number for number, place in places.items() if place not in answers)
                trouble.answer = replace(trouble.answer, past=live.past(first))
            return trouble
        return None

    def _once(self, request: Request) -> Attempt:
        """Ask one request alone."""
        if died := self._ended():
            return Attempt(died, failed=True, fresh=False)
        found: dict[int, Answer] = {}
        trouble = self._together({0: request}, found)
        if trouble is None:
            return Attempt(found[0], failed=False, fresh=False)
        return Attempt(trouble.answer, failed=True, fresh=trouble.fresh)

    def _ended(self) -> Answer | None:
        """The failure of a process that ended while it had nothing to do."""
        if self._live is None or self._live.child.poll() is None:
            return None
        died = self._live.ended_by_itself()
        self._stop()
        return died

    def renew(self) -> bool:
        """Use a new process for the next request."""
        self.close()
        return True

    def _running(self) -> _Live:
        if self._live is None:
            self.starts += 1
            try:
                self._live = _Live(process.start(self.words, self.folder), self.number + 1)
            except OSError as error:
                reason = f"cannot be started: {error}"
                raise _Trouble(Answer(CRASH, reason=reason, code="SUT-CRASH")) from None
        return self._live

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
        self._live = None

    def close(self) -> None:
        """Stop the process."""
        if self._live is not None:
            self._live.finish()
        self._live = None


def _wrong(frame: Frame) -> str:
    """What is wrong with the fields of a response that answers no request."""
    first = next(iter(frame.fields))
    begin = f"{first}: {frame.fields[first]}"
    if said := before_field(first):
        return f"{BEFORE_FIRST}: {said!r}; write logs to stderr"
    for name in ("Id", "Status"):
        if name not in frame.fields:
            return f"a response without {name}; it begins with {begin[:80]!r}"
    status = frame.fields["Status"]
    if status not in _STATUSES:
        return f"a response with Status {status!r}, which is none of {', '.join(_STATUSES)}"
    return f"a response with Id {frame.fields['Id']!r}, which is that of no request under way"


class _Trouble(Exception):
    """The software failed and must be restarted; `fresh` tells whether it had just been."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer
        self.fresh = True


class _Live:
    """A process and its unanswered requests, numbered from `first`."""

    def __init__(self, child: subprocess.Popen[bytes], first: int) -> None:
        self.child = child
        self.first = first
        self.history = History()
        self.pump = process.Pump(child)
        self.waiting: set[int] = set()
        self.answered = 0
        self.repeated: set[int] = set()

    def ended_by_itself(self) -> Answer:
        """The failure of ending unasked, which the next request gets."""
        self._take_the_last()
        answer = self._crash(f"{ended(self.child.poll())} while its input was open").answer
        return replace(answer, past=Past(self.history, self.history.count))

    def past(self, number: int) -> Past:
        """What came before a request."""
        return Past(self.history, number - self.first)

    def send(self, requests: dict[int, Request]) -> None:
        self.pump.errors.clear()
        for number, request in requests.items():
            start = head({"Id": str(number), **request.fields}, request.data)
            self.pump.feed(start, request.data)
            self.history.record(request)
        self.waiting.update(requests)

    def answers(self, count: int, timeout: float) -> Iterator[tuple[int, Answer]]:
        """Yield the next answers with their numbers; raises _Trouble when no more can come."""
        deadline = time.monotonic() + timeout
        while count:
            frame = self._frame()
            if frame is None:
                self._step(deadline, timeout)
                continue
            number = self._number(frame)
            if number in self.waiting:
                self.waiting.remove(number)
                self.answered = max(self.answered, number)
                yield number, replace(self._answer(frame), past=self.past(number))
                deadline, count = time.monotonic() + timeout, count - 1

    def _number(self, frame: Frame) -> int:
        """The number of the answered request; a repeated answer is ignored once."""
        raw, status = frame.fields.get("Id", ""), frame.fields.get("Status", "")
        number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else -1
        known = number in self.waiting
        if not known and 0 < number <= self.answered and number not in self.repeated:
            self.repeated.add(number)
            known = True
        if not known or status not in _STATUSES:
            raise self._crash(_wrong(frame), _FRAME)
        return number

    def _frame(self) -> Frame | None:
        try:
            return take(self.pump.output)
        except FloodError as error:
            reason = f"more output than is read: {error}"
            raise _Trouble(Answer(CRASH, reason=reason, code="SUT-FLOOD")) from None
        except FrameError as error:
            raise self._crash(self._unexpected() or f"not a response: {error}", _FRAME) from None

    def _step(self, deadline: float, timeout: float) -> None:
        pump = self.pump
        if pump.flooded or pump.greedy:
            raise _Trouble(too_much("flood" if pump.flooded else "memory"))
        if pump.closed:
            self._take_the_last()
            said = f"{ended(self.child.poll())}, without an answer"
            raise self._crash("; ".join(filter(None, (said, self._unexpected()))))
        if not pump.step(deadline):
            late = (f"no answer in {timeout:g} s", self._unexpected(), text(bytes(pump.errors)))
            reason = "; ".join(filter(None, late))
            raise _Trouble(Answer(TIMEOUT, reason=reason, code="SUT-TIMEOUT"))

    def _unexpected(self) -> str:
        """What is wrong with text where an answer should start; empty if there is none."""
        said = unexpected_text(self.pump.output)
        if not said:
            return ""
        if not self.answered:
            return f"{BEFORE_FIRST}: {said!r}; write logs to stderr"
        return f"{BETWEEN}: {said!r}; write logs to stderr, and count Content-Length in bytes"

    def _take_the_last(self) -> None:
        """Drain the pipes of an ending process, and wait for its end."""
        grace = time.monotonic() + _GRACE
        while self.pump.open_pipes and self.pump.step(grace):
            pass
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(_MOST_ENDING)

    def _crash(self, what: str, code: str = "SUT-CRASH") -> _Trouble:
        said = text(bytes(self.pump.errors))
        reason = "; ".join(filter(None, (what, said)))
        return _Trouble(Answer(CRASH, reason=reason, code=code))

    def _answer(self, frame: Frame) -> Answer:
        said = text(bytes(self.pump.errors))
        if frame.fields["Status"] == OK:
            return Answer(OK, frame.body, said)
        reason = text(frame.body) or said
        if frame.fields["Status"] == REFUSED:
            return Answer(REFUSED, b"", reason)
        return Answer(CRASH, b"", reason or "an error without a reason", ERROR_CODE)

    def stop(self) -> None:
        process.end(self.child)
        self.pump.selector.close()

    def finish(self) -> None:
        """Give the process a moment to end by itself."""
        self.pump.close_stdin()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(1)
        self.stop()


def _reach(spec: SutSpec) -> StreamSut:
    program.require(spec.words[0], spec.folder)
    return StreamSut(list(spec.words), spec.name, spec.version, spec.timeout, spec.folder)


WAY = Way(
    name="stream",
    metavar="'PROGRAM ARGS'",
    help="Command to start once; it reads framed requests.",
    reach=_reach,
    files=program.files,
)
