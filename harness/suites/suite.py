"""The shape of a suite: everything that a run needs to know of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, answer_files
from harness.sut.protocol import CONVERT, GATE, RESPOND
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override

Agreed = Collection[Override]
# A text in both languages, by language.
Text = Mapping[str, str]
_EXPECTS = {CONVERT: "converted", RESPOND: "answered", GATE: "decided"}


class Suite(ABC):
    """A suite: which cases it has, what is asked in one, and how the answers are judged.

    `requirement` says what it holds the software to. Under `all` are the suites that are run
    `by_default`; those `in_dryrun_only` cannot be named, and do not show that a declared deviation
    is gone. `wants_message` tells whether a right answer is a message.
    """

    name: ClassVar[str]
    requirement: ClassVar[Text]
    op: ClassVar[str] = CONVERT
    by_default: ClassVar[bool] = True
    in_dryrun_only: ClassVar[bool] = False
    wants_message: ClassVar[bool] = True

    @abstractmethod
    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed) -> list[Case]:
        """The cases of a message type with one index.

        Of deadlines that were `agreed` there are cases where there are such.
        """

    def once(self, message: MessageType, seed: int) -> list[Case]:  # noqa: ARG002 - the same shape
        """The cases of a message type that a run has once, whatever its count."""
        return []

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """How many cases a run of `count` indexes has, but for those that it has once."""
        return count * len(self.cases(message, seed, 0, agreed))

    @abstractmethod
    def has(self, case: Case, message: MessageType) -> bool:
        """Whether it has a case, of whichever index of those that take turns."""

    def complete(self, case: Case) -> Case:
        """A case with what follows from its kind: its operation and its other message type."""
        return case

    def expects(self, case: Case) -> str:
        """What a right answer is, in a word."""
        return _EXPECTS[case.op]

    def text(self, case: Case, lang: str) -> str:  # noqa: ARG002 - the same shape
        """What a case holds the software to, and with what input where it is made for the case."""
        return self.requirement[lang]

    def sample_place(self, case: Case) -> int:
        """By this number it is decided which cases are kept as evidence though they pass."""
        return case.index

    @abstractmethod
    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override]) -> Question:
        """What is asked in a case about the message of a specimen.

        Raises UsageError where a case is about a deadline that is not among those `agreed`.
        """

    @abstractmethod
    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """The judgement of a case that was answered."""

    def files(self, asked: AskedCase) -> Files:
        """The files of a case by role: their suffix and bytes."""
        return self.given(asked) | answer_files(asked)

    @abstractmethod
    def given(self, asked: AskedCase) -> Files:
        """The files of what a case hands over, and of what is expected."""
