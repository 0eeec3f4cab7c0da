"""How sure the rows of the small tables are, typed from what `schemas/SOURCES.md` says of each.

The grades of the layouts, elements and codes stand in the transcripts, those of the rules in
`tests/schemas/rules/test_typed_rules.py`.
"""

from __future__ import annotations

import pytest

from tests.schemas.tables_edit import rows

# By table and column, a grade for each row.
GRADES = {
    # 9 and 0 for an unknown sex are in the examples; the map of reasons is ours.
    ("code_maps", "evidence"): "B" + 10 * "D",
    # AW319 has the totals; those over amounts at reconstructed columns are not known.
    ("totals", "evidence"): "CDCCDCCD",
    ("together", "evidence"): "BB",
    ("fills", "evidence"): "DD",
    # 2.3 dates a birth in a declaration; the reference of a request is made up.
    ("only_21", "evidence"): "BCBBDB",
    ("headers", "evidence"): "CCDBC",
    # What a municipality calculates may be free, which nothing says.
    ("retour", "evidence"): "CCCCDDCCDDDD",
    ("retour_codes", "evidence_code"): 6 * "A",
    # 8001 grants all by its own text; that 0200 does and a fault does not, by the examples of 2.3.
    ("retour_codes", "evidence_granted"): "CADDCD",
    # A: 8454, before the invoice date. C: a unique number in the schemas of 2.3.
    ("retour_own", "evidence"): "DCDDAD",
    # Of 2.4 to 3.0 no calendar was found again.
    ("timelines", "evidence"): "CACCCDCC",
    ("switch_moments", "minute_evidence"): "AAADA",
    ("switch_moments", "seconds_evidence"): "ADDDA",
    # That what is not converted stays EI is of an adjacent release.
    ("switch_rules", "evidence"): "AAAC" + 7 * "A",
    ("dated_lists", "evidence"): "C",
    # Not taken from the CBS itself.
    ("dated/municipalities", "evidence"): 409 * "C",
}


@pytest.mark.parametrize(("name", "column"), GRADES)
def test_each_row_of_a_small_table_is_as_sure_as_its_source(name: str, column: str) -> None:
    assert "".join(row[column] for row in rows(name)) == GRADES[name, column]
