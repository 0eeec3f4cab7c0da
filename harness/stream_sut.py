"""The `stream` way: one long-lived process that answers framed requests."""

from __future__ import annotations

import contextlib
import shlex
import subprocess
import time

from harness import process
from harness.command_sut import text
from harness.frames import FloodError, Frame, FrameError, take, write
from harness.sut import CRASH, OK, REFUSED, TIMEOUT, Answer, Request

_STATUSES = (OK, REFUSED, "error")
# The software lives on after an error that it reports itself.
ERROR_CODE = "SUT-ERROR"


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
        self._process: subprocess.Popen[bytes] | None = None
        self._pump: process.Pump | None = None

    def convert(self, request: Request) -> Answer:
        """Send one request and wait for its answer."""
        self.number += 1
        fields = {
            "Id": str(self.number),
            "Op": "convert",
            "From": request.source,
            "To": request.target,
            "Message": request.message,
        }
        try:
            pump = self._running()
        except OSError as error:
            return Answer(CRASH, reason=f"cannot be started: {error}", code="SUT-CRASH")
        pump.errors.clear()
        pump.feed(bytes(pump.to_write) + write(fields, request.data))
        answer = self._wait(pump, time.monotonic() + self.timeout)
        if answer.status in (CRASH, TIMEOUT) and answer.code != ERROR_CODE:
            self._stop()
        return answer

    def _running(self) -> process.Pump:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._pump is None:
            self._process = process.start(self.words)
            self._pump = process.Pump(self._process)
        return self._pump

    def _wait(self, pump: process.Pump, deadline: float) -> Answer:
        while True:
            try:
                frame = take(pump.output)
            except FloodError as error:
                return Answer(CRASH, reason=f"more output than is read: {error}", code="SUT-FLOOD")
            except FrameError as error:
                return Answer(CRASH, reason=f"not a response: {error}", code="SUT-CRASH")
            if frame:
                return self._answer(frame, pump)
            if pump.flooded:
                return Answer(CRASH, reason="more output than is read", code="SUT-FLOOD")
            if pump.closed:
                return self._died(pump)
            if not pump.step(deadline):
                reason = f"no answer in {self.timeout:g} s; {text(bytes(pump.errors))}"
                return Answer(TIMEOUT, reason=reason, code="SUT-TIMEOUT")

    def _died(self, pump: process.Pump) -> Answer:
        grace = time.monotonic() + 0.2
        while pump.open_pipes and pump.step(grace):
            pass
        assert self._process is not None
        code = self._process.poll()
        reason = f"ended without an answer, exit code {code}; {text(bytes(pump.errors))}"
        return Answer(CRASH, reason=reason, code="SUT-CRASH")

    def _answer(self, frame: Frame, pump: process.Pump) -> Answer:
        status = frame.fields.get("Status", "")
        if frame.fields.get("Id") != str(self.number) or status not in _STATUSES:
            reason = f"a response with Id {frame.fields.get('Id')!r} and Status {status!r}"
            return Answer(CRASH, reason=reason, code="SUT-CRASH")
        said = text(bytes(pump.errors))
        if status == OK:
            return Answer(OK, frame.body, said)
        reason = text(frame.body) or said
        if status == REFUSED:
            return Answer(REFUSED, b"", reason)
        return Answer(CRASH, b"", reason, ERROR_CODE)

    def _stop(self) -> None:
        if self._process is not None:
            process.end(self._process)
        if self._pump is not None:
            self._pump.selector.close()
        self._process = self._pump = None

    def close(self) -> None:
        """End the process."""
        if self._pump is not None and self._process is not None:
            self._pump.close_stdin()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        self._stop()
