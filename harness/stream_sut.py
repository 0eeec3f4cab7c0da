"""The `stream` way: one long-lived process that answers framed requests."""

from __future__ import annotations

import contextlib
import shlex
import subprocess
import time
from collections.abc import Iterator, Sequence

from harness import process
from harness.command_sut import text, too_much
from harness.frames import FloodError, Frame, FrameError, before_field, head, stray, take
from harness.sut import CRASH, OK, REFUSED, TIMEOUT, Answer, Request

_STATUSES = (OK, REFUSED, "error")
# The software lives on after an error that it reports itself.
ERROR_CODE = "SUT-ERROR"
# What the software wrote is no answer of the protocol.
_FRAME = "SUT-FRAME"
BEFORE_FIRST, BETWEEN = "text before the first answer", "text between the answers"
# So many requests are under way at most.
_WINDOW = 64


class StreamSut:
    """Software that stays alive from message to message; it is started again when it dies."""

    def __init__(
        self, words: list[str], name: str, version: str, timeout: float, way: str = "stream"
    ) -> None:
        self.words = words
        self.name = name
        self.version = version
        self.timeout = timeout
        self.way = way
        self.command = shlex.join(words)
        self.number = 0
        # How many processes there have been.
        self.starts = 0
        self._live: _Live | None = None

    @property
    def pid(self) -> int:
        """The process that is alive; 0 when there is none."""
        return self._live.child.pid if self._live else 0

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Send the requests and take the answers as they come.

        Where the software fails with several requests under way, each of them that has no answer
        is asked again by itself, and judged by what a process does that was just started.
        """
        answers: dict[int, Answer] = {}
        for start in range(0, len(requests), _WINDOW):
            window = range(start, min(start + _WINDOW, len(requests)))
            trouble = self._together([requests[place] for place in window], answers, start)
            left = [place for place in window if place not in answers]
            if trouble is not None and len(left) == len(window) == 1:
                answers[start] = self._again(requests[start], trouble)
            else:
                for place in left:
                    answers[place] = self._alone(requests[place])
        return [answers[place] for place in range(len(requests))]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`, which has many under way."""
        return self.ask(requests)

    def _together(
        self, requests: Sequence[Request], answers: dict[int, Answer], start: int
    ) -> _Trouble | None:
        """Put in the answers that come, up to the first trouble."""
        live = self._live
        was_fresh = live is None
        try:
            live = self._running()
            live.send({self.number + 1 + n: request for n, request in enumerate(requests)})
            first = self.number + 1
            self.number += len(requests)
            for number, answer in live.answers(len(requests), self.timeout):
                answers[start + number - first] = answer
        except _Trouble as trouble:
            self._stop()
            trouble.fresh = was_fresh
            return trouble
        return None

    def _alone(self, request: Request) -> Answer:
        found: dict[int, Answer] = {}
        trouble = self._together([request], found, 0)
        return found[0] if trouble is None else self._again(request, trouble)

    def _again(self, request: Request, trouble: _Trouble) -> Answer:
        """The answer of a new process, where an older one may have failed for an older reason."""
        return trouble.answer if trouble.fresh else self._alone(request)

    def _running(self) -> _Live:
        if self._live is not None and self._live.ended:
            self._stop()
        if self._live is None:
            self.starts += 1
            try:
                self._live = _Live(process.start(self.words))
            except OSError as error:
                reason = f"cannot be started: {error}"
                raise _Trouble(Answer(CRASH, reason=reason, code="SUT-CRASH")) from None
        return self._live

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
        self._live = None

    def close(self) -> None:
        """End the process."""
        if self._live is not None:
            self._live.finish()
        self._live = None


def _wrong(frame: Frame) -> str:
    """What is wrong with the fields of a response that answers nothing."""
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
    """The software failed, and must be started again; `fresh` tells whether it had just been."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer
        self.fresh = True


class _Live:
    """A process and the requests that it has not answered."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self.child = child
        self.pump = process.Pump(child)
        self.waiting: set[int] = set()
        self.answered = 0
        self.repeated: set[int] = set()

    @property
    def ended(self) -> bool:
        return self.child.poll() is not None

    def send(self, requests: dict[int, Request]) -> None:
        self.pump.errors.clear()
        for number, request in requests.items():
            start = head({"Id": str(number), **request.fields}, request.data)
            self.pump.feed(start, request.data)
        self.waiting.update(requests)

    def answers(self, count: int, timeout: float) -> Iterator[tuple[int, Answer]]:
        """The next answers, each with its number; raises _Trouble when no more can come."""
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
                yield number, self._answer(frame)
                deadline, count = time.monotonic() + timeout, count - 1

    def _number(self, frame: Frame) -> int:
        """The number of the request that a frame answers; a second answer is passed over once."""
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
            raise self._crash(self._stray() or f"not a response: {error}", _FRAME) from None

    def _step(self, deadline: float, timeout: float) -> None:
        pump = self.pump
        if pump.flooded or pump.greedy:
            raise _Trouble(too_much("flood" if pump.flooded else "memory"))
        if pump.closed:
            grace = time.monotonic() + 0.2
            while pump.open_pipes and pump.step(grace):
                pass
            ended = f"ended without an answer, exit code {self.child.poll()}"
            raise self._crash("; ".join(filter(None, (ended, self._stray()))))
        if not pump.step(deadline):
            late = (f"no answer in {timeout:g} s", self._stray(), text(bytes(pump.errors)))
            reason = "; ".join(filter(None, late))
            raise _Trouble(Answer(TIMEOUT, reason=reason, code="SUT-TIMEOUT"))

    def _stray(self) -> str:
        """What is wrong with text that stands where an answer should begin; empty without any."""
        said = stray(self.pump.output)
        if not said:
            return ""
        if not self.answered:
            return f"{BEFORE_FIRST}: {said!r}; write logs to stderr"
        return f"{BETWEEN}: {said!r}; write logs to stderr, and count Content-Length in bytes"

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
        return Answer(CRASH, b"", reason, ERROR_CODE)

    def stop(self) -> None:
        process.end(self.child)
        self.pump.selector.close()

    def finish(self) -> None:
        """Let the process end by itself, for a moment."""
        self.pump.close_stdin()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(1)
        self.stop()
