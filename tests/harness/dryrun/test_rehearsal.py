"""The rehearsal: a region whose messages go through the switch by a virtual clock."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from harness.cases.case import Case
from harness.cases.question import Question
from harness.cases.specimen import Specimen
from harness.suites.registry import SUITES, cases_of, parse, requirement
from harness.suites.rehearsal.flow import Flow, flow
from harness.suites.rehearsal.tables import phases, steps
from schemas.facts.catalogue import catalogue
from schemas.message.node import Node
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.switch.overrides import Override
from tests.harness.dryrun.forge import members, results
from tests.harness.dryrun.small import Door
from tests.suts.second import gate as second_gate

HEENBERICHTEN = [
    f"{name}{number}" for name in ("WMO", "JW") for number in (301, 303, 305, 307, 315)
]
ALL = [*HEENBERICHTEN, "JW321"]
SOME = range(24)
# Typed from the published calendar of the switch, in local time.
FREEZE, OPEN = "2017-06-08T13:00", "2017-06-12T13:00"
INVOICE_DAY = "Header/DeclaratieFactuurIdentificatie/FactuurDagtekening"
# Typed by hand: such ids stand in bundles.
WMO301 = [
    "WMO301.rehearsal.send.2.0-2.0.s1.n3",
    "WMO301.rehearsal.receive.2.0-2.0.s1.n3",
    "WMO301.rehearsal.convert.2.0-2.1.s1.n3",
    "WMO301.rehearsal.again-send.2.1-2.1.s1.n3",
    "WMO301.rehearsal.again-receive.2.1-2.1.s1.n3",
    "WMO301.rehearsal.again-answer.2.1-2.1.s1.n3",
    "WMO301.rehearsal.again-send-answer.2.1-2.1.s1.n3",
    "WMO301.rehearsal.again-read-answer.2.1-2.1.s1.n3",
]


REHEARSAL = "rehearsal"


def cases(name: str, index: int, agreed: tuple[Override, ...] = ()) -> list[Case]:
    """The cases of one message of the region."""
    return cases_of(catalogue().one(name), [REHEARSAL], 1, index, agreed)


def asked(case: Case, agreed: tuple[Override, ...] = ()) -> Question:
    """What is asked in a case."""
    specimen = Specimen(catalogue().one(case.message), 1, case.index)
    return SUITES[REHEARSAL].question(case, specimen, agreed)


def flows() -> dict[tuple[str, int], Flow]:
    """What happens to some messages of each type."""
    return {(name, index): flow(name, 1, index) for name in ALL for index in SOME}


def root_of(name: str, index: int) -> Node:
    """The first message that a flow asks about, as it is read."""
    case = cases(name, index)[0]
    root = read(asked(case).inputs[0], case.route[0]).root
    assert root
    return root


def said(node: Node, *keys: str) -> str:
    """What a node says under one of some keys, of either release."""
    return next(filter(None, map(node.get, keys)))


def test_a_message_that_is_held_up_is_converted_and_sent_again_under_stable_ids() -> None:
    assert [case.id for case in cases("WMO301", 3)] == WMO301
    assert [parse(text).id for text in WMO301] == WMO301


def test_the_clock_only_goes_on_and_every_message_is_answered_in_the_end() -> None:
    for found in flows().values():
        moments = [item.at for item in found.timeline]
        assert moments == sorted(moments)
        last = found.timeline[-1]
        assert last.step.name in ("read-answer", "again-read-answer")
        assert last.decision
        assert last.decision.word == "allow"


def test_messages_flow_before_during_and_after_the_freeze_in_every_type() -> None:
    for name in ALL:
        sent = [flow(name, 1, index).timeline[0].written[:16] for index in SOME]
        assert min(sent) < "2017-05-26"
        assert any(FREEZE < text < OPEN for text in sent)
        assert max(sent) >= OPEN


def test_some_of_each_deadline_are_in_time_and_some_too_late() -> None:
    found: defaultdict[bool, Counter[str]] = defaultdict(Counter)
    for (name, _), item in flows().items():
        decision = item.timeline[0].decision
        if item.phase.name == "deadline" and decision:
            found[name[-3:] == "303"][decision.word] += 1
    for words in found.values():
        assert set(words) == {"allow", "block"}


def test_only_what_was_stopped_is_converted_and_only_behind_the_opening() -> None:
    for (name, _), item in flows().items():
        names = [timed.step.name for timed in item.timeline]
        stopped = any(h.decision and h.decision.word == "block" for h in item.timeline)
        assert ("again-send" in names) == stopped
        assert ("convert" in names) == (stopped and name != "JW321")
        for timed in item.timeline:
            if "2.1" in timed.route:
                assert timed.written[:16] >= OPEN
            if timed.step.round == 2:
                assert timed.written[:16] >= OPEN


def test_what_must_be_decided_is_what_another_gate_decides() -> None:
    gate, words = second_gate.Gate(), Counter[str]()
    for name in ALL:
        for index in SOME:
            for case in cases(name, index):
                own = asked(case)
                for item in own.gate:
                    request = item.request
                    said = gate(
                        request.data, request.source, request.target, request.direction, request.at
                    )
                    word = str(said).split()[0]
                    assert word == item.decision.word, (case.id, item.summary)
                    words[word] += 1
    assert min(words[word] for word in ("allow", "warn", "block")) > 2


@pytest.mark.parametrize("standard", ["WMO", "JW"])
def test_a_client_is_the_same_in_all_its_messages_and_declares_month_after_month(
    standard: str,
) -> None:
    declarations = len(phases())
    for client in range(2):
        roots = [root_of(f"{standard}{number}", client) for number in (301, 305, 307, 315)]
        numbers = range(client * declarations, (client + 1) * declarations)
        declared = [root_of(f"{standard}303", number) for number in numbers]
        assert len({said(root.of("02")[0], "BSN", "Bsn") for root in roots + declared}) == 1
        days = {said(root, "DAGTEKENING FACTUUR", INVOICE_DAY) for root in declared}
        assert len({day.replace("-", "")[:6] for day in days}) >= 3


def test_the_region_has_few_municipalities_and_providers() -> None:
    whose = [item.dossier for (name, _), item in flows().items() if name.startswith("WMO")]
    assert 2 < len({item.gemeente for item in whose}) <= 5
    assert 2 < len({item.aanbieder for item in whose}) <= 12


def test_a_message_is_by_its_parties_and_dated_on_the_day_it_is_sent() -> None:
    for name in ("WMO301", "JW305"):
        for index in (0, 4):
            found, root = flow(name, 1, index), root_of(name, index)
            assert root.get("GEMEENTECODE") == found.dossier.gemeente
            assert root.get("CODE AANBIEDER") == found.dossier.aanbieder
            written = found.timeline[0].written[:10].replace("-", "")
            assert written in root.values.values()


def test_every_message_of_the_region_is_valid_and_breaks_no_rule() -> None:
    for name in ALL:
        for index in range(6):
            for case in cases(name, index):
                reading = read(asked(case).inputs[0], case.route[0])
                assert reading.faults == []
                assert reading.root
                assert reading.message
                if case.kind in ("answer", "again-answer"):
                    assert not list(
                        RuleJudge().broken(reading.message, reading.root, case.route[0])
                    )


def test_a_deadline_that_was_agreed_holds_for_that_partner_alone() -> None:
    partners = sorted({flow("WMO301", 1, index).dossier.gemeente for index in range(1, 8, 6)})
    early = datetime(2017, 6, 1, 12)
    agreed = tuple(Override(item, "heen", early, "closed early", "") for item in partners)
    told = [
        (text, item.dossier.gemeente)
        for name in ("WMO301", "WMO305", "WMO307", "WMO315")
        for index in range(20)
        for item in [flow(name, 1, index, agreed)]
        for case in cases(name, index, agreed)
        for text in asked(case, agreed).gate_lines
    ]
    by_agreement = [(text, partner) for text, partner in told if "agreed with" in text]
    assert by_agreement
    for text, partner in by_agreement:
        assert partner in partners
        assert f"agreed with {partner}" in text
    assert {partner for _, partner in told} > set(partners)


def test_every_step_and_phase_is_told_in_both_languages() -> None:
    for what in (*(step.what for step in steps().values()), *(phase.what for phase in phases())):
        assert all(what[lang] for lang in ("en", "nl"))
    case = parse(WMO301[0])
    assert "postbus" in requirement(case, "nl")
    assert requirement(case, "nl") != requirement(case, "en")


CONFIG = """
[sut]
messages = ["WMO305", "WMO306"]
{ways}
"""


def verdicts(door: Door, folder: Path, ways: str) -> dict[str, Counter[str]]:
    """How the steps of a rehearsal fare with some software, by what is asked."""
    config = folder / "ikeur.toml"
    config.write_text(CONFIG.format(ways=ways), encoding="utf-8")
    out = folder / "bundle.zip"
    words = ("dryrun", f"--config={config}", "--profile=certification", "--out", out)
    assert door(*words).exit_code in (0, 1)
    assert door("verify", out).exit_code == 0
    found: dict[str, Counter[str]] = {name: Counter() for name in ("gate", "respond", "convert")}
    for row in csv.DictReader(members(out)["verdicts.csv"].decode().splitlines()):
        case = parse(row["case"])
        if case.suite == REHEARSAL and case.message == "WMO305":
            found[case.op][row["verdict"]] += 1
    return found


@pytest.mark.parametrize(
    ("failing", "function"),
    [
        ("gate", "tests.suts.gates_wrong:forgets_the_freeze"),
        ("respond", "tests.suts.retour.wrong:answers_in_the_other_release"),
        ("convert", "tests.suts.faulty:loses_initials"),
    ],
)
def test_software_that_is_wrong_fails_its_own_steps_and_what_it_does_not_claim_is_skipped(
    door: Door, tmp_path: Path, failing: str, function: str
) -> None:
    found = verdicts(door, tmp_path, f'[sut.{failing}]\npython = "{function}"')
    assert found[failing]["fail"]
    assert not found[failing]["skip"]
    for operation in {"gate", "respond", "convert"} - {failing}:
        assert set(found[operation]) == {"skip"}


def test_the_rehearsal_is_in_the_bundle_and_not_in_an_ordinary_run(
    door: Door, good: Path, tmp_path: Path
) -> None:
    assert [item for item in results(good)["cases"] if item["suite"] == REHEARSAL]
    done = door("run", "--suite", REHEARSAL, "--out", tmp_path / "x")
    assert done.exit_code == 2
    assert "USE-SUITE" in done.stderr


def test_a_case_of_the_rehearsal_is_written_again(door: Door, tmp_path: Path) -> None:
    for number, (text, expected) in enumerate(
        [(WMO301[0], "decided"), (WMO301[2], "converted"), (WMO301[5], "answered")]
    ):
        folder = tmp_path / str(number)
        done = door("case", text, "--out", folder)
        assert done.exit_code == 0
        assert json.loads((folder / "case.json").read_text("utf-8"))["expected"] == expected
        assert list(folder.glob("expected.*"))
        assert list(folder.glob("input.*"))
    done = door("case", WMO301[2].replace("n3", "n0"), "--out", tmp_path / "none")
    assert done.exit_code == 2
    assert "USE-CASE" in done.stderr
