"""Faults are put together as drawn, and a run with three of them tells of each by itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reports.events.journal import read
from reports.run.causes.titles import title
from reports.run.summary import summarise
from reports.shared.texts import texts
from tests.causes.draw import MOST, Combination, Part, combinations
from tests.causes.page import page
from tests.causes.run import Told
from tests.causes.told_apart import told_apart
from tests.suts.running import beside_the_software

THREE = Combination(
    (
        Part("swaps_begin_and_end", ("WMO301",)),
        Part("loses_rank_of_relatie", ("WMO301",)),
        Part("cuts_names_at_20", ("WMO305",)),
    )
)


def test_the_same_seed_draws_the_same_combinations_of_one_two_and_three() -> None:
    drawn = list(combinations(MOST, 7))
    assert drawn == list(combinations(MOST, 7)) != list(combinations(MOST, 8))
    assert [len(one.parts) for one in drawn] == [1, 2, 3]


def test_three_faults_in_one_converter_are_three_causes_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ikeur = beside_the_software(tmp_path, monkeypatch, in_process=True)
    outcome = ikeur.run(THREE.target, messages=",".join(THREE.messages), count=14)
    causes = summarise(list(read(outcome.folder / "events.jsonl"))).causes
    assert told_apart(THREE.parts, causes) == (3, 3)
    said = [title(cause, texts("en")) for cause in causes]
    assert len(said) == 3
    assert "WMO301 09 INGANGSDATUM and EINDDATUM are swapped" in said
    assert any(text.startswith("WMO301 03 VOLGORDE: ") and "is lost" in text for text in said)
    cut = re.compile(r"WMO30[15], WMO30[15]: 02 NAAM.* is cut to ")
    assert any(map(cut.match, said))
    # Every finding is still in the results.
    results = json.loads((outcome.folder / "results.json").read_text("utf-8"))
    told = sum(len(case["findings"]) for case in results["cases"])
    assert sum(cause.total for cause in causes) == told > 100


def test_two_faults_in_one_cause_are_not_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ikeur = beside_the_software(tmp_path, monkeypatch, in_process=True)
    outcome = ikeur.run(THREE.target, messages="WMO301", count=2, suite="convert")
    causes = summarise(list(read(outcome.folder / "events.jsonl"))).causes
    swapped = [cause for cause in causes if cause.moved == "swapped"]
    twice = (THREE.parts[0], THREE.parts[0])
    assert told_apart(twice, swapped) == (2, 1)


def test_the_page_counts_what_is_within_the_bound_and_names_what_is_not() -> None:
    found = [Told(THREE, 100, 9, causes, 3, apart) for causes, apart in ((3, 3), (4, 3), (5, 2))]
    text = page(found, 1)
    assert "| 3 | 3 | 100 | 9 | 4 | 5 | 33.3 % | 66.7 % | 1 |" in text
    assert "| 1 | 0 |" in text
    name = "- `swaps_begin_and_end`, `loses_rank_of_relatie`, `cuts_names_at_20`: 5 causes"
    assert text.count(name) == 2
