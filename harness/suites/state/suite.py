"""The suite `state`: a message comes out the same, whatever is under way or came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from harness.cases.case import Case, there
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.cases.turns import ROUND
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement, merged, reproduce
from harness.suites.conversion.convert import Convert
from harness.suites.files import TEXT, Files
from harness.suites.state.kinds import AGAIN, UNDER_WAY, kinds
from harness.suites.state.messages import asked_about
from harness.suites.suite import Agreed, Suite, Text
from harness.sut.files.suffix import SUFFIX
from harness.sut.protocol import Answer, Request
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import MOST_FAULTS
from schemas.switch.overrides import Override

# Behind the other messages of a round.
_INDEX = ROUND - 1


class State(Suite):
    """Converts messages while others are under way, and after others like them."""

    name = "state"
    requirement: ClassVar[Text] = {
        "en": "A message is converted as it is alone, whatever is under way or came before it.",
        "nl": "Een bericht wordt geconverteerd zoals het alleen zou worden, wat er ook onderweg is "
        "of eraan voorafging.",
    }

    def cases(self, message: MessageType, seed: int, index: int, agreed: Agreed = ()) -> list[Case]:
        """Those that come again, at one index of a run of the default count."""
        kinds_here = [AGAIN] if index == _INDEX else []
        return self._both_ways(message, seed, index, kinds_here)

    def planned(self, message: MessageType, seed: int, count: int, agreed: Agreed) -> int:
        """The number of cases at the index, if the run reaches it."""
        return len(self.cases(message, seed, _INDEX, agreed)) if count > _INDEX else 0

    def once(self, message: MessageType, seed: int) -> list[Case]:
        """Each other kind in each direction."""
        return self._both_ways(message, seed, 0, [kind for kind in kinds() if kind != AGAIN])

    def _both_ways(
        self, message: MessageType, seed: int, index: int, some: Sequence[str]
    ) -> list[Case]:
        routes = [there(release) for release in RELEASES if message.convertible]
        return [self.case(message, route, seed, index, kind) for kind in some for route in routes]

    def has(self, case: Case, message: MessageType) -> bool:
        """Whether the case is one of those that run once, or at its index."""
        found = self.once(message, case.seed) + self.cases(message, case.seed, case.index)
        return case in found

    def text(self, case: Case, lang: str) -> str:
        """The requirement, with the circumstance."""
        return f"{self.requirement[lang]} {kinds()[case.kind].what[lang]}"

    def question(
        self,
        case: Case,
        specimen: Specimen,
        agreed: Sequence[Override] = (),
    ) -> Question:
        """The messages of the kind."""
        requests, about = zip(*asked_about(case, specimen), strict=True)
        together, again = kinds()[case.kind].together, case.kind == AGAIN
        return Question(requests, about=about, together=together, again=again)

    def judge(self, asked: AskedCase, judge: Judge) -> Judgement:
        """Judge each message in its own direction, up to the limit of findings."""
        case, found, room = asked.case, list[Judgement](), MOST_FAULTS
        for request, about, answer in _to_judge(asked):
            route = request.source, request.target
            alone = Case(Convert.name, case.message, route, case.seed, about.index)
            one = judge.converted(alone, about, answer, Conversion.all_faults, room)
            room = max(room - len(one.findings), 0)
            again = reproduce(alone if case.kind == UNDER_WAY else case)
            one.findings = [
                replace(item, case=case.id, suite=case.suite, reproduce=again)
                for item in one.findings
            ]
            found.append(one)
        return merged(found, asked.answer)

    def files(self, asked: AskedCase) -> Files:
        """The inputs, and the answer to the first message that comes out otherwise."""
        request, _, answer = shown(asked)
        files = self.given(asked)
        if answer and answer.output:
            files["actual"] = SUFFIX[request.target], answer.output
        if answer and answer.reason:
            files["reason"] = TEXT, answer.reason.encode("utf-8", "backslashreplace")
        return files

    def given(self, asked: AskedCase) -> Files:
        """The different inputs in the order in which they are asked, and one expected output."""
        inputs = {request.data: SUFFIX[request.source] for request in asked.question.requests}
        roles = ["input", *(f"input-{number}" for number in range(2, len(inputs) + 1))]
        files = {
            role: (suffix, data) for role, (data, suffix) in zip(roles, inputs.items(), strict=True)
        }
        request, about, _ = shown(asked)
        return files | {"expected": (SUFFIX[request.target], about.expected_bytes(request.target))}


def _to_judge(asked: AskedCase) -> Iterable[tuple[Request, Specimen, Answer]]:
    """Each answer with its request and specimen; those that come again and are the same, once."""
    question = asked.question
    items = [*zip(question.requests, question.about, asked.answers, strict=True)]
    if not question.again:
        return items
    return {(one, its.status, its.output): (one, about, its) for one, about, its in items}.values()


def shown(asked: AskedCase) -> tuple[Request, Specimen, Answer | None]:
    """The first request whose answer is not as ikeur writes it, or the last; with its answer."""
    items = asked_about(asked.case, asked.specimen)
    answered = [
        (*item, answer) for item, answer in zip(items, asked.answers, strict=bool(asked.answers))
    ]
    others = (one for one in answered if not one[1].says_expected(one[2].output, one[0].target))
    return next(others, answered[-1] if answered else (*items[-1], None))
