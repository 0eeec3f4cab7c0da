"""`pairs.csv` and `partners.csv`: the results of a mailbox audit, for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TextIO

from reports.pairs.results import Audit, Problem
from reports.pairs.wording import details
from reports.shared import code_text
from reports.shared.spreadsheet import MARK, harmless
from reports.shared.texts import Texts, texts

NAME, PARTNERS = "pairs.csv", "partners.csv"
COLUMNS = (
    "code", "blocking", "evidence", "message", "release", "gemeente", "aanbieder",
    "identification", "date", "file", "other file", "rule", "at", "details", "meaning", "to do",
)  # fmt: skip
_FIGURES = ("messages", "asked", "answered", "problems", "notes")


def write(audit: Audit, file: TextIO, lang: str) -> None:
    """Write `pairs.csv`: a row per problem."""
    t = texts(lang)
    file.write(MARK)
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    told = {
        code: [harmless(code_text.meaning(code, t)), harmless(code_text.advice(code, t))]
        for code in audit.summary.codes
    }
    table.writerows([*_row(item, t), *told[item.code]] for item in audit.problems())


def _row(problem: Problem, t: Texts) -> list[str]:
    cells = (
        problem.code, "yes" if problem.blocking else "no", problem.evidence, problem.message,
        problem.release, problem.gemeente, problem.aanbieder, problem.identification, problem.date,
        problem.file, problem.other, problem.rule, problem.at, details(problem, t),
    )  # fmt: skip
    return [harmless(cell) for cell in cells]


def write_partners(audit: Audit, file: TextIO) -> None:
    """Write `partners.csv`: a row per partner, with a column for each code found."""
    codes = list(audit.summary.codes)
    file.write(MARK)
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("gemeente", "aanbieder", *_FIGURES, *codes))
    for partner in audit.partners():
        figures = [getattr(partner, name) for name in _FIGURES]
        found = [partner.codes.get(code, 0) for code in codes]
        table.writerow((harmless(partner.gemeente), harmless(partner.aanbieder), *figures, *found))
