"""Every rule and oddity of a message type has a case in a default run, and its input shows it."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.defects.alike_table import all_alike
from generators.defects.oddities import own_oddities
from generators.defects.table import own_defects
from generators.expected.conversion import conversion
from harness.cases.case import Case, back, there
from harness.cases.specimen import Specimen
from harness.cases.turns import ROUND
from harness.cli import main
from harness.judging.tree_diff import same
from harness.running.settings import DEFAULT_COUNT
from harness.suites.broken.as_it_stands import is_broken
from harness.suites.broken.input import and_back, broken, one_way
from harness.suites.broken.kinds import kinds_of, not_asked
from harness.suites.broken.trees import broken_trees
from harness.suites.registry import SUITES, cases_of, parse, requirement
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from schemas.rules.evaluate import RuleJudge

CONVERTED = [message for message in catalogue().messages.values() if message.root]
ASKED = ("convert", "roundtrip")
FEW = ("WMO301", "JW302", "WMO303", "JW304", "WMO305", "JW308", "WMO315", "JW316")


def test_a_cycle_is_the_default_number_of_cases() -> None:
    assert ROUND == DEFAULT_COUNT


@pytest.mark.parametrize("message", CONVERTED, ids=str)
def test_a_default_run_asks_each_kind_once_in_both_suites_and_directions(
    message: MessageType,
) -> None:
    every = [case for index in range(DEFAULT_COUNT) for case in cases_of(message, ASKED, 1, index)]
    asked = Counter((case.suite, case.kind, case.route) for case in every if is_broken(case))
    assert asked == Counter(
        (suite, kind, way(release))
        for suite, way in (("convert", there), ("roundtrip", back))
        for release in RELEASES
        for kind in kinds_of(message.name, release)
    )
    assert all(parse(case.id) == case for case in every)


def test_every_defect_oddity_and_record_alike_that_both_releases_hold_is_asked() -> None:
    asked = {kind for item in CONVERTED for way in RELEASES for kind in kinds_of(item.name, way)}
    alone = {
        name
        for name, defect in own_defects().items()
        if not defect.earlier and any(message.root for message in defect.messages)
    }
    assert asked == (alone | own_oddities().keys() | all_alike().keys()) - not_asked().keys()


@pytest.mark.parametrize("count", [1, 27, 40, 137])
def test_the_number_of_cases_is_known_before_the_run(count: int) -> None:
    for name in ("WMO301", "JW316", "JW321"):
        message = catalogue().one(name)
        for suite in ASKED:
            made = [SUITES[suite].cases(message, 1, index, ()) for index in range(count)]
            assert SUITES[suite].planned(message, 1, count, ()) == sum(map(len, made))


def _cases(name: str) -> list[Case]:
    message = catalogue().one(name)
    some = (case for index in range(ROUND) for case in cases_of(message, ASKED[:1], 1, index))
    return [case for case in some if is_broken(case)]


@pytest.mark.parametrize("name", FEW)
def test_an_input_is_valid_and_breaks_what_it_says(name: str) -> None:
    for case in _cases(name):
        message, release = catalogue().one(name), case.route[0]
        specimen = Specimen(message, case.seed, case.index)
        request, about = broken(case, specimen)
        # Without a message that can have the defect, the generated one would be asked.
        assert request.data != specimen.sources[release], case.id
        reading = read(request.data, release)
        assert reading.faults == [], case.id
        # What must come of it follows from the tree that it was written from.
        assert reading.root
        assert same(about.content.node(SOURCE[release]), reading.root), case.id
        assert read(about.expected_bytes(case.route[-1]), case.route[-1]).faults == [], case.id
        defect = own_defects().get(case.kind)
        if defect and message in defect.messages:
            told = RuleJudge().broken(message, reading.root, release)
            assert defect.rule in {item.check.rule.name for item in told}, case.id


@pytest.mark.long
@pytest.mark.parametrize("name", [item.name for item in CONVERTED if item.name not in FEW])
def test_an_input_of_any_type_is_valid_and_breaks_what_it_says(name: str) -> None:
    test_an_input_is_valid_and_breaks_what_it_says(name)


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("release", RELEASES)
def test_of_a_generated_message_the_same_comes_back_as_was_drawn(name: str, release: str) -> None:
    for index in range(8):
        specimen = Specimen(catalogue().one(name), 3, index)
        way = one_way(specimen, specimen.sources[release], release)
        target = there(release)[1]
        assert way[1].expected_bytes(target) == specimen.expected_bytes(target)
        assert and_back(way)[1].expected_bytes(release) == specimen.expected_bytes(release)


def test_an_input_that_fails_on_the_way_back_is_asked_on_the_way_there_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    specimen = Specimen(catalogue().one("WMO307"), 5, 22)
    kind = "stop-before-begin"
    cases = [Case("", "WMO307", way("2.0"), 5, 22, kind) for way in (there, back)]
    request, about = broken(cases[0], specimen)
    between = about.content.expected_21

    def unless_between(message: MessageType, root: Node, source: str) -> Content:
        if same(root, between):
            raise Refused("OUT-VALUE", "no way back")
        return conversion(message, root, source)

    monkeypatch.setattr("harness.suites.broken.input.conversion", unless_between)
    other, _ = broken(cases[1], specimen)
    assert other.data != request.data
    reading = read(other.data, "2.0")
    assert reading.root
    told = RuleJudge().broken(specimen.message, reading.root, "2.0")
    assert own_defects()[kind].rule in {item.check.rule.name for item in told}


def test_what_is_not_asked_cannot_be_converted() -> None:
    for name, releases in not_asked().items():
        defect = own_defects()[name]
        message = defect.messages[0]
        for release in releases:
            specimen = Specimen(message, 1, 0)
            for root in islice(broken_trees(defect, specimen, release), 3):
                if release == "2.1" and defect.also_20:
                    _, about = one_way(specimen, write(message, root, release), release)
                    faults = read(about.expected_bytes("2.0"), "2.0").faults
                    assert defect.also_20[0] in {fault.code for fault in faults}
                    continue
                with pytest.raises(Refused):
                    one_way(specimen, write(message, root, release), release)


def test_the_requirement_says_what_the_input_breaks() -> None:
    rule = parse("WMO307.convert.stop-before-begin.2.0-2.1.s1.n5")
    assert "The input breaks TR018: " in requirement(rule, "en")
    assert "De invoer overtreedt TR018: " in requirement(rule, "nl")
    odd = parse("WMO305.roundtrip.birth-before-1753-client.2.1-2.0-2.1.s1.n5")
    assert requirement(odd, "en").endswith(
        "nothing in it is repaired. The client was born before 1753."
    )
    assert requirement(odd, "nl").endswith("zonder reparatie. De cliënt is geboren voor 1753.")


def test_a_case_is_made_again_with_what_must_come_of_it(tmp_path: Path) -> None:
    case_id = "WMO305.roundtrip.birth-before-1753-client.2.1-2.0-2.1.s1.n5"
    result = CliRunner().invoke(main, ["case", case_id, f"--out={tmp_path / 'case'}"])
    assert result.exit_code == 0, result.output
    files = {path.name: path.read_bytes() for path in (tmp_path / "case").rglob("*.xml")}
    assert sorted(files) == ["expected.xml", "input.xml"]
    assert all(b">1752-09-01<" in data for data in files.values())
