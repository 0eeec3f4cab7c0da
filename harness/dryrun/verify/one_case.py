"""Checks what a bundle says of a case against the recorded answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from harness import clock
from harness.cases.case import Case
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.dryrun.json_shape import Misshapen
from harness.dryrun.manifest import Manifest
from harness.dryrun.pack_bundle import ANSWERS, COLUMNS, VERDICTS, row_of
from harness.dryrun.record import Record
from harness.dryrun.verify.rejudge import Rejudger
from harness.judging.field_tally import FieldTally
from harness.running.case_files import MOST_KEPT, path_of
from harness.running.deviations import DeviationTracker
from harness.running.verdict import skipped
from harness.suites.registry import suite_of
from harness.sut.protocol import RESPOND, Answer
from reports.events.events import CaseFinished, RunStarted
from reports.shared.visible import shortened

_MISSING = "what must be kept of it is not there, or not as it is written"
_ANSWERED = re.compile(r"(ok|refused):[0-9a-f]{64}( (ok|refused):[0-9a-f]{64})*")
_UNFAITHFUL = ("changed", "lost", "cut", "invented")
VerdictRow = list[str]


class Wrong(Exception):
    """A case does not match its record: the code of the fault, and what is wrong."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(what)
        self.fault = code, what


class CaseChecker:
    """Checks one case after the other; `records` are the kept ones of the current type.

    `judged` counts the verdicts derived again, `skipped` the cases never asked; `members` are the
    files of the cases.
    """

    def __init__(self, found: Manifest, started: RunStarted) -> None:
        self.manifest = found
        self.settings = found.about.settings
        self.rejudger = Rejudger(self.settings)
        self.declared = DeviationTracker(started)
        self.judged = self.skipped = 0
        self.kept_files: Counter[str] = Counter()
        self.members = set[str]()
        self.fields = FieldTally()
        self.records: Iterator[bytes] = iter(())

    def case(self, case: Case, specimen: Specimen, recorded: CaseFinished, row: VerdictRow) -> None:
        """Check a case against its recorded event; raises Wrong or Contradiction."""
        if why := self.settings.skipped(case):
            self._same(skipped(case, self.settings.lang, why), recorded)
            self._same_row(recorded, row, "", "", is_kept=False)
            self.skipped += 1
            return
        question = self.rejudger.question(case, specimen)
        asked = Record(case.id, question.inputs, ()).asked
        if row[3] != asked:
            raise Wrong("BUNDLE-INPUT", "not what the case asks, made from its id")
        if recorded.is_quiet and not self.settings.is_sampled(case):
            is_answered = _ANSWERED.fullmatch(row[4]) and row[4].count(" ") == question.legs - 1
            if not is_answered or any(recorded.fidelity.get(name) for name in _UNFAITHFUL):
                raise Wrong("BUNDLE-VERDICT", "no case that can pass")
            self._same(self.declared.judged(self._as_recorded(case, question, recorded)), recorded)
            self._same_row(recorded, row, asked, row[4], is_kept=False)
            return
        record = self._record(case, question.inputs)
        self._same_row(recorded, row, asked, record.answered, is_kept=True)
        self._judged(AskedCase(case, specimen, question, record.answers), record.expected, recorded)

    def _as_recorded(self, case: Case, question: Question, recorded: CaseFinished) -> CaseFinished:
        """The event of a passing case that is not kept, with the values that need its answer."""
        return replace(
            self.rejudger.event(case, "pass", question.gate_lines),
            seconds=recorded.seconds,
            reason=recorded.reason,
            fidelity=recorded.fidelity,
        )

    def _record(self, case: Case, inputs: tuple[bytes, ...]) -> Record:
        line = next(self.records, None)
        try:
            record = Record.from_line(line or b"")
        except Misshapen as error:
            what = f"not as it is written: {shortened(error.where)}" if error.where else _MISSING
            raise Wrong("BUNDLE-ANSWER", what) from None
        self.members.add(f"{ANSWERS}/{case.message}.jsonl")
        if record.case != case.id:
            raise Wrong("BUNDLE-ANSWER", "another case is kept in its place")
        if record.inputs != inputs:
            raise Wrong("BUNDLE-INPUT", "not what the case asks, made from its id")
        if not record.answers:
            raise Wrong("BUNDLE-ANSWER", "no answer is kept")
        if not all(self._is_dated(case, answer) for answer in record.answers):
            raise Wrong("BUNDLE-ANSWER", "an answer of a day that is not of the run")
        return record

    def _is_dated(self, case: Case, answer: Answer) -> bool:
        """Whether a return message was given between the start of the run and now."""
        begun, today = self.declared.started.day, clock.day()
        return begun <= answer.day <= today if case.op == RESPOND else not answer.day

    def _judged(self, asked: AskedCase, expected: bytes | None, recorded: CaseFinished) -> None:
        event, judgement = self.rejudger.judged(asked)
        if judgement.compared is not None:
            self.fields.add(asked.case, asked.specimen, judgement.compared)
        self.judged += 1
        is_quiet = event.is_quiet
        event = replace(self.declared.judged(event), seconds=recorded.seconds)
        self._same_verdict(event, recorded)
        files = {} if is_quiet else suite_of(asked.case).files(asked)
        if expected != (files["expected"][1] if "expected" in files else None):
            raise Wrong("BUNDLE-ANSWER", "another expected message than the case has")
        if files and self._has_files(event):
            event = replace(event, files=self._files(asked.case, files))
        self._same(event, recorded)

    def _has_files(self, event: CaseFinished) -> bool:
        """Whether the files of the case fit the limit."""
        kind = event.verdict if event.verdict in ("xfail", "pass") else "fail"
        self.kept_files[kind] += 1
        return self.kept_files[kind] <= MOST_KEPT

    def _files(self, case: Case, files: dict[str, tuple[str, bytes]]) -> dict[str, str]:
        """The files of a case, each checked against its expected content."""
        paths = {role: path_of(case, role, suffix) for role, (suffix, _) in files.items()}
        for role, path in paths.items():
            sealed = self.manifest.members.get(path)
            if sealed is None or sealed.sha256 != sha256(files[role][1]).hexdigest():
                raise Wrong("BUNDLE-ANSWER", f"not the file that it must be: {path}")
        self.members |= set(paths.values())
        return paths

    def _same_verdict(self, event: CaseFinished, recorded: CaseFinished) -> None:
        if event.verdict != recorded.verdict:
            raise Wrong("BUNDLE-VERDICT", f"{recorded.verdict}, and it comes to {event.verdict}")

    def _same(self, event: CaseFinished, recorded: CaseFinished) -> None:
        self._same_verdict(event, recorded)
        if event != recorded:
            names = [key for key, value in vars(event).items() if vars(recorded)[key] != value]
            raise Wrong("BUNDLE-VERDICT", f"other {', '.join(names)} than it comes to")

    def _same_row(
        self, recorded: CaseFinished, row: VerdictRow, asked: str, answered: str, *, is_kept: bool
    ) -> None:
        expected = row_of(recorded, asked, answered, is_kept)
        for name, one, other in zip(COLUMNS, row, expected, strict=True):
            if one != other:
                raise Wrong("BUNDLE-VERDICT", f"{VERDICTS}: another {name} than it comes to")
