"""A failing message is cut down to the smallest that still shows the finding, and stays valid."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.cli import main
from harness.judging.judge import Judge
from harness.reference.converter import convert
from harness.running.failed_cases import delta_debugging as reduce
from harness.running.failed_cases.delta_debugging import Reduction
from harness.running.failed_cases.reducer import MOST_OF_MESSAGE
from harness.sut.protocol import OK, Answer, Request
from schemas.facts.catalogue import catalogue
from tests.harness.judged import asked, judged
from tests.harness.running.one_minimal import shown, with_less
from tests.suts import faulty
from tests.suts.fault_table import faults
from tests.suts.picky_python import LETTER
from tests.suts.running import Ikeur, Json, Outcome, beside_the_software

FAULTS = faults()
# Of this seed the first messages of WMO305 have more than one client.
SEVERAL_CLIENTS = 11


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, MOST_OF_MESSAGE)


def cli(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


def reduced(outcome: Outcome) -> list[Json]:
    """The findings that have a smallest message."""
    return [item for item in outcome.findings if item["smallest"]]


def data(outcome: Outcome, finding: Json, role: str = "input") -> bytes:
    """A file of the smallest message of a finding."""
    path: str
    (path,) = [
        path for name, path in finding["smallest"]["files"].items() if name.endswith(f"-{role}")
    ]
    return (outcome.folder / path).read_bytes()


def is_valid(outcome: Outcome, finding: Json) -> bool:
    """Whether both the smallest input and what is expected of it are valid messages."""
    files = finding["smallest"]["files"].items()
    paths = [
        outcome.folder / path for name, path in files if name.endswith(("-input", "-expected"))
    ]
    return len(paths) == 2 and cli("validate", *paths).exit_code == 0


def kinds(message: bytes) -> Counter[str]:
    """How many of each kind of record a 2.0 message has."""
    return Counter(line[:2].decode() for line in message.split(b"\r\n")[:-1])


@pytest.mark.parametrize(
    ("name", "messages", "place"),
    [
        ("loses_initials", "WMO305", ("FIELD-LOST", "02", "Naam/Voorletters")),
        ("cuts_names_at_20", "WMO305", ("FIELD-CUT", "02", "Naam/Geslachtsnaam/Naam")),
        ("loses_postcode", "WMO301", ("FIELD-LOST", "04", "POSTCODE")),
        ("joins_comment_lines_with_a_space", "WMO301", ("FIELD-CHANGED", "02", "Commentaar")),
        ("loses_last_product", "WMO305", ("ENTITY-LOST", "07", "")),
        ("gives_address_of_relatie_to_client", "WMO301", ("ENTITY-MOVED", "04", "")),
        ("writes_only_first_return_code", "WMO306", ("FIELD-LOST", "07", "RetourCodes/RetourCode")),
    ],
)
def test_the_smallest_message_shows_the_finding_and_nothing_more_can_go(
    ikeur: Ikeur, name: str, messages: str, place: tuple[str, str, str]
) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.faulty:{name}",
        suite="convert",
        messages=messages,
        count=FAULTS[name].count,
    )
    fails = getattr(faulty, name)

    checked = 0
    for finding in reduced(outcome):
        source, smallest = finding["direction"][:3], data(outcome, finding)
        if finding["code"] != place[0] or place not in shown(fails, smallest, source):
            continue
        checked += 1
        assert finding["smallest"]["ended"] == "complete"
        assert is_valid(outcome, finding)
        actual = fails(smallest, source, finding["direction"][4:])
        assert data(outcome, finding, "actual") == actual
        less = with_less(smallest, source)
        assert [item for item in less if place in shown(fails, item, source)] == []
    assert checked


@pytest.mark.parametrize(
    ("name", "suite", "code"),
    [
        ("does_not_subtract_credit", "schema", "EI-TOTAL"),
        ("writes_a_total_of_zero", "convert", "FIELD-CHANGED"),
        ("counts_the_first_client_only", "schema", "EI-COUNT"),
    ],
)
def test_totals_and_counts_of_the_smallest_message_hold(
    ikeur: Ikeur, name: str, suite: str, code: str
) -> None:
    # The amounts of a 303 are of grade D in 2.0.
    outcome = ikeur.run(
        f"--python=tests.suts.faulty:{name}",
        suite=suite,
        messages=FAULTS[name].messages,
        count=10,
        block_on="ABCD",
    )

    found = [item for item in reduced(outcome) if item["code"] == code]
    assert found
    for finding in found:
        assert is_valid(outcome, finding)
        assert finding["smallest"]["bytes_after"] < finding["smallest"]["bytes_before"]


def test_a_fault_that_hangs_on_two_products_keeps_two(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.picky_python:dates_second_product_as_the_first",
        suite="convert",
        messages="WMO305",
        count=5,
    )

    (finding,) = reduced(outcome)
    assert kinds(data(outcome, finding)) == {"01": 1, "02": 1, "07": 2, "99": 1}


@pytest.mark.parametrize("how", ["raises_on_a_letter", "dies_on_a_letter"])
def test_what_crashes_on_a_letter_keeps_the_letter(ikeur: Ikeur, how: str) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.picky_python:{how}", suite="convert", messages="WMO301", count=3
    )

    crashes = [case for case in outcome.cases if case["verdict"] == "crash"]
    assert crashes
    for finding in reduced(outcome):
        smallest = data(outcome, finding)
        text = smallest.decode("iso-8859-1" if finding["direction"][:3] == "2.0" else "utf-8")
        assert LETTER in text
        if how == "raises_on_a_letter":
            assert text.count(LETTER) == 1
    assert len(reduced(outcome)) == len({case["direction"] for case in crashes})
    assert {case["verdict"] for case in outcome.cases} == {"pass", "crash"}


def test_only_the_first_failure_of_each_cause_is_reduced(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faulty:loses_initials", messages="WMO305,JW305", count=10
    )

    causes = Counter(
        (item["suite"], item["direction"], item["message"], item["code"])
        for item in reduced(outcome)
    )
    assert len(outcome.findings) > len(causes) == 6
    assert set(causes.values()) == {1}


def test_software_that_is_wrong_all_over_is_reduced_in_part(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.picky_python:changes_every_text",
        suite="convert",
        messages="WMO301",
        count=2,
    )

    assert len({item["xml"]["path"] for item in outcome.findings}) > MOST_OF_MESSAGE
    assert len(reduced(outcome)) == MOST_OF_MESSAGE
    (case,) = {item["case"] for item in reduced(outcome)}
    assert all(item["smallest"]["ended"] == "complete" for item in reduced(outcome))
    paths = [path for item in reduced(outcome) for path in item["smallest"]["files"].values()]
    assert len(paths) == len(set(paths)) == 3 * MOST_OF_MESSAGE
    assert all((outcome.folder / path).parent.name == case for path in paths)


def test_the_smallest_files_stand_beside_those_of_the_case(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faulty:loses_initials", suite="convert", messages="WMO305"
    )

    (finding,) = reduced(outcome)
    (case,) = [item for item in outcome.cases if item["id"] == finding["case"]]
    folder = f"cases/{case['id']}"
    assert case["files"] == {
        "input": f"{folder}/input.ei",
        "expected": f"{folder}/expected.xml",
        "actual": f"{folder}/actual.xml",
        "smallest-input": f"{folder}/smallest-input.ei",
        "smallest-expected": f"{folder}/smallest-expected.xml",
        "smallest-actual": f"{folder}/smallest-actual.xml",
    }
    for report in ("report.html", "summary.md", "junit.xml", "results.json"):
        text = (outcome.folder / report).read_text(encoding="utf-8")
        assert case["files"]["smallest-input"] in text, report


def test_software_that_remembers_is_not_blamed_for_the_wrong_message(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.faulty:keeps_identification_of_the_last_message",
        suite="convert",
        messages="WMO305",
        count=3,
    )

    assert outcome.findings
    assert reduced(outcome) == []
    first = outcome.findings[0]["again"]
    assert (first["gave"], len(first["before"])) == ("right", 1)


def test_a_hang_ends_the_reduction_and_harms_no_later_case(ikeur: Ikeur) -> None:
    outcome = ikeur.run(
        "--python=tests.suts.picky_python:hangs_on_one_client",
        suite="convert",
        messages="WMO305",
        seed=SEVERAL_CLIENTS,
        count=3,
        timeout=4,
    )

    (finding,) = reduced(outcome)
    assert finding["smallest"]["ended"] == "cut-off"
    assert kinds(data(outcome, finding))["02"] > 1
    assert {verdict for verdict, _ in outcome.verdicts("2.0-2.1")} == {"fail"}
    assert {verdict for verdict, _ in outcome.verdicts("2.1-2.0")} == {"pass"}


@dataclass
class Needy:
    """Software that is wrong about long messages only, so that much must stay."""

    seconds: float
    longest: int
    name: str = "needy"
    version: str = ""
    way: str = ""
    command: str = ""
    shares_process: bool = False

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        return [self.one(request) for request in requests]

    def one(self, request: Request) -> Answer:
        time.sleep(self.seconds)
        output = convert(request.data, request.source, request.target)
        if len(request.data) > self.longest:
            output = re.sub(b"(Naam>)[^<>]+(</)", rb"\1X\2", output, count=1)
        return Answer(OK, output)

    together = ask

    def renew(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing runs."""


