"""Checks with a few messages whether the software is connected correctly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from harness.cases.specimen import Specimen
from harness.sut.protocol import (
    ANSWERED,
    CRASH,
    GATE,
    OK,
    REFUSED,
    RESPOND,
    TIMEOUT,
    Answer,
    Request,
    Sut,
)
from harness.sut.stream import BEFORE_FIRST, BETWEEN
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import read
from schemas.switch.tables import DECISIONS

_NO_MESSAGE = b"Dit is geen bericht.\r\n"
_TOGETHER = 3
_BOTH = 2
_SEED, _MOMENT = 1, "2017-06-09T12:00:00+02:00"
_DECISIONS = tuple(word.encode() for word in DECISIONS)
# A text in the reason of a crash, and the finding that it indicates.
_SIGNS = (
    ("cannot be started", "SMOKE-START"),
    ("exit code 127", "SMOKE-START"),
    ("exit code 126", "SMOKE-START"),
    (BEFORE_FIRST, "SMOKE-FRAME"),
    (BETWEEN, "SMOKE-FRAME"),
    ("a response without", "SMOKE-FIELD"),
    ("a response with Status", "SMOKE-FIELD"),
    ("a response with Id", "SMOKE-ORDER"),
    ("fewer than Content-Length", "SMOKE-FRAME"),
    ("not a response", "SMOKE-FRAME"),
    ("status ", "SMOKE-STATUS"),
    ("exit code", "SMOKE-EXIT"),
)


@dataclass(frozen=True)
class Check:
    """The result of a check: its description, the finding code if it failed, and details."""

    what: str
    code: str = ""
    detail: str = ""


class Smoke:
    """Runs the checks on one system under test, up to the first that fails."""

    def __init__(self, sut: Sut, message: MessageType) -> None:
        self.sut = sut
        self.specimens = [Specimen(message, _SEED, index) for index in range(_TOGETHER)]
        self.alone: dict[int, bytes] = {}
        self.refused = 0

    def request(self, index: int, source: str, target: str) -> Request:
        """The request to convert one of the messages."""
        specimen = self.specimens[index]
        return Request(specimen.message.name, source, target, specimen.plain[source])

    def checks(self) -> Iterator[Check]:
        """Yield the checks of the operation convert, up to the first that fails."""
        steps: list[Callable[[], Check]] = [
            lambda: self.one("2.0", "2.1"),
            self.other_way,
            self.refusal,
        ]
        if self.sut.shares_process:
            steps.insert(2, self.several)
        for step in steps:
            check = step()
            yield check
            if check.code:
                return

    def one(self, source: str, target: str) -> Check:
        """Convert one message in one direction."""
        what = f"a message from {source} to {target}"
        before = _files()
        (answer,) = self.sut.ask([self.request(0, source, target)])
        if answer.status == OK and target == "2.1":
            self.alone[0] = answer.output
        return self.judged(what, answer, target, before)

    def other_way(self) -> Check:
        """Convert the same message in the other direction; one of the two must succeed."""
        check = self.one("2.1", "2.0")
        return check if check.code or self.refused < _BOTH else replace(check, code="SMOKE-REFUSED")

    @property
    def starts(self) -> int:
        """The number of starts of software that stays alive; 0 for other ways."""
        return getattr(self.sut, "starts", 0)

    def sign(self, answer: Answer) -> str:
        """The finding that a failure indicates."""
        sign = _sign(answer)
        had_to_start = self.starts and answer.again == ANSWERED
        # Text between the answers makes us end the process.
        return "SMOKE-ONE-MESSAGE" if had_to_start and sign != "SMOKE-FRAME" else sign

    def judged(self, what: str, answer: Answer, target: str, before: set[str]) -> Check:
        """Check one answer."""
        if answer.status == REFUSED:
            self.refused += 1
            # Refusing a valid message is a fault of the product, not of its connection.
            return Check(f"{what}: refused", "" if answer.reason else "SMOKE-REASON", answer.reason)
        if answer.status != OK:
            return Check(what, self.sign(answer), answer.reason)
        if not answer.output:
            written = sorted(_files() - before)
            said = f"these files were written: {', '.join(written[:5])}" if written else ""
            elsewhere = bool(written) or "on stdout" in answer.reason
            code = "SMOKE-ELSEWHERE" if elsewhere else "SMOKE-NO-OUTPUT"
            return Check(what, code, said or answer.reason)
        if read(answer.output, target).message is None:
            return Check(what, "SMOKE-NO-MESSAGE", repr(answer.output[:60]))
        return Check(what)

    def several(self) -> Check:
        """Send several messages at once; each must get its own answer."""
        what = f"{_TOGETHER} messages at once"
        for index in range(1, _TOGETHER):
            (answer,) = self.sut.ask([self.request(index, "2.0", "2.1")])
            self.alone[index] = answer.output
        requests = [self.request(index, "2.0", "2.1") for index in range(_TOGETHER)]
        answers = self.sut.ask(requests)
        bad = next((answer for answer in answers if answer.status in (CRASH, TIMEOUT)), None)
        if bad:
            return Check(what, self.sign(bad), bad.reason)
        outputs = [answer.output for answer in answers]
        alone = [self.alone.get(index, b"") for index in range(_TOGETHER)]
        if outputs != alone and sorted(outputs) == sorted(alone):
            return Check(what, "SMOKE-ORDER", "an answer came to the request of another")
        return Check(what)

    def refusal(self) -> Check:
        """Send a text that is no message, which must be refused in the agreed form."""
        what = "a text that is no message"
        request = Request(self.specimens[0].message.name, "2.0", "2.1", _NO_MESSAGE)
        (answer,) = self.sut.ask([request])
        if answer.status in (CRASH, TIMEOUT):
            return Check(f"{what}: not refused", _sign(answer), answer.reason)
        if answer.status == REFUSED and not answer.reason:
            return Check(f"{what}: refused", "SMOKE-REASON")
        # Whether it should have been refused is for the suites to judge.
        return Check(f"{what}: {answer.status}", "", answer.reason)


def other_operation(sut: Sut, message: MessageType, operation: str) -> Check:
    """Send one message for respond or gate; if it is refused, one of the other release."""
    sources = Specimen(message, _SEED, 0).plain
    for release in RELEASES[::-1]:
        request = Request(
            message.name, release, release, sources[release], operation, "send", _MOMENT
        )
        (answer,) = sut.ask([request])
        if answer.status != REFUSED or operation != RESPOND:
            break
    if answer.status != OK:
        refused = answer.status == REFUSED and operation == RESPOND
        return Check(operation, "SMOKE-REFUSED" if refused else _sign(answer), answer.reason)
    word = b"".join(answer.output.split(maxsplit=1)[:1])
    if operation == GATE and word not in _DECISIONS:
        return Check(operation, "SMOKE-GATE", repr(answer.output[:60]))
    return Check(operation, "" if answer.output else "SMOKE-NO-OUTPUT", "")


def _sign(answer: Answer) -> str:
    sign = next((code for sign, code in _SIGNS if sign in answer.reason), "SMOKE-EXIT")
    # Text in place of an answer is more telling than a missing answer.
    return "SMOKE-TIMEOUT" if answer.status == TIMEOUT and sign != "SMOKE-FRAME" else sign


def _files() -> set[str]:
    """The names of the files in the working directory."""
    return {path.name for path in Path().iterdir() if path.is_file()}
