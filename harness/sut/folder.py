"""The `folder` way: messages go into one folder, and answers come out of another."""

from __future__ import annotations

import shlex
import subprocess
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from harness.sut import orphans, process, program
from harness.sut.ask_alone import ALONE, Attempt, ask_each_alone, with_second_try
from harness.sut.failures import ended, text, too_much, with_words
from harness.sut.files import scratch
from harness.sut.files.scratch import Scratch
from harness.sut.files.shared_folder import SharedFolder, is_file, is_of_machine
from harness.sut.files.suffix import SUFFIX
from harness.sut.history import History, Past
from harness.sut.protocol import (
    CONVERT,
    CRASH,
    FRESH_PROCESS,
    OK,
    REFUSED,
    RESPOND,
    TIMEOUT,
    Answer,
    Request,
)
from harness.sut.way import SutSpec, Way
from harness.sut.words import filled
from schemas.errors import UsageError

_REFUSAL = ".refused"
_PAUSE = 0.01
# A file that changed less than this many seconds ago may still be incomplete.
_QUIET = 0.1


class FolderSut:
    """Software that takes messages from a folder: a command per batch, or a watching process.

    `words` start it, with `{input}` and `{output}` for the folders; without words it already runs
    and watches `folders`.
    """

    way = "folder"
    shares_process = True

    def __init__(
        self,
        words: Sequence[str],
        folders: tuple[Path, Path] | None,
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
        self.command = shlex.join(words or [str(folder) for folder in folders or ()])
        self._scratch = Scratch() if folders is None else None
        if self._scratch:
            self.input, self.output = self._scratch.inner("in"), self._scratch.inner("out")
        else:
            given, taken = (folder.resolve() for folder in folders or ())
            self.input, self.output = (
                SharedFolder((given,), is_ours=False),
                SharedFolder((taken,), is_ours=False),
            )
        self.number = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._pump: process.Pump | None = None
        self._started_for: tuple[str, str] = ("", "")
        self.history = History()
        self._how = ALONE if words else "alone"
        # For the last batch: the history before each message, by name, and whether it was answered.
        self._pasts: dict[str, Past] = {}
        self._there: list[bool] = []

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Put the messages of a direction in the folder at once, and failed ones again alone.

        A process that ended before it got them costs the first message.
        """
        answers: dict[int, Answer] = {}
        places = sorted(range(len(requests)), key=lambda place: _releases(requests[place]))
        for _, group in groupby(places, key=lambda place: _releases(requests[place])):
            batch = {place: requests[place] for place in group}
            died, was_fresh = self._ended_before(), self._is_fresh(requests[min(batch)])
            found = self._batch([*batch.values()])
            answers |= dict(zip(batch, found, strict=True))
            failed = {place: batch[place] for place in batch if _is_lost(answers[place])}
            if failed and not (was_fresh and len(batch) == 1):
                suspect = self._suspect([*batch], failed)
                answers |= ask_each_alone(failed, suspect, answers[suspect], self._once, self._how)
            if died is not None:
                first = min(batch)
                answers[first] = with_second_try(died, answers[first], FRESH_PROCESS)
        return [answers[place] for place in range(len(requests))]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, which already sends many at once."""
        return self.ask(requests)

    def _suspect(self, batch: Sequence[int], failed: Collection[int]) -> int:
        """The first unanswered message of a batch, or the last one if all were answered."""
        unanswered = [
            place
            for place, is_there in zip(batch, self._there, strict=True)
            if place in failed and not is_there
        ]
        return unanswered[0] if unanswered else max(failed)

    def _once(self, request: Request) -> Attempt:
        """Ask one message alone."""
        died, was_fresh = self._ended_before(), self._is_fresh(request)
        if died is not None:
            return Attempt(died, failed=True, fresh=False)
        (answer,) = self._batch([request])
        return Attempt(answer, failed=_is_lost(answer), fresh=was_fresh)

    def _is_fresh(self, request: Request) -> bool:
        """Whether a message goes to a process that has done nothing yet, or that is not ours."""
        child = self._child
        return child is None or child.poll() is not None or self._started_for != _releases(request)

    def _ended_before(self) -> Answer | None:
        """The failure of a program that ended badly after its answers."""
        if self._child is None or self._child.poll() in (None, 0):
            return None
        code, said = self._child.returncode, text(bytes(self._pump.errors)) if self._pump else ""
        self._stop()
        reason = with_words(f"{ended(code)} after its answers", said)
        past = Past(self.history, self.history.count)
        return Answer(CRASH, b"", reason, "SUT-CRASH", past=past)

    def renew(self) -> bool:
        """Use a new process for the next messages; returns False if the process is not ours."""
        self._stop()
        return bool(self.words)

    def _batch(self, requests: Sequence[Request]) -> list[Answer]:
        names: dict[str, Request] = {}
        self._pasts = {}
        try:
            for name, request in self._laid_down(requests):
                names[name] = request
            trouble = self._run(names, _releases(requests[0]))
            self._there = [self._is_there(name, request) for name, request in names.items()]
            return [
                replace(self._take_up(name, request, trouble), past=self._pasts.get(name))
                for name, request in names.items()
            ]
        except OSError as error:
            if is_of_machine(error):
                raise
            self._there = [False] * len(requests)
            reason = self.input.trouble() or self.output.trouble() or str(error)
            return [Answer(CRASH, b"", reason, "SUT-CRASH")] * len(requests)
        finally:
            for name, request in names.items():
                self._clear(name, request)

    def _laid_down(self, requests: Sequence[Request]) -> Iterator[tuple[str, Request]]:
        """Put messages in the folder under fresh names, with no answers to them yet."""
        for folder in (self.input, self.output):
            folder.restore()
        for request in requests:
            self.number += 1
            name = f"{self.number:09}-{request.message}"
            self._clear(name, request)
            yield name, request
            self.input.put(f"{name}{SUFFIX[request.source]}", request.data)

    def _clear(self, name: str, request: Request) -> None:
        """Remove a message and its answers, also from folders that are not ours."""
        files = [(self.output, file) for file in _files(name, request)]
        for folder, file in (*files, (self.input, f"{name}{SUFFIX[request.source]}")):
            error = folder.clear(file)
            if error and not folder.is_ours:
                scratch.note(folder.path / file, error)

    def _run(self, names: dict[str, Request], releases: tuple[str, str]) -> Answer:
        """Wait for all answers; returns what an unanswered message gets."""
        older = self._child
        try:
            pump = self._running(releases)
        except OSError as error:
            return Answer(CRASH, b"", f"cannot be started: {error}", "SUT-CRASH")
        self._pasts |= {name: self.history.record(request) for name, request in names.items()}
        left, deadline = set(names), time.monotonic() + self.timeout
        while left:
            done = {name for name in left if self._is_answered(name, names[name])}
            if done:
                left -= done
                deadline = time.monotonic() + self.timeout
            elif self._child is not None and self._child.poll() is not None:
                left = {name for name in left if not self._is_there(name, names[name])}
                if self._child is not older or not left or self._child.returncode != 0:
                    break
                # It was ending when these messages came: a new process is asked.
                return self._run({name: names[name] for name in left}, releases)
            elif time.monotonic() > deadline:
                late = min(left)
                reason = "; ".join(
                    [f"no answer in {self.timeout:g} s", *self._why_not(late, names[late])]
                )
                self._stop()
                return Answer(TIMEOUT, b"", reason, "SUT-TIMEOUT")
            elif pump and (pump.flooded or pump.greedy):
                self._stop()
                return too_much("flood" if pump.flooded else "memory")
            self._wait(pump)
        return self._ended(pump)

    def _wait(self, pump: process.Pump | None) -> None:
        if pump is None or not pump.open_pipes:
            time.sleep(_PAUSE)
            return
        pump.step(time.monotonic() + _PAUSE)
        # Output of the program is no answer here.
        pump.output.clear()

    def _ended(self, pump: process.Pump | None) -> Answer:
        """What an unanswered message gets from a program that has ended or keeps watching."""
        if self._child is None or self._child.poll() is None:
            return Answer(OK)
        code, said = self._child.returncode, text(bytes(pump.errors)) if pump else ""
        self._stop()
        if code == 0:
            return Answer(OK, b"", said)
        return Answer(CRASH, b"", with_words(ended(code), said), "SUT-CRASH")

    def _running(self, releases: tuple[str, str]) -> process.Pump | None:
        if not self.words:
            return None
        if self._child is not None and (
            self._child.poll() is not None or self._started_for != releases
        ):
            self._stop()
        if self._child is None or self._pump is None:
            values = (*releases, str(self.input.path), str(self.output.path), "", "", "")
            self.history = History()
            argv = [filled(word, values) for word in self.words]
            self._child = process.start(argv, self.folder)
            self._pump = process.Pump(self._child)
            self._pump.close_stdin()
            self._started_for = releases
        return self._pump

    def _is_there(self, name: str, request: Request) -> bool:
        return any(self.output.status(file) for file in _files(name, request))

    def _is_answered(self, name: str, request: Request) -> bool:
        """Whether an answer is complete: its writer has ended, or the file is at rest."""
        now = time.time()
        for file in _files(name, request):
            if status := self.output.status(file):
                quiet = abs(now - status.st_mtime) > _QUIET
                # Anything but a file will not become one.
                if not is_file(status):
                    return quiet
                return quiet and status.st_size > 0 and not self._has_open(file)
        return False

    def _why_not(self, name: str, request: Request) -> Iterator[str]:
        """Why a message has no answer, in words."""
        if trouble := self.output.trouble():
            yield trouble
        for file in _files(name, request):
            if self.output.status(file):
                yield f"{file} is {'still open' if self._has_open(file) else 'empty'}"

    def _has_open(self, file: str) -> bool:
        """Whether the program still has an answer open."""
        return bool(self._child and orphans.has_open(self._child.pid, self.output.path / file))

    def _take_up(self, name: str, request: Request, trouble: Answer) -> Answer:
        """Read an answer; none of a failed batch can be trusted."""
        try:
            (reason, no_reason), (output, no_output) = map(self.output.read, _files(name, request))
        except OverflowError:
            return too_much("flood")
        if trouble.status != OK:
            return trouble
        if reason is not None:
            return Answer(REFUSED, output or b"", text(reason))
        # A broken folder is reported once.
        said = "; ".join(filter(None, dict.fromkeys((no_reason, no_output, trouble.reason))))
        return Answer(OK, output or b"", said)

    def _stop(self) -> None:
        if self._child is not None:
            process.end(self._child)
        if self._pump is not None:
            self._pump.selector.close()
        self._child = self._pump = None

    def close(self) -> None:
        """Stop the program, and remove the folders made for it."""
        self._stop()
        if self._scratch:
            self._scratch.close()


def _is_lost(answer: Answer) -> bool:
    return answer.status in (CRASH, TIMEOUT)


def _releases(request: Request) -> tuple[str, str]:
    return request.source, request.target


def _files(name: str, request: Request) -> tuple[str, str]:
    """The files that may hold an answer: the refusal, and the message."""
    return f"{name}{_REFUSAL}", f"{name}{SUFFIX[request.target]}"


def _reach(spec: SutSpec) -> FolderSut:
    about, joined = (spec.name, spec.version, spec.timeout), " ".join(spec.words)
    if "{input}" in joined and "{output}" in joined:
        program.require(spec.words[0], spec.folder)
        return FolderSut(spec.words, None, *about, spec.folder)
    folders = [(spec.folder or Path()) / word for word in spec.words]
    if len(folders) != 2 or not all(folder.is_dir() for folder in folders):
        raise UsageError(
            "USE-FOLDER",
            "neither a command with {input} and {output} nor two folders",
            joined,
            "give the command, or the folder to put messages in and the one with the answers",
        )
    return FolderSut((), (folders[0], folders[1]), *about)


WAY = Way(
    name="folder",
    metavar="'PROGRAM ARGS'",
    help="Command that converts a folder, with {input} and {output}; or two watched folders.",
    reach=_reach,
    files=program.files,
    # A file name has no place for the direction and moment of a gate request.
    operations=(CONVERT, RESPOND),
)