def large() -> tuple[Case, Specimen]:
    """The case of the largest of some messages."""
    message = catalogue().one("WMO301")
    specimens = [Specimen(message, 1, index) for index in range(60)]
    specimen = max(specimens, key=lambda item: len(item.sources["2.0"]))
    return Case("convert", "WMO301", ("2.0", "2.1"), 1, specimen.index), specimen


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_reduction_ends_in_time_with_slow_software_and_a_large_message(share: float) -> None:
    case, specimen = large()
    sut, judge = Needy(0.05, int(len(specimen.sources["2.0"]) * share)), Judge("ABC")
    whole = asked(case, specimen, sut)
    finding = judged(whole).findings[0]

    found = Reduction(whole, judge, sut).run(finding, 1.5)

    # As many questions as fit in the time, and the one that goes beyond it.
    assert found.times <= 31
    assert found.ended == "cut-off"
    assert sut.longest < len(found.asked.specimen.sources["2.0"])


def test_reduction_asks_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduce, "MOST_ASKED", 30)
    case, specimen = large()
    sut, judge = Needy(0.0, int(len(specimen.sources["2.0"]) * 0.7)), Judge("ABC")
    whole = asked(case, specimen, sut)

    found = Reduction(whole, judge, sut).run(judged(whole).findings[0], 60)

    assert (found.times, found.ended) == (30, "cut-off")


def test_the_content_of_the_case_stays_as_it_was() -> None:
    case, specimen = large()
    fresh = Specimen(specimen.message, specimen.seed, specimen.index)
    sut, judge = Needy(0.0, 0), Judge("ABC")
    whole = asked(case, specimen, sut)

    Reduction(whole, judge, sut).run(judged(whole).findings[0], 5)

    for one, other in zip(specimen.content.walk(), fresh.content.walk(), strict=True):
        assert one.source_20.copied() == other.source_20.copied()
        assert one.source_21.copied() == other.source_21.copied()
        assert one.expected_20.copied() == other.expected_20.copied()
    for release in ("2.0", "2.1"):
        assert specimen.expected_bytes(release) == fresh.expected_bytes(release)
