"""The `command` way: one process for each message."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from harness import process
from harness.history import History
from harness.sut import CRASH, OK, REFUSED, TIMEOUT, Answer, Request
from schemas.errors import UsageError

SUFFIX = {"2.0": ".ei", "2.1": ".xml"}
_REFUSED_EXIT = 3
_MOST_REASON = 2000
# So many processes are at work together at most, as each may be a large one.
_MOST_PROCESSES = 8
_PLACEHOLDERS = ("{from}", "{to}", "{input}", "{output}", "{message}", "{direction}", "{at}")


def text(data: bytes) -> str:
    """What a process said, for people: bounded, and whatever its encoding."""
    return data.decode("utf-8", "replace").strip()[-_MOST_REASON:]


def ended(exit_code: int | None) -> str:
    """How a process ended, for people; None where it only closed its output."""
    if exit_code is None:
        return "closed its output"
    return f"ended with {f'signal {-exit_code}' if exit_code < 0 else f'exit code {exit_code}'}"


def too_much(what: str) -> Answer:
    """The answer of software that wrote or held more than it may: `flood` or `memory`."""
    if what == "flood":
        return Answer(CRASH, reason="more output than is read", code="SUT-FLOOD")
    gib = process.MOST_MEMORY / 2**30
    return Answer(CRASH, reason=f"more than {gib:g} GiB of memory", code="SUT-MEMORY")


def parse(command: str, option: str) -> list[str]:
    """A command line as words; raises UsageError where it cannot be read."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError("USE-COMMAND", f"{option}: {error}", command, "close the quote") from None
    if not words or not words[0]:
        raise UsageError("USE-COMMAND", f"{option} names no program", do="name one")
    if any("\0" in word for word in words):
        raise UsageError("USE-COMMAND", f"{option} holds a NUL in its command", do="remove it")
    return words


class CommandSut:
    """Software that is started anew for each message."""

    way = "command"

    def __init__(self, words: list[str], name: str, version: str, timeout: float) -> None:
        self.words = words
        self.name = name
        self.version = version
        self.timeout = timeout
        self.command = shlex.join(words)
        joined = " ".join(words)
        self.reads_file = "{input}" in joined
        self.writes_file = "{output}" in joined
        # A process keeps nothing from one message to the next, but may leave it on disk.
        self.history = History()

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask each in a process of its own."""
        return self.history.told(requests, map(self.one, requests))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask each in a process of its own, with several of them at work.

        They share the machine, so that each gets the time of all.
        """
        many = max(min(_MOST_PROCESSES, len(requests)), 1)
        with ThreadPoolExecutor(many) as threads, process.together():
            given = threads.map(partial(self.one, share=many), requests)
            return self.history.told(requests, given)

    def one(self, request: Request, share: int = 1) -> Answer:
        """Ask one thing of a process of its own, one of so many that share the machine."""
        timeout = self.timeout * share
        with tempfile.TemporaryDirectory(prefix="ikeur-") as folder:
            source = Path(folder) / f"input{SUFFIX[request.source]}"
            target = Path(folder) / f"output{SUFFIX[request.target]}"
            if self.reads_file:
                source.write_bytes(request.data)
            asked = (request.source, request.target, str(source), str(target), request.message)
            values = (*asked, request.direction, request.at)
            argv = [filled(word, values) for word in self.words]
            data = b"" if self.reads_file else request.data
            try:
                done = process.run(argv, data, timeout)
            except OSError as error:
                return Answer(CRASH, reason=f"cannot be started: {error}", code="SUT-CRASH")
            return self.answer(done, target, timeout)

    def answer(self, done: process.Finished, target: Path, timeout: float) -> Answer:
        """The answer that exit code and output make."""
        if done.ended == "timeout":
            return Answer(TIMEOUT, reason=f"no answer in {timeout:g} s", code="SUT-TIMEOUT")
        if done.ended in ("flood", "memory"):
            return too_much(done.ended)
        output, reason = done.output, text(done.errors)
        if self.writes_file:
            try:
                output = _bounded(target) if target.is_file() else b""
            except OverflowError:
                return too_much("flood")
        if done.exit_code == 0:
            if self.writes_file and not output and done.output:
                reason = f"nothing at {{output}}, and {len(done.output)} bytes on stdout; {reason}"
            return Answer(OK, output, reason)
        if done.exit_code == _REFUSED_EXIT:
            return Answer(REFUSED, output, reason)
        return Answer(CRASH, output, f"{ended(done.exit_code)}; {reason}", "SUT-CRASH")

    def renew(self) -> bool:
        """Every process is a new one."""
        return True

    def close(self) -> None:
        """Nothing runs between two messages."""


def filled(word: str, values: tuple[str, ...]) -> str:
    """A word of a command with its placeholders filled in."""
    for placeholder, value in zip(_PLACEHOLDERS, values, strict=True):
        word = word.replace(placeholder, value)
    return word


def _bounded(path: Path) -> bytes:
    if path.stat().st_size > process.MOST_OUTPUT:
        raise OverflowError
    return path.read_bytes()
