"""The catalogue of faults is large enough, published as it is, and faithful converters stay clean.

`make mutation` runs the whole catalogue; here are its pages, and a few of its kinds.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))
sys.path.insert(0, str(Path(__file__).parents[1] / "mutation"))

from catalogue_page import MEASURED, PAGE, PLACES, key, page, places
from faithful import CONVERTERS, SUITES
from judging import judged_kind
from kinds import Kind, converted, kinds
from running import Ikeur, beside_the_software
from value_changes import CHANGES

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
    return beside_the_software(tmp_path, monkeypatch)


def _without_measured(text: str) -> list[list[str]]:
    """The lines of the page as cells, without what a run measured."""
    rows = [line.split(" | ") for line in text.splitlines()]
    return [row[:-MEASURED] if len(row) > MEASURED + 3 else row for row in rows]


def test_the_published_page_has_the_kinds_types_codes_and_places_of_the_tables() -> None:
    assert _without_measured(PAGE.read_text(encoding="utf-8")) == _without_measured(page({}))


def test_the_published_places_are_those_that_the_kinds_strike() -> None:
    published = list(csv.reader(io.StringIO(PLACES.read_text(encoding="utf-8"))))
    assert [row[:-1] for row in published] == [
        row[:-1] for row in csv.reader(io.StringIO(places({})))
    ]


def test_every_published_fault_was_caught() -> None:
    rows = list(csv.DictReader(io.StringIO(PLACES.read_text(encoding="utf-8"))))
    assert all(int(row["messages"]) > 0 for row in rows)


def test_there_are_eighty_kinds_and_each_strikes_somewhere() -> None:
    assert len(kinds()) >= 80
    assert not [kind.name for kind in kinds().values() if not any(map(kind.spots, converted()))]


@pytest.mark.parametrize("written", ["2.0", "2.1"])
@pytest.mark.parametrize("message", converted())
def test_at_least_a_dozen_kinds_strike_every_message_type_both_ways(
    message: str, written: str
) -> None:
    striking = [kind for kind in kinds().values() if kind.to == written and kind.spots(message)]
    assert len(striking) >= 12


def test_every_change_of_a_value_is_used_by_a_kind() -> None:
    assert set(CHANGES) <= {kind.does for kind in kinds().values()}


@pytest.mark.parametrize("kind", [kinds()[name] for name in SOME], ids=SOME)
def test_a_kind_is_caught_at_its_own_field_in_every_message_type_and_nothing_else_is_blamed(
    ikeur: Ikeur, kind: Kind
) -> None:
    spots = kind.strike(0)
    outcome = ikeur.run(
        f"--python=mutants:{kind.name}__0",
        suite="schema,convert",
        messages=",".join(spots),
        count=10,
        block_on="ABCD",
    )

    assert outcome.exit_code == 1
    for message, spot in spots.items():
        own = [case for case in outcome.cases if case["message"] == message]
        caught = judged_kind(kind, spot, key(kind, spot), own)
        assert caught.is_right, str(caught)


@pytest.mark.parametrize("way", CONVERTERS.values(), ids=CONVERTERS)
def test_converters_that_are_right_get_no_finding_however_they_are_written(
    ikeur: Ikeur, way: str
) -> None:
    outcome = ikeur.run(way, suite=SUITES, count=3, block_on="ABCD")

    assert outcome.findings == []
    assert outcome.exit_code == 0
    assert {case["message"] for case in outcome.cases} == set(converted())
