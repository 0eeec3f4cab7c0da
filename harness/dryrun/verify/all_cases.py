"""Checks that a bundle has the cases of its run, each with the verdict that it deserves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO

from harness.dryrun import manifest, shapes
from harness.dryrun.json_shape import Misshapen
from harness.dryrun.manifest import Manifest
from harness.dryrun.pack_bundle import ANSWERS, COLUMNS, VERDICTS, table
from harness.dryrun.verify.one_case import CaseChecker, VerdictRow, Wrong
from harness.dryrun.verify.rejudge import Contradiction, in_order
from harness.dryrun.verify.results import ResultsFile, lines_of
from harness.dryrun.zip_archive import Archive
from reports.dryrun.bundle_text import BundleFault
from reports.events.events import FieldsCounted
from reports.run import registry
from reports.run.results_json import NAME as RESULTS
from reports.shared.visible import shortened
from schemas.errors import IkeurError

_MOST_OF_ROW = 1 << 20


class BundleCases:
    """Checks the cases of a bundle, in the order of its run.

    `cases` is the number of cases checked.
    """

    def __init__(self, archive: Archive, found: Manifest, results: ResultsFile) -> None:
        self.archive = archive
        self.manifest = found
        self.results = results
        self.checker = CaseChecker(found, results.started)
        self.cases = 0
        self.counted: list[FieldsCounted] = []

    @property
    def judged(self) -> int:
        """The number of verdicts derived again."""
        return self.checker.judged

    @property
    def members(self) -> set[str]:
        """The members that belong in the bundle, as far as it was checked."""
        reports = set(registry.REPORTS)
        own = {VERDICTS, *([manifest.SIGNER] if self.manifest.signer else [])}
        return reports | own | self.checker.members

    def faults(self) -> Iterator[BundleFault]:
        """The faults; one that rules out going on is the last."""
        try:
            yield from self._all()
        except Wrong as error:
            yield BundleFault(*error.fault)
        except Misshapen as error:
            where = f": {shortened(error.where)}" if error.where else ""
            yield BundleFault("BUNDLE-REPORT", "not as it is written", f"{RESULTS}{where}")

    def _all(self) -> Iterator[BundleFault]:
        rows, events = self._rows(), self.results.cases()
        digest, name = sha256(_rows_text([])), ""
        for specimen, cases in in_order(self.checker.settings):
            if specimen.message.name != name:
                self._ended(name)
                name = specimen.message.name
                self.checker.records = self._lines(f"{ANSWERS}/{name}.jsonl")
            for case in cases:
                event, row = next(events, None), next(rows, None)
                if event is None or row is None or not event.id == row[0] == case.id:
                    raise Wrong("BUNDLE-CASES", f"not the case {case.id}, which its run has here")
                self.cases += 1
                try:
                    self.checker.case(case, specimen, event, row)
                except (Wrong, Contradiction, IkeurError) as error:
                    code, what = getattr(error, "fault", ("BUNDLE-ANSWER", str(error)))
                    yield BundleFault(code, what, case.id)
                digest.update(_row_text(row))
        self._ended(name)
        if next(events, None) or next(rows, None):
            raise Wrong("BUNDLE-CASES", "more cases than its run has")
        yield from self._whole(digest.hexdigest())

    def _whole(self, verdicts: str) -> Iterator[BundleFault]:
        """Checks that need all cases."""
        if verdicts != self.manifest.members[VERDICTS].sha256:
            yield BundleFault("BUNDLE-CASES", "not a table as it is written", VERDICTS)
        if tuple(self.checker.declared.ended()) != self.results.deviations:
            yield BundleFault("BUNDLE-VERDICT", "other declared deviations", RESULTS)
        if self.checker.settings.kept_one_in == 1 and tuple(self.counted) != self.results.fields:
            yield BundleFault("BUNDLE-REPORT", "other counts of the fields", RESULTS)
        for name in sorted(set(self.manifest.members) - self.members):
            yield BundleFault("BUNDLE-FILES", "a file that belongs to no case", name)

    def _ended(self, name: str) -> None:
        """End a message type: none of its kept cases may be left."""
        self.counted += self.checker.fields.events()
        if next(self.checker.records, None) is not None:
            raise Wrong("BUNDLE-CASES", f"more kept cases of {name} than its verdicts have")

    def _rows(self) -> Iterator[VerdictRow]:
        if VERDICTS not in self.archive.places:
            raise Wrong("BUNDLE-FILES", f"no {VERDICTS}")
        try:
            lines = lines_of(self.archive.content(VERDICTS), _MOST_OF_ROW)
            next(lines, None)
            for row in csv.reader(line.decode("ascii") for line in lines):
                shapes.verdicts().hold(dict(zip(COLUMNS, row, strict=True)))
                yield row
        except (ValueError, csv.Error):
            raise Wrong("BUNDLE-CASES", f"not a table as it is written: {VERDICTS}") from None

    def _lines(self, name: str) -> Iterator[bytes]:
        if name not in self.archive.places:
            return iter(())
        return lines_of(self.archive.content(name))


def _rows_text(rows: list[VerdictRow]) -> bytes:
    file = StringIO()
    table(file).writerows(rows)
    return file.getvalue().encode()


def _row_text(row: VerdictRow) -> bytes:
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerow(row)
    return file.getvalue().encode()
