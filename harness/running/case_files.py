"""What is kept of a case: its input, the expected and the actual output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.cases.case import PAIR, REFUSE, RETOUR, THROUGHPUT, Case
from harness.cases.exchange import Exchange
from harness.cases.question import Made, answer_of
from harness.reference.converter import respond
from harness.running.second_look.sequence_files import LIST, files_of
from harness.sut.command import SUFFIX
from harness.sut.protocol import GATE, RESPOND, Answer, Request
from schemas import outside

FOLDER = "cases"
SMALLEST = "smallest"
# Of a pair the files of the return message stand beside those of the message.
EXPECTED_RETOUR, ACTUAL_RETOUR = f"expected-{RETOUR}", f"actual-{RETOUR}"
# What a file of a case is to it, in the order in which they are told.
_ROLES = ("input", RETOUR, "expected", "actual", "reason")
MOST_KEPT = 500
_TEXT = ".txt"


class Keeper:
    """Keeps the files of cases below the reports, up to a bound."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.kept = 0

    @property
    def is_full(self) -> bool:
        """Whether there is no room for one more case."""
        return self.kept >= MOST_KEPT

    def keep(
        self, case: Case, exchange: Exchange, answers: Sequence[Answer], own: Made | None
    ) -> dict[str, str]:
        """Write the files of a case; their paths below the reports, by role."""
        if self.is_full:
            return {}
        self.kept += 1
        return self.write(case, contents(case, exchange, answers, own))

    def keep_smallest(
        self, case: Case, exchange: Exchange, answer: Answer, number: int
    ) -> dict[str, str]:
        """Write the files of a smallest message beside those of its case, as `keep` does.

        `number` tells which of the findings of the case it shows, from 1.
        """
        start = SMALLEST if number == 1 else f"{SMALLEST}-{number}"
        files = contents(case, exchange, (answer,), None)
        return self.write(case, {f"{start}-{role}": files[role] for role in files})

    def keep_sequence(self, case: Case, messages: Sequence[Request]) -> dict[str, str]:
        """Write the messages that a case needs before its own; the path of the list, by role."""
        if not messages:
            return {}
        folder = f"{FOLDER}/{case.id}"
        (self.out / folder).mkdir(parents=True, exist_ok=True)
        for name, data in files_of(messages).items():
            self._file(f"{folder}/{name}", data)
        return {LIST: f"{folder}/{LIST}.json"}

    def write(self, case: Case, contents: dict[str, tuple[str, bytes]]) -> dict[str, str]:
        """Write files of a case; their paths below the reports, by role."""
        (self.out / FOLDER / case.id).mkdir(parents=True, exist_ok=True)
        files = {}
        for role, (suffix, data) in contents.items():
            files[role] = path_of(case, role, suffix)
            self._file(files[role], data)
        return files

    def _file(self, name: str, data: bytes) -> None:
        # What the software under test may have put there is not followed or waited for.
        with outside.anew(self.out / name) as file:
            file.write(data)


def role_order(role: str) -> tuple[int, str]:
    """By this the files of a case stand in the order in which they were kept."""
    kind = role.partition("-")[0]
    return _ROLES.index(kind), role


def path_of(case: Case, role: str, suffix: str) -> str:
    """Where a file of a case lies below the reports."""
    return f"{FOLDER}/{case.id}/{role}{suffix}"


def contents(
    case: Case, exchange: Exchange, answers: Sequence[Answer], own: Made | None
) -> dict[str, tuple[str, bytes]]:
    """The files of a case by role: their suffix and bytes; no actual output without an answer.

    `own` is what was made for it. What is expected of an answer is one right one. Of a pair each
    file stands twice, for the message and for its return message.
    """
    suffix = _TEXT if case.op == GATE else SUFFIX[case.route[-1]]
    if own:
        files = _made(case, exchange, own, suffix)
    else:
        files = {
            "input": (SUFFIX[case.route[0]], exchange.sources[case.route[0]]),
            "expected": (suffix, exchange.expected_bytes(case.route[-1])),
        }
    # Of many messages no single answer is that of the case: each has a case of its own.
    if answers and case.suite != THROUGHPUT:
        answer = answer_of(case, tuple(answers))
        actual = answers if case.kind == PAIR else (answer,)
        for role, item in zip(("actual", ACTUAL_RETOUR), actual, strict=False):
            if item.output:
                files[role] = (suffix, item.output)
        if answer.reason:
            files["reason"] = (_TEXT, answer.reason.encode("utf-8", "backslashreplace"))
    return files


def _made(case: Case, exchange: Exchange, own: Made, suffix: str) -> dict[str, tuple[str, bytes]]:
    """What a case with messages of its own hands over, and what is expected of it."""
    if own.gate or case.suite == THROUGHPUT:
        given = SUFFIX[case.route[-1 if own.gate else 0]]
        roles = ["input", *(f"input-{number}" for number in range(2, len(own.inputs) + 1))]
        handed_over = {role: (given, data) for role, data in zip(roles, own.inputs, strict=True)}
        told = "".join(f"{line}\n" for line in own.told).encode()
        return handed_over | ({"expected": (suffix, told)} if told else {})
    given = SUFFIX[case.route[0]]
    handed = zip(("input", RETOUR), own.inputs, strict=False)
    files = {role: (given, data) for role, data in handed}
    if case.op == RESPOND:
        files["expected"] = (suffix, respond(own.inputs[0], *case.route))
    elif case.suite != REFUSE:
        expected = (exchange.asked(item).expected_bytes(case.route[-1]) for item in own.requests)
        named = zip(("expected", EXPECTED_RETOUR), expected, strict=False)
        files |= {role: (suffix, data) for role, data in named}
    return files
