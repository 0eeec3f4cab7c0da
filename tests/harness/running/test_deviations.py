"""What is declared in `ikeur.toml` no longer fails a run; what is gone or expired does."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from harness import clock
from harness.running import case_files as kept
from harness.running.deviations import DeviationTracker, covers
from reports.events.deviations import Deviation
from reports.events.events import CaseFinished, Finding, RunStarted
from reports.events.journal import read
from schemas.message.fault import EiAddress
from tests.paths import ROOT
from tests.suts.running import Ikeur, Json, Outcome, beside_the_software

SCHEMA = json.loads((ROOT / "reports" / "results.schema.json").read_text(encoding="utf-8"))
LOST = {"codes": ["FIELD-LOST"], "reason": "mended in 4.3", "expires": date(2099, 12, 31)}
INITIALS = {**LOST, "messages": ["WMO305"], "fields": ["02 VOORLETTERS"]}
NOTHING = {**LOST, "codes": ["FIELD-CUT"]}
ONE: Json = {"suite": "convert", "messages": "WMO305", "count": 10}
# As wide as a run is by default, on one message type.
WIDE: Json = {"messages": "WMO305"}


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    """`ikeur` in a folder of its own, from which the faulty software is found."""
    there = beside_the_software(tmp_path / "first", monkeypatch)
    monkeypatch.chdir(tmp_path)
    return there


def toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def declare(*deviations: Json, before: str = "") -> None:
    """Write `ikeur.toml`."""
    tables = [
        "[[deviation]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in item.items())
        for item in deviations
    ]
    Path("ikeur.toml").write_text("\n".join([before, *tables]), encoding="utf-8")


def results(outcome: Outcome) -> Json:
    told: Json = json.loads((outcome.folder / "results.json").read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(told)
    return told


def ended(outcome: Outcome) -> list[str]:
    """What became of each declared deviation, in order."""
    return [item["verdict"] for item in results(outcome)["deviations"]]


def verdicts(outcome: Outcome) -> set[str]:
    return {case["verdict"] for case in outcome.cases}


def today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T23:59:00").replace(tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


# --- what is covered ---


def test_a_case_whose_findings_are_all_declared_is_an_xfail(ikeur: Ikeur) -> None:
    declare(INITIALS)
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)

    assert outcome.exit_code == 0, outcome.said
    assert verdicts(outcome) == {"pass", "xfail"}
    assert ended(outcome) == ["xfail"]
    assert outcome.findings
    for finding in outcome.findings:
        assert finding["blocking"] is True
        assert (finding["deviation"], finding["deviation_reason"]) == (1, "mended in 4.3")
    assert results(outcome)["findings"] == {
        "blocking": 0, "advisory": 0, "declared": len(outcome.findings)
    }  # fmt: skip


def test_a_deviation_covers_what_its_codes_messages_and_fields_name_and_no_more(
    ikeur: Ikeur,
) -> None:
    covering: list[Json] = [
        {},
        {"messages": ["WMO301", "wmo305"]},
        {"codes": ["EI-LENGTH", "field-lost"]},
        {"fields": ["02 VOORLETTERS"]},
        {"fields": ["Voorletters"]},
        {"fields": ["Naam/Voorletters"]},
        {"fields": ["/Bericht/Clienten/Client/Naam/Voorletters"]},
        {"fields": ["02 NAAM", "/Bericht/Clienten/Client[1]/Naam/Voorletters"]},
    ]
    others: list[Json] = [
        {"codes": ["FIELD-CUT"]},
        {"messages": ["WMO307"]},
        *({"fields": [field]} for field in ("02", "VOORLETTERS", "02 VOORLETTER", "letters")),
        {"fields": ["Naam"]},
    ]
    declare(*({**LOST, **item} for item in [*others, *covering]))
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)
    assert ended(outcome) == ["skip"] * len(others) + ["xfail"] * len(covering)
    assert {finding["deviation"] for finding in outcome.findings} == {len(others) + 1}
    found = [item["findings"] for item in results(outcome)["deviations"]]
    assert found == [0] * len(others) + [len(outcome.findings)] * len(covering)


def test_what_no_deviation_covers_fails(ikeur: Ikeur) -> None:
    declare({**INITIALS, "fields": ["02 NAAM"]})
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)
    assert outcome.exit_code == 1
    assert verdicts(outcome) == {"pass", "fail"}
    assert {finding["deviation"] for finding in outcome.findings} == {0}


def test_a_case_with_one_finding_that_is_not_declared_fails(ikeur: Ikeur) -> None:
    declare({**LOST, "fields": ["Relatie/Contact/Adres/Postcode"]})
    outcome = ikeur.run(
        "--python=tests.suts.faulty:loses_postcode", suite="convert", messages="WMO301", count=10
    )

    assert outcome.exit_code == 1
    mixed = 0
    for case in outcome.cases:
        at_relatie = ["Relatie" in finding["xml"]["path"] for finding in case["findings"]]
        expected = "pass" if not at_relatie else "xfail" if all(at_relatie) else "fail"
        assert case["verdict"] == expected
        assert [finding["deviation"] for finding in case["findings"]] == at_relatie
        mixed += len(set(at_relatie)) == 2
    assert mixed
    told = results(outcome)["findings"]
    assert told["declared"] == sum(finding["deviation"] for finding in outcome.findings)
    assert told["blocking"] + told["declared"] == len(outcome.findings)
    assert min(told["blocking"], told["declared"]) > 0


@pytest.mark.parametrize(
    ("function", "code", "verdict", "options"),
    [
        ("dies_at_once", "SUT-CRASH", "crash", {}),
        ("raises", "SUT-ERROR", "crash", {}),
        ("hangs", "SUT-TIMEOUT", "timeout", {"timeout": 0.3}),
    ],
)
def test_a_crash_or_a_timeout_can_be_declared_by_its_code(
    ikeur: Ikeur, tmp_path: Path, function: str, code: str, verdict: str, options: Json
) -> None:
    run: Json = {**ONE, "count": 1, **options}
    software = f"--python=tests.suts.misbehaving_python:{function}"
    outcome = ikeur.run(software, **run)
    assert outcome.exit_code == 1
    assert verdict in verdicts(outcome)
    declare({**LOST, "codes": [code]})
    outcome = Ikeur(tmp_path / "second").run(software, **run)
    assert outcome.exit_code == 0
    assert "xfail" in verdicts(outcome) <= {"pass", "xfail"}


def test_a_finding_that_only_advises_shows_that_a_deviation_still_occurs(ikeur: Ikeur) -> None:
    declare({**LOST, "codes": ["FIELD-CHANGED"]})
    outcome = ikeur.run(
        "--python=tests.suts.faulty:gives_every_request_one_reference",
        messages="WMO315",
        suite="convert",
    )
    assert {finding["blocking"] for finding in outcome.findings} == {False}
    assert (outcome.exit_code, verdicts(outcome)) == (0, {"pass"})
    assert ended(outcome) == ["xfail"]
    assert results(outcome)["findings"]["advisory"] == len(outcome.findings)


def test_what_is_declared_leaves_room_to_keep_the_files_of_what_is_new(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 1)
    declare(INITIALS)
    outcome = ikeur.run(
        "--python=tests.suts.faulty:loses_initials", **{**ONE, "messages": "WMO305,WMO307"}
    )
    assert [case["verdict"] for case in outcome.cases if case["files"]] == ["xfail", "fail"]


# --- what has expired ---


def test_a_deviation_covers_until_the_end_of_its_day(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare({**INITIALS, "expires": date(2026, 3, 31)})
    today(monkeypatch, "2026-03-31")
    assert ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE).exit_code == 0
    today(monkeypatch, "2026-04-01")
    outcome = Ikeur(tmp_path / "second").run("--python=tests.suts.faulty:loses_initials", **ONE)
    assert outcome.exit_code == 1
    assert verdicts(outcome) == {"pass", "fail"}
    assert ended(outcome) == ["fail"]
    assert {finding["deviation"] for finding in outcome.findings} == {0}


def test_an_expired_deviation_fails_a_run_in_which_nothing_else_is_wrong(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(INITIALS, {**LOST, "expires": date(2026, 3, 31), "reason": "the supplier said so"})
    today(monkeypatch, "2026-04-01")
    outcome = ikeur.run("--reference", **ONE)

    assert outcome.exit_code == 1
    assert verdicts(outcome) == {"pass"}
    assert ended(outcome) == ["skip", "fail"]
    said = " ".join(outcome.said.split())
    assert "Deviation 2 (FIELD-LOST): expired on 2026-03-31" in said
    assert "the supplier said so" in said
    assert results(outcome)["deviations"][1]["code"] == "DEVIATION-EXPIRED"


def test_another_deviation_may_cover_what_an_expired_one_did(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare({**LOST, "expires": date(2026, 3, 31)}, INITIALS)
    today(monkeypatch, "2026-04-01")
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)
    assert verdicts(outcome) == {"pass", "xfail"}
    assert {finding["deviation"] for finding in outcome.findings} == {2}
    assert (outcome.exit_code, ended(outcome)) == (1, ["fail", "xfail"])


# --- what is gone ---


def test_a_deviation_that_no_longer_occurs_is_an_xpass_and_fails_the_run(ikeur: Ikeur) -> None:
    declare(INITIALS)
    outcome = ikeur.run("--reference", **WIDE)

    assert outcome.exit_code == 1
    # The pairs need the return message too, which the run is not about.
    assert verdicts(outcome) == {"pass", "skip"}
    assert ended(outcome) == ["xpass"]
    told = results(outcome)
    # Behind the twentieth message 22 kinds of broken input, in two suites and both directions; in
    # 2.0 the gate has 48 kinds of moment; at the last index a message that comes again and two
    # large ones, in both directions.
    passed = 8 * 2 * 40 + 22 * 2 * 2 + 8 + 3 * 2
    assert told["verdicts"] == {
        "pass": passed,
        "fail": 0, "crash": 0, "timeout": 0, "skip": 80, "xfail": 0, "xpass": 1
    }  # fmt: skip
    assert told["deviations"][0]["code"] == "DEVIATION-GONE"
    said = " ".join(outcome.said.split())
    name = "Deviation 1 (FIELD-LOST; WMO305; 02 VOORLETTERS)"
    assert f"{name}: no longer occurs: remove it from ikeur.toml." in said


def test_a_deviation_is_gone_only_where_all_its_message_types_were_run(ikeur: Ikeur) -> None:
    kinds = [["WMO305"], ["WMO305", "WMO307"], ["WMO307"], ["WMO305", "WMO301"]]
    named = [{**NOTHING, "messages": kind} for kind in kinds]
    declare(*named, NOTHING, before='[sut]\nmessages = ["WMO305"]\n')
    outcome = ikeur.run("--python=tests.suts.faithful_python:convert", messages="WMO305,WMO307")
    # WMO307 is not claimed, so that nothing can occur there; WMO301 is not run, nor are all types.
    assert ended(outcome) == ["xpass", "xpass", "skip", "skip", "skip"]
    assert outcome.exit_code == 1


@pytest.mark.parametrize(
    "narrower", [{"suite": "schema,convert,roundtrip"}, {"count": 39}, {"messages": "WMO307"}]
)
def test_a_run_that_is_narrower_than_a_default_one_says_nothing_of_what_it_did_not_meet(
    ikeur: Ikeur, narrower: Json
) -> None:
    declare(INITIALS)
    outcome = ikeur.run("--reference", **{**WIDE, **narrower})
    assert (outcome.exit_code, ended(outcome)) == (0, ["skip"])
    assert "not tested" in outcome.said


def test_what_only_a_pair_shows_is_not_gone_where_no_pair_was_asked(ikeur: Ikeur) -> None:
    declare({**LOST, "codes": ["PAIR-BROKEN"], "messages": ["WMO305"]})
    outcome = ikeur.run("--reference", **WIDE)
    assert (outcome.exit_code, ended(outcome)) == (0, ["skip"])


def test_what_software_does_that_does_not_answer_is_not_known(ikeur: Ikeur) -> None:
    declare(INITIALS, {**LOST, "codes": ["SUT-ERROR"]})
    outcome = ikeur.run("--python=tests.suts.misbehaving_python:raises", **WIDE)
    assert (outcome.exit_code, ended(outcome)) == (0, ["skip", "xfail"])


def test_a_run_is_judged_again_from_its_journal(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(INITIALS, NOTHING, {**LOST, "expires": date(2026, 3, 31)})
    today(monkeypatch, "2026-04-01")
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)
    monkeypatch.undo()
    started, *events = read(outcome.folder / "events.jsonl")
    assert isinstance(started, RunStarted)
    again = DeviationTracker(started)
    cases = [event for event in events if isinstance(event, CaseFinished)]
    assert [again.judged(case) for case in cases] == cases
    assert [item.verdict for item in again.ended()] == ended(outcome) == ["xfail", "skip", "fail"]


def test_all_reports_of_a_run_tell_the_same_of_its_deviations(
    ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(INITIALS, {**NOTHING, "expires": date(2026, 3, 31)})
    today(monkeypatch, "2026-04-01")
    outcome = ikeur.run("--python=tests.suts.faulty:loses_initials", **ONE)
    told = results(outcome)["verdicts"]
    assert told["fail"] == 1
    suites = etree.parse(outcome.folder / "junit.xml").getroot()
    assert int(suites.get("tests", "")) == sum(told.values()) == 21
    assert int(suites.get("failures", "")) == 1
    (failure,) = suites.iter("failure")
    sarif = json.loads((outcome.folder / "results.sarif").read_text(encoding="utf-8"))
    found = sarif["runs"][0]["results"]
    bare = [item for item in found if not item.get("suppressions")]
    assert len(found) - len(bare) == len(outcome.findings)
    page = (outcome.folder / "report.html").read_text(encoding="utf-8")
    short = (outcome.folder / "summary.md").read_text(encoding="utf-8")
    sentence = "Deviation 2 (FIELD-CUT): expired on 2026-03-31"
    for text in (failure.get("message", ""), bare[0]["message"]["text"], page, short):
        assert sentence in text
    assert (failure.get("type"), bare[0]["ruleId"]) == ("DEVIATION-EXPIRED", "DEVIATION-EXPIRED")
    for text in (page, short, outcome.said):
        assert "Failed: 1 declared deviation is out of date." in text


# --- a first run ---


def test_a_first_run_declares_what_it_finds_and_with_reasons_the_next_is_green(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today(monkeypatch, "2026-04-01")
    software = "--python=tests.suts.faulty:loses_postcode"
    run: Json = {"messages": "WMO302,WMO301", "count": 10, "suite": "schema,convert"}
    first = ikeur.run(software, "--accept-current", **run)
    assert (first.exit_code, verdicts(first)) == (1, {"pass", "fail"})
    written = Path("ikeur.toml").read_text(encoding="utf-8")
    named = {(f["code"], "04 POSTCODE") for f in first.findings}
    tables = tomllib.loads(written)["deviation"]
    assert {(*item["codes"], *item["fields"]) for item in tables} == named
    for item in tables:
        assert item["messages"] == ["WMO301", "WMO302"]
        assert item["reason"] == ""
        assert date(2026, 6, 1) < item["expires"] < date(2026, 12, 31)

    second = Ikeur(tmp_path / "second").run(software, **run)
    assert second.exit_code == 2
    assert "[[deviation]] 1" in second.said
    assert not second.folder.exists()

    Path("ikeur.toml").write_text(written.replace('""', '"known since 4.1"'), encoding="utf-8")
    third = Ikeur(tmp_path / "third").run(software, **run)
    assert third.exit_code == 0, third.said
    assert verdicts(third) == {"pass", "xfail"}
    assert {f["deviation_reason"] for f in third.findings} == {"known since 4.1"}


def test_what_is_declared_of_a_whole_message_covers_no_field(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today(monkeypatch, "2026-04-01")
    run: Json = {"messages": "WMO305", "count": 40, "suite": "refuse"}
    software = "--python=tests.suts.faulty:accepts_truncated_files"
    first = ikeur.run(software, "--accept-current", **run)
    assert {finding["code"] for finding in first.findings} == {"SUT-ACCEPTED"}
    written = Path("ikeur.toml").read_text(encoding="utf-8")
    assert [item["fields"] for item in tomllib.loads(written)["deviation"]] == [["/"]]

    # What is declared is no longer red.
    Path("ikeur.toml").write_text(written.replace('""', '"known since 4.1"'), encoding="utf-8")
    again = Ikeur(tmp_path / "again").run(software, **run)
    assert verdicts(again) == {"pass", "xfail"}


def test_the_whole_message_is_the_place_of_findings_without_one() -> None:
    declared = Deviation(1, ("SUT-REFUSED", "FIELD-LOST"), (), ("/",), "known", "2027-01-01")
    whole = Finding("SUT-REFUSED", "c", "convert", "WMO305", "2.0-2.1", "", "", "A", True, "")
    at_a_field = replace(whole, code="FIELD-LOST", ei=EiAddress(2, "02", "BSN", 15, 23))
    assert covers(declared, whole)
    assert not covers(declared, at_a_field)
    assert covers(replace(declared, fields=()), at_a_field)


def test_a_configuration_that_is_there_is_left_as_it_is(ikeur: Ikeur, tmp_path: Path) -> None:
    declare(INITIALS, before='# ours\n[sut]\nname = "Voorbeeld"\n')
    before = Path("ikeur.toml").read_bytes()
    # Only what was not declared yet is found in the table beside it.
    run: Json = {**ONE, "messages": "WMO305,WMO307"}
    first = ikeur.run("--python=tests.suts.faulty:loses_initials", "--accept-current", **run)
    assert first.exit_code == 1
    assert Path("ikeur.toml").read_bytes() == before
    aside = Path("ikeur.deviations.toml")
    (table,) = tomllib.loads(aside.read_text(encoding="utf-8"))["deviation"]
    assert (table["messages"], table["fields"]) == (["WMO307"], ["02 VOORLETTERS"])
    assert "ikeur.deviations.toml" in first.said

    again = Ikeur(tmp_path / "again").run("--reference", "--accept-current", **run)
    assert again.exit_code == 2
    assert "USE-OVERWRITE" in again.said
    assert not again.folder.exists()

    added = before + b"\n" + aside.read_bytes().replace(b'""', b'"known"')
    Path("ikeur.toml").write_bytes(added)
    second = Ikeur(tmp_path / "second").run("--python=tests.suts.faulty:loses_initials", **run)
    assert (second.exit_code, verdicts(second)) == (0, {"pass", "xfail"})


def test_a_crash_is_declared_of_the_whole_message(ikeur: Ikeur) -> None:
    run: Json = {**ONE, "count": 1}
    outcome = ikeur.run("--python=tests.suts.misbehaving_python:raises", "--accept-current", **run)
    assert outcome.exit_code == 1
    (table,) = tomllib.loads(Path("ikeur.toml").read_text(encoding="utf-8"))["deviation"]
    assert table["codes"] == ["SUT-ERROR"]
    assert table["fields"] == ["/"]


def test_where_nothing_fails_nothing_is_declared(ikeur: Ikeur) -> None:
    outcome = ikeur.run("--reference", "--accept-current", **ONE)
    assert outcome.exit_code == 0
    assert not list(Path().glob("*.toml"))
    assert "no finding to declare" in outcome.said
