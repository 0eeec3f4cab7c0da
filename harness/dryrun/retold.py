"""Whether a bundle holds the cases of its run, and each verdict is the one that it comes to."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import StringIO

from generators.shapes import forget
from harness.cases import Case
from harness.declared import Declared
from harness.dryrun import manifest
from harness.dryrun.again import Again, Contradiction, in_order
from harness.dryrun.archive import Archive
from harness.dryrun.manifest import Manifest
from harness.dryrun.pack import ANSWERS, COLUMNS, FINDINGS, REPORTS, VERDICTS, row_of, table
from harness.dryrun.record import Record
from harness.dryrun.told import WRONG, Told, lines_of
from harness.exchange import Exchange
from harness.fields import FieldTally
from harness.kept import MOST_KEPT, contents, path_of
from harness.made import Made, answer_of
from reports.bundle import BundleFault
from reports.events import CaseFinished, FieldsCounted
from schemas.errors import IkeurError

_ANSWERED = re.compile(r"[a-z]+:[0-9a-f]{64}( [a-z]+:[0-9a-f]{64})?")
_Row = list[str]


class _Wrong(Exception):
    """What is stored of a case is not what must be: the code of the fault, and what."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(what)
        self.fault = code, what


class Retold:
    """Goes through the cases of a bundle, in the order of its run.

    `cases` counts those that were looked at, `judged` those of which the verdict was derived again.
    """

    def __init__(self, archive: Archive, found: Manifest, told: Told) -> None:
        self.archive = archive
        self.manifest = found
        self.told = told
        self.settings = found.about.settings
        self.again = Again(self.settings)
        self.declared = Declared(told.started)
        self.cases = self.judged = 0
        self.kept_files: Counter[bool] = Counter()
        self.members = {*REPORTS, VERDICTS, *([manifest.SIGNER] if found.signer else [])}
        self.members |= {FINDINGS} & set(archive.places)
        self.fields = FieldTally()
        self.counted: list[FieldsCounted] = []
        self.records: Iterator[bytes] = iter(())

    def faults(self) -> Iterator[BundleFault]:
        """What does not hold; a fault that leaves no way to go on is the last."""
        try:
            yield from self._all()
        except _Wrong as error:
            yield BundleFault(*error.fault)
        except (*WRONG, csv.Error):
            yield BundleFault("BUNDLE-REPORT", "not results as they are written", REPORTS[0])

    def _all(self) -> Iterator[BundleFault]:
        rows, told = self._rows(), self.told.cases()
        digest, name = sha256(_rows_text([])), ""
        for exchange, cases in in_order(self.settings):
            if exchange.message.name != name:
                self._ended(name)
                name = exchange.message.name
                self.records = self._lines(f"{ANSWERS}/{name}.jsonl")
            for case in cases:
                event, row = next(told, None), next(rows, None)
                if event is None or row is None or not event.id == row[0] == case.id:
                    raise _Wrong("BUNDLE-CASES", f"not the case {case.id}, which its run has here")
                self.cases += 1
                try:
                    self._case(case, exchange, event, row)
                except (_Wrong, Contradiction, IkeurError) as error:
                    code, what = getattr(error, "fault", ("BUNDLE-ANSWER", str(error)))
                    yield BundleFault(code, what, case.id)
                digest.update(_row_text(row))
        self._ended(name)
        if next(told, None) or next(rows, None):
            raise _Wrong("BUNDLE-CASES", "more cases than its run has")
        yield from self._whole(digest.hexdigest())

    def _whole(self, verdicts: str) -> Iterator[BundleFault]:
        """What is known once all cases were seen."""
        if verdicts != self.manifest.members[VERDICTS].sha256:
            yield BundleFault("BUNDLE-CASES", "not a table as it is written", VERDICTS)
        if tuple(self.declared.ended()) != self.told.deviations:
            yield BundleFault("BUNDLE-VERDICT", "other declared deviations", REPORTS[0])
        if self.settings.kept_one_in == 1 and tuple(self.counted) != self.told.fields:
            yield BundleFault("BUNDLE-REPORT", "other counts of the fields", REPORTS[0])
        for name in sorted(set(self.manifest.members) - self.members):
            yield BundleFault("BUNDLE-FILES", "a file that belongs to no case", name)

    def _ended(self, name: str) -> None:
        """The end of a message type: nothing may be left of its kept cases."""
        forget()
        self.counted += self.fields.events()
        if next(self.records, None) is not None:
            raise _Wrong("BUNDLE-CASES", f"more kept cases of {name} than its verdicts have")

    def _rows(self) -> Iterator[_Row]:
        if VERDICTS not in self.archive.places:
            raise _Wrong("BUNDLE-FILES", f"no {VERDICTS}")
        lines = lines_of(self.archive.content(VERDICTS))
        next(lines, None)
        for row in csv.reader(line.decode("ascii") for line in lines):
            if len(row) != len(COLUMNS):
                raise _Wrong("BUNDLE-CASES", f"not a table as it is written: {VERDICTS}")
            yield row

    def _lines(self, name: str) -> Iterator[bytes]:
        if name not in self.archive.places:
            return iter(())
        return lines_of(self.archive.content(name))

    def _case(self, case: Case, exchange: Exchange, told: CaseFinished, row: _Row) -> None:
        if not self.settings.claims(case):
            self._same(self.again.event(case, "skip"), told)
            self._same_row(told, row, "", "", is_kept=False)
            return
        own = self.again.asked(case, exchange)
        inputs = own.inputs if own else (exchange.sources[case.route[0]],)
        asked = Record(case.id, inputs, ()).asked
        if row[3] != asked:
            raise _Wrong("BUNDLE-INPUT", "not what the case asks, made from its id")
        if told.verdict == "pass" and not self.settings.is_sampled(case):
            if not _ANSWERED.fullmatch(row[4]) or any(item.blocking for item in told.findings):
                raise _Wrong("BUNDLE-VERDICT", "no case that can pass")
            self._same(self.declared.judged(self._as_told(case, own, told)), told)
            self._same_row(told, row, asked, row[4], is_kept=False)
            return
        record = self._record(case, inputs)
        self._same_row(told, row, asked, record.answered, is_kept=True)
        self._judged(case, exchange, own, record, told)

    def _as_told(self, case: Case, own: Made | None, told: CaseFinished) -> CaseFinished:
        """The event of a case that passes and is not kept, with what only its answer could say."""
        return replace(
            self.again.event(case, "pass", own),
            seconds=told.seconds,
            reason=told.reason,
            findings=told.findings,
            fidelity=told.fidelity,
        )

    def _record(self, case: Case, inputs: tuple[bytes, ...]) -> Record:
        line = next(self.records, None)
        try:
            record = Record.from_line(line or b"")
        except ValueError:
            raise _Wrong("BUNDLE-ANSWER", "what must be kept of it is not there") from None
        self.members.add(f"{ANSWERS}/{case.message}.jsonl")
        if record.case != case.id:
            raise _Wrong("BUNDLE-ANSWER", "another case is kept in its place")
        if record.inputs != inputs:
            raise _Wrong("BUNDLE-INPUT", "not what the case asks, made from its id")
        if not record.answers:
            raise _Wrong("BUNDLE-ANSWER", "no answer is kept")
        return record

    def _judged(
        self, case: Case, exchange: Exchange, own: Made | None, record: Record, told: CaseFinished
    ) -> None:
        event, judgement = self.again.judged(case, exchange, own, record)
        if own is None and judgement.compared is not None:
            self.fields.add(case, exchange, judgement.compared)
        self.judged += 1
        is_red = event.verdict != "pass"
        event = replace(self.declared.judged(event), seconds=told.seconds)
        self._same_verdict(event, told)
        answer = answer_of(case, record.answers)
        about = own.about if own and own.about else exchange
        files = contents(case, about, answer, own) if is_red else {}
        if record.expected != (files["expected"][1] if "expected" in files else None):
            raise _Wrong("BUNDLE-ANSWER", "another expected message than the case has")
        if files and self._has_files(event):
            event = replace(event, files=self._files(case, files))
        self._same(event, told)

    def _has_files(self, event: CaseFinished) -> bool:
        """Whether there was still room for the files of a case."""
        is_declared = event.verdict == "xfail"
        self.kept_files[is_declared] += 1
        return self.kept_files[is_declared] <= MOST_KEPT

    def _files(self, case: Case, files: dict[str, tuple[str, bytes]]) -> dict[str, str]:
        """The files of a red case, each held against what it must be."""
        paths = {role: path_of(case, role, suffix) for role, (suffix, _) in files.items()}
        for role, path in paths.items():
            sealed = self.manifest.members.get(path)
            if sealed is None or sealed.sha256 != sha256(files[role][1]).hexdigest():
                raise _Wrong("BUNDLE-ANSWER", f"not the file that it must be: {path}")
        self.members |= set(paths.values())
        return paths

    def _same_verdict(self, event: CaseFinished, told: CaseFinished) -> None:
        if event.verdict != told.verdict:
            raise _Wrong("BUNDLE-VERDICT", f"{told.verdict}, and it comes to {event.verdict}")

    def _same(self, event: CaseFinished, told: CaseFinished) -> None:
        self._same_verdict(event, told)
        if event != told:
            names = [key for key, value in vars(event).items() if vars(told)[key] != value]
            raise _Wrong("BUNDLE-VERDICT", f"other {', '.join(names)} than it comes to")

    def _same_row(
        self, told: CaseFinished, row: _Row, asked: str, answered: str, *, is_kept: bool
    ) -> None:
        expected = row_of(told, asked, answered, is_kept)
        for name, one, other in zip(COLUMNS, row, expected, strict=True):
            if one != other:
                raise _Wrong("BUNDLE-VERDICT", f"{VERDICTS}: another {name} than it comes to")


def _rows_text(rows: list[_Row]) -> bytes:
    file = StringIO()
    table(file).writerows(rows)
    return file.getvalue().encode()


def _row_text(row: _Row) -> bytes:
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerow(row)
    return file.getvalue().encode()
