"""Audits a mailbox: indexes its files, judges them, and reads back the problems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from harness.mailbox import manifest, problems
from harness.mailbox.deadlines import Deadlines
from harness.mailbox.files import walk
from harness.mailbox.index import Index, encoded
from harness.mailbox.judging import judge
from harness.mailbox.pieces import Item, Piece, named
from harness.mailbox.problems import blocks, file_row
from harness.version import version
from reports.pairs.results import PairsSummary, Partner, Problem
from schemas.errors import UsageError
from schemas.header.header import Header
from schemas.header.read import read_header
from schemas.message.byte_order import marked
from schemas.message.fault import Fault
from schemas.retour.pair import HEEN

_BATCH = 1000
_DIGEST = 16
_MISSING = "select path from moment except select path from message except select path from problem"


class MailboxAudit:
    """An audit with its index, which must stay open while results are read."""

    def __init__(
        self,
        mailbox: Path,
        index: Index,
        deadlines: Deadlines,
        times: Path | None = None,
        block_on: str = "ABC",
    ) -> None:
        self.mailbox, self.index, self.deadlines = mailbox, index, deadlines
        self.times, self.block_on = times, block_on
        self.files = 0

    def run(self, advance: Callable[[int], None]) -> None:
        """Run the audit; `advance` gets the number of files read.

        Raises UsageError if the mailbox cannot be listed or is empty, or if the times are invalid.
        """
        if self.times:
            manifest.load(self.times, self.index)
        found = walk(str(self.mailbox))
        while batch := list(islice(found, _BATCH)):
            self._take(batch)
            advance(len(batch))
        if not self.files:
            # Passing an empty mailbox would be misleading.
            do = "name a folder with messages"
            raise UsageError("USE-FILE", "no file in it", str(self.mailbox), do)
        self._tell_missing()
        judge(self.index, self.deadlines, self.block_on)

    def _take(self, batch: list[Item]) -> None:
        """Index the messages of a batch of files, and their faults."""
        messages, wrong = [], []
        for item in batch:
            path = encoded(item.path)
            if isinstance(item, Piece):
                reading = read_header(item.start, item.end)
                faults = [named(fault, item.path) for fault in reading.faults]
                if reading.header:
                    messages.append(_row(reading.header, item, path))
            else:
                faults = [Fault(item.code, item.what)]
            wrong += [self._problem(path, fault) for fault in faults]
        self.files += len(batch)
        self.index.insert("message", messages)
        self.index.insert("problem", wrong)

    def _problem(self, path: bytes, fault: Fault) -> tuple[object, ...]:
        return file_row(path, fault, blocks(fault.code, fault.evidence, self.block_on))

    def _tell_missing(self) -> None:
        paths = self.index.db.execute(_MISSING)
        fault = Fault("FILE-MISSING")
        self.index.insert("problem", (self._problem(path, fault) for (path,) in paths))

    @cached_property
    def summary(self) -> PairsSummary:
        """The figures of the audit."""
        totals = "select count(*), total(messages), total(asked), total(answered) from partner"
        partners, messages, asked, answered = map(int, self.index.db.execute(totals).fetchone())
        codes = (
            "select code, sum(blocking), sum(not blocking) from problem group by rank order by rank"
        )
        return PairsSummary(
            version=version(),
            mailbox=str(self.mailbox),
            switch="-".join(self.deadlines.releases),
            overrides=self.deadlines.overrides,
            overrides_used=len(self.deadlines.used),
            with_times=self.times is not None,
            files=self.files,
            messages=messages,
            asked=asked,
            answered=answered,
            partners=partners,
            codes={code: (red, told) for code, red, told in self.index.db.execute(codes)},
        )

    def problems(self, code: str = "", most: int = -1) -> Iterator[Problem]:
        """The problems, optionally of one code, in the order of the reports; at most `most`."""
        return problems.read(self.index.db, code, most)

    def partners(self, most: int = -1) -> Iterator[Partner]:
        """The partners, those with the most problems first; at most `most`."""
        order = (
            "select * from partner order by problems desc, notes desc, gemeente, aanbieder limit ?"
        )
        for row in self.index.db.execute(order, (most,)):
            yield Partner(*(*row[:-1], json.loads(row[-1])))


def _row(header: Header, piece: Piece, path: bytes) -> tuple[object, ...]:
    message = header.message
    is_retour = message.role != HEEN
    return (
        header.gemeente, header.aanbieder, message.pair if is_retour else message.name,
        header.identification, is_retour, header.date, header.retour_date,
        header.retour_identification, header.release, _digest(piece), message.name, path,
    )  # fmt: skip


def _digest(piece: Piece) -> bytes:
    """The digest by which copies are recognised, without line endings and byte order mark.

    For a larger file, the digest of its start and its size.
    """
    beyond = piece.size if piece.size > len(piece.start) else 0
    text = marked(piece.start).rest.replace(b"\r", b"").rstrip()
    return hashlib.blake2b(text, digest_size=_DIGEST, salt=beyond.to_bytes(16)).digest()
