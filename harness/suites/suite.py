"""The interface of a suite."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from generators.notation.plan import notation_of
from generators.notation.table import Notation
from harness.cases.case import Case, Route
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge, Judgement
from harness.suites.files import Files, answer_files
from harness.sut.protocol import CONVERT, GATE, RESPOND
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override

Agreed = Collection[Override]
# A text by language.
Text = Mapping[str, str]
_EXPECTS = {CONVERT: "converted", RESPOND: "answered", GATE: "decided"}


class Suite(ABC):
    """A suite: the cases it has, the questions they ask, and how the answers are judged.

    `requirement` states what it requires of the software. `by_default` suites are part of `all`;
    `in_dryrun_only` suites cannot be named, and do not show that a declared deviation is gone.
    `wants_message` tells whether a correct answer is a message.
    """

    name: ClassVar[str]
    requirement: ClassVar[Text]
    op: ClassVar[str] = CONVERT
    by_default: ClassVar[bool] = True
    in_dryrun_only: ClassVar[bool] = False
    wants_message: ClassVar[bool] = True

    @abstractmethod
    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed) -> list[Case]:
        """The cases of a message type at an index.

        Cases about a moved deadline exist only if `agreed` has one.
        """

    def once(self, message: MessageType, seed: int) -> list[Case]:
        """The cases of a message type that a run has once, whatever its count."""
        return []

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases of a run of `count` indexes, without those of `once`."""
        return count * len(self.cases(message, seed, 0, agreed))

    @abstractmethod
    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the suite has a case, at any index."""

    def case(
        self, message: MessageType, route: Route, seed: int, index: int, kind: str = ""
    ) -> Case:
        """A case of the suite, with what follows from its kind."""
        return self.complete(Case(self.name, message.name, route, seed, index, kind, self.op))

    def complete(self, case: Case) -> Case:
        """Fill in what follows from the kind of a case: its operation and other message type."""
        return case if case.op == self.op else replace(case, op=self.op)

    def expects(self, case: Case) -> str:
        """What a correct answer is, in one word."""
        return _EXPECTS[case.op]

    def text(self, case: Case, lang: str) -> str:
        """What a case requires of the software, with its kind of input if it has one."""
        return self.requirement[lang]

    def notation(self, case: Case) -> Notation | None:
        """The notation of the input of a case, or None for an input that the suite makes itself."""
        return None

    def sample_place(self, case: Case) -> int:
        """The number by which cases are sampled as evidence."""
        return case.index

    @abstractmethod
    def question(self, case: Case, specimen: Specimen, agreed: Sequence[Override]) -> Question:
        """The question of a case about a specimen.

        Raises UsageError if the case needs a moved deadline that is not in `agreed`.
        """

    @abstractmethod
    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge the answers to a case."""

    def files(self, asked: AskedCase) -> Files:
        """The files of a case, by role."""
        return self.given(asked) | answer_files(asked)

    @abstractmethod
    def given(self, asked: AskedCase) -> Files:
        """The files of the inputs of a case and of the expected outputs, by role."""


def notation_in_turn(case: Case) -> Notation:
    """The notation in which the generated message of a case is handed over."""
    return notation_of(catalogue().one(case.message), case.route[0], case.index)
