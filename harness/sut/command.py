"""The `command` way: one process per message."""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from harness.sut import process, program
from harness.sut.failures import ended, text, too_much, with_words
from harness.sut.files.scratch import Scratch
from harness.sut.files.shared_folder import is_of_machine
from harness.sut.files.suffix import SUFFIX
from harness.sut.history import History
from harness.sut.protocol import CRASH, OK, REFUSED, TIMEOUT, Answer, Request
from harness.sut.way import SutSpec, Way
from harness.sut.words import filled

_REFUSED_EXIT = 3
# The most processes at once, as each may need much memory.
_MOST_PROCESSES = 8


class CommandSut:
    """Software that is started for each message."""

    way = "command"
    shares_process = False

    def __init__(
        self,
        words: list[str],
        name: str,
        version: str,
        timeout: float,
        folder: Path | None = None,
    ) -> None:
        self.words = words
        self.name = name
        self.version = version
        self.timeout = timeout
        self.folder = folder
        self.command = shlex.join(words)
        joined = " ".join(words)
        self.reads_file = "{input}" in joined
        self.writes_file = "{output}" in joined
        # A process keeps nothing for the next message, but it may leave files behind.
        self.history = History()

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask each in its own process, one after the other."""
        return self.history.annotate(requests, map(self.one, requests))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask each in its own process, several at once.

        The processes share the machine, so each gets the timeout of all.
        """
        many = max(min(_MOST_PROCESSES, len(requests)), 1)
        # A leftover process may write until all have ended: only then are the folders removed.
        with contextlib.ExitStack() as folders, ThreadPoolExecutor(many) as threads:
            scratch = [folders.enter_context(contextlib.closing(Scratch())) for _ in requests]
            with process.concurrent_runs():
                given = threads.map(partial(self._within, share=many), requests, scratch)
                return self.history.annotate(requests, given)

    def one(self, request: Request) -> Answer:
        """Ask one request in its own process."""
        with contextlib.closing(Scratch()) as scratch:
            return self._within(request, scratch)

    def _within(self, request: Request, scratch: Scratch, share: int = 1) -> Answer:
        """Ask one request in a process with a folder; `share` processes share the machine."""
        timeout = self.timeout * share
        files = [scratch.path / name for name in _files(request)]
        try:
            if self.reads_file:
                # A process beside it may have removed the folder.
                scratch.folder.restore()
                scratch.folder.put(files[0].name, request.data)
        except OSError as error:
            if is_of_machine(error):
                raise
            return Answer(CRASH, reason=f"{scratch.path}: {error.strerror}", code="SUT-CRASH")
        asked = (request.source, request.target, *map(str, files), request.message)
        argv = [filled(word, (*asked, request.direction, request.at)) for word in self.words]
        try:
            data = b"" if self.reads_file else request.data
            done = process.run(argv, data, timeout, self.folder)
        except OSError as error:
            return Answer(CRASH, reason=f"cannot be started: {error}", code="SUT-CRASH")
        return self._answer(done, scratch, files[1].name, timeout)

    def _answer(
        self, done: process.Finished, scratch: Scratch, output_name: str, timeout: float
    ) -> Answer:
        """The answer that follows from exit code and output."""
        if done.ended == "timeout":
            return Answer(TIMEOUT, reason=f"no answer in {timeout:g} s", code="SUT-TIMEOUT")
        if done.ended in ("flood", "memory"):
            return too_much(done.ended)
        output, trouble = done.output, ""
        if self.writes_file:
            try:
                found, trouble = scratch.folder.read(output_name)
            except OverflowError:
                return too_much("flood")
            output = found or b""
        reason = with_words(trouble, text(done.errors))
        if done.exit_code == 0:
            if self.writes_file and not output and done.output:
                lost = f"nothing at {{output}}, and {len(done.output)} bytes on stdout"
                reason = with_words(lost, reason)
            return Answer(OK, output, reason)
        if done.exit_code == _REFUSED_EXIT:
            return Answer(REFUSED, output, reason)
        return Answer(CRASH, output, with_words(ended(done.exit_code), reason), "SUT-CRASH")

    def renew(self) -> bool:
        """Return True: every process is new."""
        return True

    def close(self) -> None:
        """Do nothing: no process outlives its message."""


def _files(request: Request) -> tuple[str, str]:
    """The names of the input and the output file."""
    return f"input{SUFFIX[request.source]}", f"output{SUFFIX[request.target]}"


def _reach(spec: SutSpec) -> CommandSut:
    program.require(spec.words[0], spec.folder)
    return CommandSut(list(spec.words), spec.name, spec.version, spec.timeout, spec.folder)


WAY = Way(
    name="command",
    metavar="'PROGRAM ARGS'",
    help="Command to start for each message. {from} and {to} become 2.0 or 2.1, {input} and "
    "{output} paths; without {input} it reads stdin, without {output} it writes stdout. Exit code "
    "0 means converted, 3 refused, with the reason on stderr; any other is a crash.",
    reach=_reach,
    files=program.files,
)
