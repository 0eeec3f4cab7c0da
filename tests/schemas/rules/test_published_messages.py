"""No rule is broken by a published message of 2.3, unless it breaks a text that can be cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from tests.schemas.rules.published_messages import as_2_1
from tests.schemas.tables_edit import rows

TYPES = [
    f"{law}{number}"
    for law in ("WMO", "JW")
    for number in (301, 302, 303, 304, 305, 306, 307, 308, 315, 316)
]
# The product codes of the published messages, which stand for any code. TR381 of 3.2 asks "een code
# die, volgens de gehanteerde productcodelijst, past bij de ProductCategorie"; the list of iWmo has
# neither. Of iJw no list is known.
ANY_CODES = {"ABCDE", "BCDEF"}
WITH_A_CODE = {"WMO301", "WMO303", "WMO305", "WMO307", "WMO315"}


@pytest.mark.parametrize("name", TYPES)
def test_a_published_message_breaks_no_rule_but_by_a_code_that_is_in_no_list(
    published: Path, name: str
) -> None:
    law = "iwmo" if name.startswith("WMO") else "ijw"
    reading = read(as_2_1(published / "examples23" / law / f"{name}.xml"), "2.1")
    assert reading.faults == []
    found = RuleJudge().faults(reading, "2.1")
    assert found is not None
    broken = {(fault.rule, fault.actual) for fault in found}
    assert broken == ({("TR381", code) for code in ANY_CODES} if name in WITH_A_CODE else set())
    assert {fault.evidence for fault in found} <= {"D"}


def test_no_list_has_the_codes_that_stand_for_any() -> None:
    assert ANY_CODES.isdisjoint(row["code"] for row in rows("codelists/ProductCode"))
