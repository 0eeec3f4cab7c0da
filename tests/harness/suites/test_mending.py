"""A converter converts and does not repair: what is wrong in a message comes out as it went in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generators.defects.table import own_defects
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.running.settings import DEFAULT_COUNT
from harness.suites.broken.as_it_stands import is_broken
from harness.suites.registry import cases_of, parse, requirement
from harness.suites.roundtrip.suite import PAIR
from harness.suites.rules.broken_input import broken
from harness.suites.rules.kinds import kinds_of
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from tests.suts.fault_table import Fault, faults
from tests.suts.running import Ikeur, Json, beside_the_software

MENDING = faults("mending.toml")
CONVERTED = [name for name, message in catalogue().messages.items() if message.root]
WAYS = (("2.0", "2.1"), ("2.1", "2.0"))


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in MENDING.items()])
def test_a_converter_that_mends_is_caught_at_its_own_place(ikeur: Ikeur, fault: Fault) -> None:
    sut = f"--python=tests.suts.mending:{fault.name}"
    outcome = ikeur.run(sut, suite=fault.suites, messages=fault.messages, count=fault.count)

    assert outcome.exit_code == 1, f"{fault.what} The run is not red."
    assert all(parse(item["case"]).kind for item in outcome.findings)
    # What broken messages show in the suites convert and roundtrip is held in test_repairs.py.
    found = [item for item in outcome.findings if not _is_of_one_route(parse(item["case"]))]
    assert not fault.not_found(found), fault.what
    assert not fault.blamed(found), fault.what


def _is_of_one_route(case: Case) -> bool:
    return case.suite in ("convert", "roundtrip") and is_broken(case)


def test_where_nothing_is_wrong_there_is_nothing_to_mend(ikeur: Ikeur) -> None:
    for name in ("calculates_amounts_again", "zeroes_a_bsn_that_fails_its_test"):
        sut, suites = f"--python=tests.suts.mending:{name}", "schema,convert"
        assert ikeur.run(sut, suite=suites, messages="JW303,JW304", count=12).findings == []


def test_a_faithful_converter_is_left_alone_by_every_broken_rule(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faithful_python:convert", suite="rules", count=4, block_on="ABCD"
    )
    assert outcome.findings == []
    assert outcome.exit_code == 0


def test_a_finding_tells_in_which_message_of_the_pair_it_is(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.mending:lets_stops_end_on_their_first_day",
        suite="roundtrip",
        messages="WMO307,WMO308",
        count=12,
    )

    pairs = [case for case in outcome.cases if parse(case["id"]).kind == PAIR]
    found = [(case, item) for case in pairs for item in case["findings"]]
    values = Counter(item["message"] for _, item in found if item["code"] == "FIELD-CHANGED")
    assert set(values) == {"WMO307", "WMO308"}
    for case, item in found:
        assert case["message"] == "WMO307"
        if item["code"] != "FIELD-CHANGED":
            continue
        retour = "-retour" if item["message"] == "WMO308" else ""
        actual = _cell(outcome.folder / case["files"][f"actual{retour}"], item["ei"])
        expected = _cell(outcome.folder / case["files"][f"expected{retour}"], item["ei"])
        assert (actual, expected) == (item["actual"], item["expected"])
        assert read((outcome.folder / case["files"]["retour"]).read_bytes(), "2.1").message


def _cell(path: Path, place: Json) -> str:
    line: str = path.read_bytes().decode("iso-8859-1").split("\r\n")[place["number"] - 1]
    assert line[:2] == place["record"]
    start, end = int(place["start"]), int(place["end"])
    return line[start - 1 : end]


@pytest.mark.parametrize("name", CONVERTED)
def test_a_default_run_asks_about_every_broken_rule_of_a_type_in_both_directions(name: str) -> None:
    message = catalogue().one(name)
    asked = Counter(
        (case.kind, case.route)
        for index in range(DEFAULT_COUNT)
        for case in cases_of(message, ("rules",), 1, index)
        if case.kind
    )
    assert set(asked) == {(kind, way) for kind in kinds_of(name) for way in WAYS}
    for case in cases_of(message, ("rules",), 1, 3):
        assert parse(case.id) == case


@pytest.mark.parametrize("name", [name for name in CONVERTED if name.startswith("WMO")])
def test_the_message_of_a_broken_rule_breaks_it_and_says_so(name: str) -> None:
    message = catalogue().one(name)
    for place, kind in enumerate(kinds_of(name)):
        defect = own_defects()[kind]
        for way in WAYS:
            request, _ = broken(
                Case("rules", name, way, 4, place, kind), Specimen(message, 4, place)
            )
            if message not in defect.messages:
                continue
            reading = read(request.data, way[0])
            assert not reading.faults
            assert reading.root
            told = RuleJudge().broken(message, reading.root, way[0])
            assert defect.rule in {item.check.rule.name for item in told}, (kind, way)


def test_the_requirement_names_the_rule() -> None:
    case = parse("WMO307.rules.stop-before-begin.2.0-2.1.s1.n0")
    told = {requirement(case, lang) for lang in ("en", "nl")}
    assert len(told) == 2
    assert all("TR018" in text for text in told)
