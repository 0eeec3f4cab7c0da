"""The catalogue of faults is large enough, published as it is, and faithful converters stay clean.

`make mutation` runs the whole catalogue; here are its pages, and a few of its kinds.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.facts.catalogue import catalogue
from tests.mutation.catalogue_page import (
    MEASURED,
    PAGE,
    PLACES,
    key,
    page,
    places,
    strikes,
    striking,
)
from tests.mutation.faithful import CONVERTERS, SUITES
from tests.mutation.judging import judged_kind
from tests.paths import ROOT
from tests.suts.fault_kinds.kinds import Json, Kind, converted, kinds
from tests.suts.fault_kinds.value_changes import CHANGES
from tests.suts.running import Ikeur, beside_the_software

# One of each way to strike: a value, an absent value, an element, a class, a record, line ends.
SOME = (
    "writes_dates_a_day_early",
    "fills_absent_codes",
    "loses_required_texts",
    "loses_the_last_of_more",
    "blanks_required_dates",
    "counts_one_too_many",
    "ends_records_with_lf_only",
)


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


def _without_measured(text: str) -> list[list[str]]:
    """The lines of the page as cells, without what a run measured."""
    rows = [line.split(" | ") for line in text.splitlines()]
    return [row[:-MEASURED] if len(row) > MEASURED + 3 else row for row in rows]


def test_the_published_page_has_the_kinds_types_codes_and_places_of_the_tables() -> None:
    assert _without_measured(PAGE.read_text(encoding="utf-8")) == _without_measured(page({}, {}))


def _published_places(text: str) -> list[tuple[str, ...]]:
    """The rows of the places, without the counts that a run measured."""
    return [
        (*row[:-1], re.sub(r" \d+(?=;|$)", "", row[-1])) for row in csv.reader(io.StringIO(text))
    ]


def test_the_published_places_are_those_that_the_kinds_strike() -> None:
    published = _published_places(PLACES.read_text(encoding="utf-8"))
    assert published == _published_places(places({}))


def test_every_published_fault_was_caught() -> None:
    rows = csv.DictReader(io.StringIO(PLACES.read_text(encoding="utf-8")))
    caught = [item for row in rows for item in row["kinds"].split("; ")]
    assert len(caught) == len(strikes())
    assert all(re.fullmatch(r"\w+ [1-9]\d*", item) for item in caught)


def test_there_are_eighty_kinds_and_each_strikes_somewhere() -> None:
    assert len(kinds()) >= 80
    assert not [kind.name for kind in kinds().values() if not any(map(kind.spots, converted()))]


@pytest.mark.parametrize("written", ["2.0", "2.1"])
@pytest.mark.parametrize("message", converted())
def test_at_least_a_dozen_kinds_strike_every_message_type_both_ways(
    message: str, written: str
) -> None:
    assert len(striking(message, written)) >= 12


def test_every_change_of_a_value_is_used_by_a_kind() -> None:
    assert set(CHANGES) <= {kind.does for kind in kinds().values()}


# The message types are shared out over the kinds; `make mutation` has all of each.
@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "kind"), list(enumerate(kinds()[name] for name in SOME)), ids=SOME
)
def test_a_kind_is_caught_at_its_own_field_in_some_message_types_and_nothing_else_is_blamed(
    ikeur: Ikeur, first: int, kind: Kind
) -> None:
    struck = kind.strike(0)
    spots = {message: struck[message] for message in list(struck)[first % 4 :: 4]}
    cases = _cases_of(ikeur, kind, ",".join(spots))
    assert len(spots) > 1
    for message, spot in spots.items():
        caught = judged_kind(kind, spot, key(kind, spot), cases[message])
        assert caught.is_right, str(caught)


def test_a_fault_that_is_not_made_slips(ikeur: Ikeur) -> None:
    kind = kinds()["writes_dates_a_day_early"]
    outcome = ikeur.run("--python=tests.suts.faithful_python:convert", messages="WMO305", count=2)
    (spot, *_) = kind.spots("WMO305")

    caught = judged_kind(kind, spot, key(kind, spot), outcome.cases)

    assert caught.missing == kind.finds
    assert not caught.is_right


def test_a_finding_at_another_field_than_the_one_struck_is_no_catch(ikeur: Ikeur) -> None:
    kind = kinds()["writes_dates_a_day_early"]
    (spot, other) = kind.spots("WMO305")
    cases = _cases_of(ikeur, kind, "WMO305")["WMO305"]

    caught = judged_kind(kind, other, key(kind, other), cases)

    assert judged_kind(kind, spot, key(kind, spot), cases).is_right
    assert caught.missing == kind.finds
    assert caught.blamed


def _cases_of(ikeur: Ikeur, kind: Kind, only: str = "") -> dict[str, list[Json]]:
    """The cases of each message type, of a kind at its first place."""
    outcome = ikeur.run(
        f"--python=tests.suts.mutants:{kind.name}__0",
        suite="schema,convert",
        messages=only or ",".join(kind.strike(0)),
        count=26,
        block_on="ABCD",
    )
    assert outcome.exit_code == 1
    found: dict[str, list[Json]] = {}
    for case in outcome.cases:
        found.setdefault(case["message"], []).append(case)
    return found


def test_the_second_converter_shares_no_code_with_the_product() -> None:
    loaded = "import sys, tests.suts.second.converter; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "tests.suts.second.tables" in said.stdout.split()
    assert not {"schemas", "generators", "harness", "reports"} & set(said.stdout.split())


# The reference is run, with all suites, in the tests of the faulty converters; `make faithful` has
# each of them, as a stream too.
def test_a_converter_that_is_right_gets_no_finding_however_it_is_written(ikeur: Ikeur) -> None:
    outcome = ikeur.run(CONVERTERS["the second converter"], suite=SUITES, count=2, block_on="ABCD")

    assert outcome.findings == []
    assert outcome.exit_code == 0
    # Those that are not converted are to be refused.
    assert {case["message"] for case in outcome.cases} == set(catalogue().messages)
