"""Reduces a message that shows a failure: record by record, then value by value."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generators.content.content import Content
from generators.cutting.apply_cuts import smaller
from generators.cutting.cuts import Cut, TextCut, long_texts, record_cuts, value_cuts
from harness.cases.question import AskedCase, on_route
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge
from harness.suites.registry import suite_of
from harness.sut.protocol import TIMEOUT, Sut
from reports.events.events import Finding
from reports.events.finding_place import place_of, without_places
from schemas.errors import Refused
from schemas.facts.finding_codes import preventing
from schemas.releases.read_write import read

# The limits of one reduction: requests to the software, and seconds.
MOST_ASKED = 300
MOST_SECONDS = 4.0

# Identifies a finding: code, field and rule; for a refusal its reason without digits.
Mark = tuple[str, str, str]


def mark_of(finding: Finding) -> Mark:
    """What identifies a finding in another message."""
    place = without_places(finding.xml.path) if finding.xml else place_of(finding)
    said = re.sub("[0-9]+", "#", finding.actual) if finding.code == "SUT-REFUSED" else finding.rule
    return finding.code, place, said


class _OutOfBounds(Exception):
    """The limits of the reduction are reached."""


@dataclass(frozen=True)
class Reduced:
    """The smallest message found, its finding, and how the search `ended`.

    `times` is the number of requests to the software.
    """

    asked: AskedCase
    finding: Finding
    times: int
    ended: str


class Reduction:
    """Reduces one failing content; every candidate is judged as its case is."""

    def __init__(self, asked: AskedCase, judge: Judge, sut: Sut) -> None:
        self.case = asked.case
        self.source = asked.case.route[0]
        self.judge = judge
        self.sut = sut
        self.asked = asked
        self.times = 0
        self.rejected: set[bytes] = set()

    @property
    def best(self) -> Specimen:
        """The smallest message so far."""
        return self.asked.specimen

    def run(self, finding: Finding, seconds: float) -> Reduced:
        """Reduce the message within `seconds`."""
        self.finding, self.mark = finding, mark_of(finding)
        self.deadline = time.monotonic() + seconds
        ended = "complete"
        try:
            # Stateful software may fail only after certain messages: the second try runs after a
            # known one.
            content = self.best.content
            again = all(self.ask(self.with_cuts(content, [])) for _ in range(2))
            if again:
                self.all_steps()
            else:
                ended = "not-again"
        except _OutOfBounds:
            ended = "cut-off"
        return Reduced(self.asked, self.finding, self.times, ended)

    def all_steps(self) -> None:
        """Cut in large groups first, then one by one until nothing more can go."""
        self.cut_all(lambda cuts: [cuts])
        self.cut_texts()
        before = None
        while before is not self.best:
            before = self.best
            self.cut_all(lambda cuts: [[cut] for cut in cuts])

    def cut_all(self, together: Callable[[list[Cut]], list[list[Cut]]]) -> None:
        """Cut records from the top down, then values; `together` groups the cuts to try at once."""
        depth = 1
        while cuts := record_cuts(self.best.content, depth):
            self.cut(together(cuts))
            depth += 1
        message = self.best.message
        self.cut(together(value_cuts(message, self.best.content, self.source)))

    def cut(self, groups: Sequence[list[Cut]]) -> None:
        """Cut what each group allows: all of it, or else its halves."""
        base, taken = self.best.content, list[Cut]()
        waiting = [group for group in reversed(groups) if group]
        while waiting:
            group = waiting.pop()
            if self.shows(base, [*taken, *group]):
                taken += group
            elif len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]

    def cut_texts(self) -> None:
        """Shorten long texts to their minimum, or else to what the finding needs."""
        texts = long_texts(self.best.message, self.best.content, self.source)
        least: list[Cut] = [replace(text, end=end) for text, end in texts]
        self.cut([least])
        for text, end in long_texts(self.best.message, self.best.content, self.source):
            self.narrow(text, end)

    def narrow(self, text: TextCut, least: int) -> None:
        """Find the shortest start of a text that shows the finding, then its shortest end."""
        base = self.best.content
        end = self.shortest(base, least, text.end, lambda size: replace(text, end=size))
        self.shortest(base, least, end, lambda size: replace(text, start=end - size, end=end))

    def shortest(
        self, base: Content, least: int, length: int, part: Callable[[int], TextCut]
    ) -> int:
        """The shortest part of a text that still shows the finding, by bisection."""
        too_short = least - 1
        while length - too_short > 1:
            middle = (too_short + length) // 2
            if self.shows(base, [part(middle)]):
                length = middle
            else:
                too_short = middle
        return length

    def shows(self, base: Content, cuts: Sequence[Cut]) -> bool:
        """Whether the finding still shows; if so, the candidate is the smallest so far."""
        if time.monotonic() > self.deadline:
            raise _OutOfBounds
        specimen = self.with_cuts(base, cuts)
        if _size(specimen, self.source) >= _size(self.best, self.source):
            return False
        if not self.is_valid(specimen) or specimen.sources[self.source] in self.rejected:
            return False
        return self.ask(specimen)

    def with_cuts(self, base: Content, cuts: Sequence[Cut]) -> Specimen:
        """The specimen of a content after some cuts."""
        return self.best.about(smaller(self.best.message, base, cuts))

    def is_valid(self, specimen: Specimen) -> bool:
        """Whether the message and its expected conversions are valid."""
        route = self.case.route
        try:
            messages = [(specimen.sources[self.source], self.source)]
            messages += [(specimen.expected_bytes(release), release) for release in route[1:]]
        except Refused:
            return False
        readings = (read(data, release, self.judge.schemas) for data, release in messages)
        return not any(preventing(reading.faults) for reading in readings)

    def ask(self, specimen: Specimen) -> bool:
        """Whether the software still shows the finding; a timeout ends the reduction."""
        if self.times >= MOST_ASKED:
            raise _OutOfBounds
        self.times += 1
        question = on_route(specimen, self.case.route)
        asked = AskedCase(self.case, specimen, question, question.ask(self.sut))
        judgement = suite_of(self.case).judge(asked, self.judge)
        if judgement.answer.status == TIMEOUT:
            raise _OutOfBounds
        found = [item for item in judgement.findings if mark_of(item) == self.mark]
        if not found:
            self.rejected.add(specimen.sources[self.source])
            return False
        self.asked, self.finding = asked, found[0]
        return True


def _size(specimen: Specimen, release: str) -> tuple[int, int]:
    """The size of a message: its number of records and values, then the length of its texts."""
    values = [node.copied() for node in specimen.trees[release].walk()]
    return sum(1 + len(own) for own in values), sum(len("".join(own.values())) for own in values)
