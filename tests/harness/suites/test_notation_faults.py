"""Every notation says the same, comes in a default run, and shows what reads it wrongly."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from generators.notation.plan import notation_of
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.running.settings import DEFAULT_COUNT
from harness.suites.registry import cases_of, default_suites, notation, parse
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from tests.paths import SUTS
from tests.sampling import sampled
from tests.suts.running import Ikeur, Outcome, beside_the_software

FAULTS = tomllib.loads((SUTS / "notation_faults.toml").read_text(encoding="utf-8"))


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def run(ikeur: Ikeur, name: str) -> Outcome:
    return ikeur.run(
        f"--python=tests.suts.notation_wrong:{name}",
        suite="convert",
        messages=FAULTS[name].get("messages", "WMO303,JW305"),
        count=DEFAULT_COUNT,
    )


def is_large(case: Case) -> bool:
    """Whether a message is over 64 kB by itself, in whatever notation."""
    specimen = Specimen(catalogue().one(case.message), case.seed, case.index)
    return len(specimen.plain[case.route[0]]) > 64 * 1024


def by_notation(outcome: Outcome, release: str) -> dict[str, set[str]]:
    """The verdicts of the cases with a source in a release, by the name of their notation."""
    found = defaultdict(set)
    for item in outcome.cases:
        case = parse(item["id"])
        if case.route[0] == release and not is_large(case):
            name = notation_of(catalogue().one(case.message), release, case.index).name
            found[name].add(item["verdict"])
    return found


@pytest.mark.parametrize("name", sampled(FAULTS))
def test_what_reads_a_notation_wrongly_is_caught_in_that_notation_alone(
    ikeur: Ikeur, name: str
) -> None:
    outcome, release = run(ikeur, name), FAULTS[name]["release"]

    found = by_notation(outcome, release)
    failing = {name for name, verdicts in found.items() if "fail" in verdicts}
    assert failing == {*FAULTS[name]["shows"]}, FAULTS[name]["what"]
    other = "2.1" if release == "2.0" else "2.0"
    assert all(verdicts == {"pass"} for verdicts in by_notation(outcome, other).values())


def test_the_reference_reads_every_notation(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faithful_python:convert",
        suite="schema,convert,roundtrip,rules",
        messages="JW303,WMO316",
        count=DEFAULT_COUNT,
        block_on="ABCD",
    )

    assert outcome.findings == []
    assert outcome.exit_code == 0


def test_a_second_converter_reads_every_notation(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.second.converter:convert",
        suite="schema,convert",
        messages="JW304,WMO305",
        count=DEFAULT_COUNT,
        block_on="ABCD",
    )

    assert outcome.findings == []


def test_a_cause_says_where_it_shows_alone_and_the_case_what_its_input_has(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.notation_wrong:ignores_cdata",
        suite="convert",
        messages="WMO303,JW305",
        count=DEFAULT_COUNT,
        lang="nl",
    )

    what = "de invoer CDATA-secties / waarden die deels in een CDATA-sectie staan heeft"
    for name in ("summary.md", "report.html"):
        assert what in (outcome.folder / name).read_text(encoding="utf-8")
    assert re.search(rf"Alleen waar +{re.escape(what)}", outcome.said)
    for case in outcome.cases:
        has = f"De invoer heeft {case['notation']}."
        assert (has in case["requirement"]) == bool(case["notation"])
        if case["files"]:
            found = parse(case["id"])
            sources = Specimen(catalogue().one(found.message), 1, found.index).sources
            kept = (outcome.folder / case["files"]["input"]).read_bytes()
            assert kept == sources["2.1"]


def test_expected_and_plain_bytes_have_no_notation() -> None:
    for index in range(DEFAULT_COUNT):
        specimen = Specimen(catalogue().one("WMO305"), 1, index)
        for release in RELEASES:
            turn = notation_of(specimen.message, release, index)
            is_plain = specimen.sources[release] == specimen.plain[release]
            # In a message without integers nothing can stand in front of one.
            assert is_plain == turn.is_plain or turn.name in ("leading-zeros", "plus-signs")
            assert specimen.plain[release].endswith({"2.0": b" \r\n", "2.1": b">\n"}[release])


def test_inputs_that_a_suite_makes_itself_have_none() -> None:
    for index in range(DEFAULT_COUNT):
        for case in cases_of(catalogue().one("WMO305"), default_suites(), 1, index):
            is_own = case.suite in ("refuse", "retour", "migration") or case.kind
            assert not (is_own and notation(case, "en")), case.id
            assert (
                is_own
                or bool(notation(case, "en"))
                != notation_of(catalogue().one(case.message), case.route[0], index).is_plain
            )
