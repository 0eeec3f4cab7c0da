"""The suite `rules`: rules that held in the input and do not in the output, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.defects.table import own_defects
from harness.cases.specimen import Specimen
from harness.suites.registry import parse
from harness.suites.rules import kinds
from harness.sut.protocol import OK, Answer
from reports.events.events import Finding
from schemas.errors import TableError
from schemas.facts.catalogue import catalogue
from tests.harness.judged import answered, judged

THERE, BACK = "WMO307.rules.2.0-2.1.s1.n0", "WMO307.rules.2.1-2.0.s1.n0"


def specimen() -> Specimen:
    return Specimen(catalogue().one("WMO307"), 1, 0)


def findings(case_id: str, asked: Specimen, output: bytes) -> list[Finding]:
    case = parse(case_id)
    return judged(answered(case, asked, Answer(OK, output))).findings


def with_bsn(data: bytes, asked: Specimen, bsn: bytes) -> bytes:
    """A message with another BSN for its first client."""
    (client, *_) = asked.trees["2.0"].of("02")
    known = client.values["BSN"].encode()
    assert known in data
    return data.replace(known, bsn)


def test_the_expected_output_gives_no_finding() -> None:
    one = specimen()
    assert findings(THERE, one, one.expected_bytes("2.1")) == []
    assert findings(BACK, one, one.expected_bytes("2.0")) == []


def test_another_output_that_keeps_all_rules_gives_no_finding() -> None:
    one = specimen()
    output = with_bsn(one.expected_bytes("2.1"), one, b"999908406")
    assert findings(THERE, one, output) == []


def test_a_rule_that_held_in_the_input_only_is_found_with_its_code_at_both_addresses() -> None:
    one = specimen()
    (found,) = findings(THERE, one, with_bsn(one.expected_bytes("2.1"), one, b"999908407"))

    assert (found.code, found.rule, found.retour, found.evidence) == ("RULE", "CS002", "S002", "A")
    assert found.blocking
    assert (found.actual, bool(found.expected)) == ("999908407", True)
    assert found.ei
    assert found.xml
    assert (found.ei.record, found.ei.field, found.ei.start, found.ei.end) == ("02", "BSN", 15, 23)
    assert found.xml.path.startswith("/Bericht/Clienten/Client")
    assert found.xml.path.endswith("/Bsn")
    assert found.xml.line > 1


def test_the_return_code_is_that_of_the_release_of_the_output() -> None:
    one = specimen()
    (found,) = findings(BACK, one, with_bsn(one.expected_bytes("2.0"), one, b"999908407"))

    # 2.0 has the codes of the field alone, 2.1 that of the rule.
    assert (found.rule, found.retour, found.evidence) == ("CS002", "0399|0435", "C")


def test_a_rule_that_the_input_breaks_too_is_not_blamed_on_the_software() -> None:
    one = specimen()
    one.sources["2.0"] = with_bsn(one.sources["2.0"], one, b"999908407")
    assert findings(THERE, one, with_bsn(one.expected_bytes("2.1"), one, b"999908407")) == []


def test_an_output_that_cannot_be_judged_does_not_pass() -> None:
    one = specimen()
    (found,) = findings(THERE, one, one.expected_bytes("2.1")[:-20])
    assert found.code == "XML-SYNTAX"
    (found,) = findings(THERE, specimen(), one.sources["2.0"])
    assert found.code == "XML-SYNTAX"


def test_a_message_of_another_type_does_not_pass() -> None:
    one, other = specimen(), Specimen(catalogue().one("WMO305"), 1, 0)
    (found,) = findings(THERE, one, other.sources["2.1"])
    assert (found.code, found.actual) == ("TYPE-CHANGED", "WMO305")


def test_a_defect_at_a_class_that_its_own_message_lacks_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = kinds.kinds_of("WMO307")[0]
    wrong = replace(own_defects()[name], at="NoSuchClass")
    monkeypatch.setattr(kinds, "own_defects", lambda: {name: wrong})
    with pytest.raises(TableError, match="NoSuchClass"):
        kinds.kinds_of.__wrapped__("WMO307")
