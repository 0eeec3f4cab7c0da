"""Every fault of the faulty gates is caught at its own moment; faithful ones are left alone.

The gates stand in `tests/suts`, what must be found of each in `gate_faults.toml` and
`moment_faults.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from harness.cases.specimen import Specimen
from harness.reference.gate import gate
from harness.running.settings import DEFAULT_COUNT
from harness.suites.migration.kinds import kinds, kinds_of
from harness.suites.registry import SUITES, parse
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import Override
from schemas.switch.tables import DIRECTIONS, MINUTE, NEW, OLD, OTHER, ZONE
from schemas.switch.timeline import moment, switch
from tests.paths import SUTS
from tests.sampling import sampled
from tests.schemas.switch.by_hand import decisions
from tests.suts import gates_at_other_moments, gates_wrong
from tests.suts.gates_compared import agreements, differing
from tests.suts.running import Ikeur, Outcome, beside_the_software
from tests.suts.second.gate import faithful

FAULTS = tomllib.loads((SUTS / "gate_faults.toml").read_text(encoding="utf-8"))
# Right around the deadlines, and wrong elsewhere.
ELSEWHERE = tomllib.loads((SUTS / "moment_faults.toml").read_text(encoding="utf-8"))
AGREED = f'[switch]\noverrides = "{SUTS / "second" / "afspraken.csv"}"\n'
ALL = set(catalogue().messages)
WAYS = [(one, other) for one in ("2.0", "2.1") for other in ("2.0", "2.1")]


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True, shares_inputs=True)


def decided_by(ikeur: Ikeur, gate: str, agreed: str = AGREED, **options: Any) -> Outcome:
    """A run of the suite `migration` on a gate."""
    config = ikeur.folder / "ikeur.toml"
    config.write_text(f"{gate}\n{agreed}", encoding="utf-8")
    software = () if gate else ("--reference",)
    return ikeur.run(*software, f"--config={config}", suite="migration", **options)


def found_in(outcome: Outcome) -> set[tuple[str, str, str]]:
    """The kinds of moment at which there are findings, their direction and their code."""
    return {
        (parse(item["case"]).kind, item["direction"], item["code"]) for item in outcome.findings
    }


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught_at_its_own_moments_and_nothing_else_is_blamed(
    ikeur: Ikeur, name: str
) -> None:
    fault: dict[str, Any] = FAULTS[name]
    gate = f'[sut.gate]\npython = "tests.suts.gates_wrong:{name}"'
    outcome = decided_by(ikeur, gate, messages=fault["messages"])

    assert outcome.exit_code == (0 if fault.get("advises") else 1), fault["what"]
    found = found_in(outcome)
    if "codes" in fault:
        assert sorted({code for _, _, code in found}) == fault["codes"], fault["what"]
        assert len({(kind, way) for kind, way, _ in found}) >= 20
    else:
        assert found >= {tuple(find) for find in fault["finds"]}, fault["what"]
        assert places(outcome) == differs(getattr(gates_wrong, name), outcome)


def places(outcome: Outcome) -> set[tuple[str, str]]:
    """The case of each finding, and what was expected there."""
    return {(item["case"], item["expected"]) for item in outcome.findings}


def differs(gate: Callable[..., object], outcome: Outcome) -> set[tuple[str, str]]:
    """The places at which a gate decides otherwise than the faithful one."""
    return differing(gate, (case["id"] for case in outcome.cases), agreements())


@pytest.mark.parametrize("seed", sampled([1, 2, 3]))
@pytest.mark.parametrize("name", sampled(ELSEWHERE))
def test_a_gate_that_is_wrong_elsewhere_is_caught_where_it_is_so_and_nowhere_else(
    ikeur: Ikeur, name: str, seed: int
) -> None:
    fault: dict[str, Any] = ELSEWHERE[name]
    gate = f'[sut.gate]\npython = "tests.suts.gates_at_other_moments:{name}"'
    outcome = decided_by(ikeur, gate, messages=fault["messages"], seed=seed)

    assert outcome.exit_code == (0 if fault.get("advises") else 1), fault["what"]
    assert {item["code"] for item in outcome.findings} >= set(fault["codes"]), fault["what"]
    assert places(outcome) == differs(getattr(gates_at_other_moments, name), outcome)


@pytest.mark.parametrize(
    ("gate", "agreed"),
    [
        # With agreements the reference is asked all that it is asked without, too.
        pytest.param("", "", marks=pytest.mark.long),
        ("", AGREED),
        ('[sut.gate]\npython = "tests.suts.second.gate:without_agreements"', ""),
        ('[sut.gate]\npython = "tests.suts.second.gate:faithful"', AGREED),
    ],
)
def test_faithful_gates_get_no_finding(ikeur: Ikeur, gate: str, agreed: str) -> None:
    outcome = decided_by(ikeur, gate, agreed, block_on="ABCD")

    assert outcome.exit_code == 0
    assert outcome.findings == []
    assert {case["message"] for case in outcome.cases} == ALL
    assert {case["verdict"] for case in outcome.cases} == {"pass"}
    met = {parse(case["id"]).kind for case in outcome.cases}
    assert met == {kind.kind for kind in kinds().values() if agreed or not kind.agreed}


@pytest.mark.parametrize("agreed", [(), agreements()], ids=["national", "agreed"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_ordinary_run_meets_every_kind_of_moment_of_every_type(
    seed: int, agreed: tuple[Override, ...]
) -> None:
    for message in catalogue().messages.values():
        kinds = {way: kinds_of(message.name, way, agreed) for way in WAYS}
        suite, met = SUITES["migration"], list[tuple[str, str]]()
        for index in range(DEFAULT_COUNT):
            cases = suite.cases(message, seed, index, agreed)
            met += [(case.kind, case.direction) for case in cases]
        assert {*met} == {(kind.kind, "-".join(way)) for way in WAYS for kind in kinds[way]}
        assert len(met) == sum(max(len(some), DEFAULT_COUNT) for some in kinds.values() if some)
        assert len(met) == suite.planned(message, seed, DEFAULT_COUNT, agreed)


def minutes_asked(name: str, way: tuple[str, str], direction: str) -> set[datetime]:
    """The minutes (UTC) at which a type is asked about in a direction."""
    about = switch("2.0", "2.1")
    return {
        moment(text).replace(second=0, microsecond=0)
        for kind in kinds_of(name, way, ())
        if kind.direction == direction
        for text in kind.written(about.moments[kind.moment].minute)
    }


def test_each_moment_of_the_timeline_is_asked_about_on_both_sides_where_a_rule_turns_on_it() -> (
    None
):
    about, turned = switch("2.0", "2.1"), 0
    for rule, message, way, direction in product(
        about.rules, catalogue().messages.values(), WAYS, DIRECTIONS
    ):
        releases = {"2.0": OLD, "2.1": NEW}[way[1]], *((OTHER,) if way[0] != way[1] else ())
        if not kinds_of(message.name, way, ()) or not rule.concerns(message, releases, direction):
            continue
        asked = minutes_asked(message.name, way, direction)
        for name in rule.moments if way[0] == way[1] else ():
            behind, turned = about.moments[name].behind, turned + 1
            assert {behind - MINUTE, behind} <= asked, (rule.name, message.name, way, direction)
    assert turned > 100


def test_the_freeze_is_asked_about_at_each_of_its_hours_and_on_each_day_in_each_way() -> None:
    hours: set[datetime] = set()
    for way, direction in product([("2.0", "2.0"), ("2.1", "2.1")], DIRECTIONS):
        local = [
            found.astimezone(ZONE)
            for found in minutes_asked("WMO305", way, direction)
            if datetime(2017, 6, 8, 11, 1, tzinfo=UTC) <= found < switch_opens()
        ]
        assert {found.day for found in local} == {8, 9, 10, 11, 12}
        assert len({found.hour for found in local}) >= 23
        hours |= {found.replace(minute=0) for found in local}
    first = datetime(2017, 6, 8, 13, tzinfo=ZONE)
    assert hours == {first + timedelta(hours=number) for number in range(96)}


def switch_opens() -> datetime:
    return datetime(2017, 6, 12, 11, tzinfo=UTC)


@cache
def message(name: str, release: str) -> bytes:
    return Specimen(catalogue().one(name), 1, 0).sources[release]


@pytest.mark.parametrize("decides", [gate, faithful], ids=["ours", "the second"])
def test_both_gates_decide_as_the_table_that_was_written_by_hand_says(
    decides: Callable[..., object],
) -> None:
    rows = decisions()
    for row in rows:
        data, answered = message(row["message"], row["release"]), row["answers"] or row["release"]
        told = decides(data, answered, row["release"], row["direction"], row["moment"])
        assert str(told).split()[0] == row["decision"], row
    assert len(rows) >= 200


def test_a_finding_names_the_rule_the_moment_and_the_agreement(ikeur: Ikeur) -> None:
    gate = '[sut.gate]\npython = "tests.suts.gates_wrong:ignores_the_override"'
    outcome = decided_by(ikeur, gate, messages="WMO303")

    late = "send 2017-05-30T23:59:00+02:00 between "
    (item,) = [found for found in outcome.findings if found["expected"].startswith(late)]
    assert item["expected"].endswith(
        " and 98025566: allow (SWITCH-OPEN);"
        " agreed with 98025566 declaration 2017-05-30T23:59: new administration"
    )
    assert (item["rule"], item["evidence"], item["blocking"]) == ("SWITCH-OPEN", "A", True)
    assert item["actual"].startswith("block ")
    # A case that passes says it too.
    (partner,) = [case for case in outcome.cases if ".send-partner-declaration." in case["id"]]
    assert "agreed with 0384 declaration 2017-05-26T17:00: closed for" in partner["requirement"]
