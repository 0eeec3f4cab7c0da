"""Judges the messages that were converted under load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from harness.bench.deviations import BenchDeviations
from harness.bench.measure import LoadAnswers
from harness.bench.settings import Lot
from harness.bench.store import AnswerHistory, Codes, Store, digest
from harness.cases.case import Case, Route
from harness.cases.question import AskedCase, on_route
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.judging.judge import Judge
from harness.running.case_files import Keeper
from harness.sut.protocol import OK, REFUSED, UNASKED, Answer
from reports.bench.results import BenchFinding
from reports.events.events import Finding
from reports.layout.addresses import command_for

UNSTEADY = "BENCH-WRONG"
_JUDGE = Judge("ABC")
# The most findings of one answer, and the most kinds of finding reported.
_MOST_FINDINGS, _MOST_TOLD = 20, 200
# Messages may be large: the most example files, and their most bytes in total.
_MOST_KEPT, _MOST_KEPT_BYTES = 40, 64 * 1024 * 1024
# A kind of finding: its code, its deviation, message type, direction and size.
_Key = tuple[str, int, str, str, int]


def _judged(
    case: Case, specimen: Specimen, answer: Answer, most: int | None = None
) -> list[Finding]:
    """The findings of an answer, at most `most`."""
    return _JUDGE.converted(case, specimen, answer, Conversion.content_faults, most).findings


@dataclass
class Fidelity:
    """Judges answers as they arrive, and keeps the findings to report.

    `reproduce` is the command of the bench without message types and sizes.
    """

    store: Store
    keeper: Keeper
    reproduce: str
    declared: BenchDeviations = field(default_factory=BenchDeviations)
    tallies: Counter[str] = field(default_factory=Counter)
    by_lot: dict[tuple[Lot, Route], Counter[str]] = field(default_factory=dict)
    findings: dict[_Key, BenchFinding] = field(default_factory=dict)
    _kept_bytes: int = 0
    _last: tuple[Lot, int, Specimen] | None = None

    def judge(self, lot: Lot, route: Route, asked: LoadAnswers) -> None:
        """Judge the answers to the messages of a lot, except those never asked."""
        for index in range(lot.count):
            for answers, is_crowded in ((asked.alone, False), (asked.together, True)):
                if answers and answers[index].status != UNASKED:
                    self.judge_one(lot, route, index, answers[index], is_crowded=is_crowded)
        self._last = None

    def judge_one(
        self, lot: Lot, route: Route, index: int, answer: Answer, *, is_crowded: bool
    ) -> None:
        """Judge the answer to one message; `is_crowded`: others were under way."""
        verdict = self._one(lot, route, index, answer)
        # Software that crashes or refuses gets findings of its own.
        if verdict in ("right", "wrong"):
            self.store.known[lot, route, index].count(verdict == "right", is_crowded)
        self.tallies[verdict] += 1
        self.by_lot.setdefault((lot, route), Counter())[verdict] += 1

    def _one(self, lot: Lot, route: Route, index: int, answer: Answer) -> str:
        """The verdict on an answer: right, declared, wrong, refused or failed."""
        known, mark = self.store.known[lot, route, index], digest(answer.output)
        if answer.status == OK and mark in known.judged:
            verdict, codes = known.judged[mark]
        else:
            verdict, codes = self._judged(lot, route, index, answer)
        if answer.status == OK:
            known.remember(mark, verdict, codes)
        self._count(lot, route, codes)
        return verdict

    def _judged(self, lot: Lot, route: Route, index: int, answer: Answer) -> tuple[str, Codes]:
        """The verdict on a new answer, with the codes of its findings."""
        specimen = self._specimen(lot, index)
        case = Case("convert", lot.message.name, route, specimen.seed, index, f"clients-{lot.size}")
        found = self._found(case, specimen, answer)
        self._tell(lot, case, specimen, answer, found)
        codes = tuple(dict.fromkeys((finding.code, finding.deviation) for finding in found))
        if any(finding.fails for finding in found):
            return {OK: "wrong", REFUSED: "refused"}.get(answer.status, "failed"), codes
        return "declared" if any(finding.blocking for finding in found) else "right", codes

    def _found(self, case: Case, specimen: Specimen, answer: Answer) -> list[Finding]:
        """The findings of an answer; all of them if the first do not decide the verdict."""
        some = _judged(case, specimen, answer, _MOST_FINDINGS)
        found = [self.declared.marked(finding) for finding in some]
        if len(found) < _MOST_FINDINGS or any(finding.fails for finding in found):
            return found
        every = _judged(case, specimen, answer)
        return [self.declared.marked(finding) for finding in every]

    def _specimen(self, lot: Lot, index: int) -> Specimen:
        """The specimen of a message, cached for consecutive answers."""
        if self._last is None or self._last[:2] != (lot, index):
            self._last = lot, index, self.store.specimen(lot, index)
        return self._last[2]

    def _tell(
        self, lot: Lot, case: Case, specimen: Specimen, answer: Answer, found: Sequence[Finding]
    ) -> None:
        """Keep the first finding of each kind as its example."""
        for example in found:
            key = (example.code, example.deviation, case.message, case.direction, lot.size)
            if key not in self.findings and len(self.findings) < _MOST_TOLD:
                self.findings[key] = BenchFinding(
                    code=example.code,
                    blocking=example.fails,
                    message=case.message,
                    direction=case.direction,
                    size=lot.size,
                    count=0,
                    expected=example.expected,
                    actual=example.actual,
                    where=example.where,
                    layout=command_for(example),
                    evidence=example.evidence,
                    reproduce=self._again(lot),
                    deviation=example.deviation,
                    files=self._kept(case, specimen, answer),
                )

    def _count(self, lot: Lot, route: Route, codes: Codes) -> None:
        """Count an answer with findings of these codes."""
        for code, deviation in codes:
            key = (code, deviation, lot.message.name, "-".join(route), lot.size)
            if known := self.findings.get(key):
                self.findings[key] = replace(known, count=known.count + 1)

    def _kept(self, case: Case, specimen: Specimen, answer: Answer) -> dict[str, str]:
        """The files of an example, within the limits of number and size."""
        size = 2 * len(specimen.sources[case.route[0]]) + len(answer.output)
        if self.keeper.kept >= _MOST_KEPT or self._kept_bytes + size > _MOST_KEPT_BYTES:
            return {}
        self._kept_bytes += size
        return self.keeper.keep(
            AskedCase(case, specimen, on_route(specimen, case.route), (answer,))
        )

    def _again(self, lot: Lot) -> str:
        """The command that repeats the bench for these messages only."""
        return f"{self.reproduce} --messages {lot.message.name} --sizes {lot.among or lot.size}"

    def all_findings(self) -> list[BenchFinding]:
        """All findings; first those of messages that came out both right and wrong."""
        often = sorted(self.findings.values(), key=lambda item: (not item.blocking, -item.count))
        return [*self._unsteady(), *often]

    def _unsteady(self) -> Iterator[BenchFinding]:
        found: dict[tuple[Lot, Route], list[AnswerHistory]] = {}
        for (lot, route, _), known in self.store.known.items():
            if known.is_unsteady:
                found.setdefault((lot, route), []).append(known)
        for (lot, route), some in found.items():
            yield self._of_unsteady(lot, route, some)

    def _of_unsteady(self, lot: Lot, route: Route, known: Sequence[AnswerHistory]) -> BenchFinding:
        wrong = sum(item.times_wrong for item in known)
        times, crowded = sum(item.times for item in known), sum(item.crowded for item in known)
        return BenchFinding(
            code=UNSTEADY,
            blocking=True,
            message=lot.message.name,
            direction="-".join(route),
            size=lot.size,
            count=wrong,
            expected=f"right each of {times} times, with {len(known)} different messages",
            actual=f"wrong {wrong} of them, {crowded} with others under way",
            reproduce=self._again(lot),
        )
