"""Problems as rows of the index: code, evidence grade, and whether they block."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache

from harness.mailbox.index import decoded
from harness.mailbox.pairing import PairProblem
from reports.pairs.results import Problem
from schemas.facts.finding_codes import finding_codes
from schemas.message.fault import Fault

# The kinds of finding: problems with pairs, and notes.
PAIRS, NOTE = "pairs", "note"
_READ = """
select code, blocking, evidence, message, release, gemeente, aanbieder, identification, date,
    path, other, rule, at, moved, found from problem
"""
_IN_ORDER = " order by rank, gemeente, aanbieder, message, identification, path, rule limit ?"


@cache
def _ranks() -> dict[str, int]:
    """The order of the codes in reports: pairs, then files, then notes."""
    order = sorted(
        finding_codes().values(), key=lambda item: (item.kind == NOTE, item.kind != PAIRS)
    )
    return {item.code: rank for rank, item in enumerate(order)}


def blocks(code: str, evidence: str, block_on: str) -> bool:
    """Whether a finding makes the audit fail."""
    return finding_codes()[code].kind != NOTE and evidence in block_on


def pair_row(found: PairProblem, is_blocking: bool) -> tuple[object, ...]:
    """The row of a problem with a pair."""
    row, other = found.row, found.other
    return (
        _ranks()[found.code], row.gemeente, row.aanbieder, row.type, row.identification, row.path,
        found.code, is_blocking, found.evidence, row.release, row.retour_date or row.date,
        other.path if other else b"", found.rule, found.at, found.moved, "",
    )  # fmt: skip


def file_row(path: bytes, fault: Fault, is_blocking: bool) -> tuple[object, ...]:
    """The row of a problem with a single file."""
    place = (fault.ei and fault.ei.field) or (fault.xml and fault.xml.path) or ""
    found = ": ".join(filter(None, [place, fault.actual]))
    return (
        _ranks()[fault.code], "", "", "", "", path,
        fault.code, is_blocking, fault.evidence, "", "", b"", fault.rule, "", "", found,
    )  # fmt: skip


def read(db: sqlite3.Connection, code: str, most: int) -> Iterator[Problem]:
    """The problems, optionally of one code, in order; at most `most`, -1 for all."""
    where, values = (" where code = ?", (code, most)) if code else ("", (most,))
    for row in db.execute(_READ + where + _IN_ORDER, values):
        cells = list(row)
        cells[1] = bool(cells[1])
        cells[9:11] = decoded(cells[9]), decoded(cells[10])
        yield Problem(*cells)
