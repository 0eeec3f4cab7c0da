"""What was delivered in one release counts in the other, as far as both can say it."""

from __future__ import annotations

import pytest

from tests.schemas.rules.cases import C1, ID, Named
from tests.schemas.rules.history_cases import (
    APRIL,
    APRIL_20,
    ID_20,
    MINE,
    MINE_20,
    NEXT,
    NEXT_20,
    NUMBER,
    STARTED,
    without,
)
from tests.schemas.rules.sent import START1, breaks, last, start, stop

SWITCH = [("2.0", "2.1"), ("2.1", "2.0")]


@pytest.mark.parametrize(("before", "after"), SWITCH)
def test_a_start_of_one_release_is_delivered_twice_in_the_other(before: str, after: str) -> None:
    again = start(after, 2, "1", "1", "1")
    assert last(start(before, 1), again) == ["TR074", "TR074"]


@pytest.mark.parametrize(("before", "after"), SWITCH)
def test_a_start_of_one_release_is_withdrawn_in_the_other(before: str, after: str) -> None:
    assert last(start(before, 1), start(after, 2, "3", "3", "1")) == []
    # What was never delivered is none of it.
    unknown = start(after, 2, "3", "3", "1", begin="2017-04-06")
    assert last(start(before, 1), unknown) == ["TR063"]


@pytest.mark.parametrize(("before", "after"), SWITCH)
def test_a_start_that_runs_in_one_release_runs_in_the_other(before: str, after: str) -> None:
    again = start(after, 2, "1", "3", "1", begin="2017-04-06")
    assert last(start(before, 1), again) == ["TR326"]


@pytest.mark.parametrize(("before", "after"), SWITCH)
def test_a_stop_in_one_release_ends_a_start_of_the_other(before: str, after: str) -> None:
    assert last(start(before, 1), stop(after, "2017-04-04")) == []
    assert last(start(before, 1), stop(after, "2017-04-05")) == ["TR382"]
    ended = (start(before, 1), stop(after, "2017-04-04"))
    assert last(*ended, start(after, 2, "1", "3", "1", begin="2017-04-06")) == []
    assert last(*ended, start(after, 2, "3", "3", "1")) == ["TR071"]


NUMBERED = {f"{START1}/ToewijzingNummer": "1001"}


def test_a_number_of_an_assignment_is_not_asked_of_what_was_delivered_in_20() -> None:
    name, edits, release = start("2.1", 2, "3", "3", "1")
    assert last(start("2.0", 1), (name, {**edits, **NUMBERED}, release)) == []
    name, edits, release = start("2.1", 2, "1", "3", "1")
    assert last(start("2.0", 1), (name, {**edits, **NUMBERED}, release)) == ["TR074"]


def test_what_names_the_number_alone_may_be_what_was_delivered_in_20() -> None:
    # Neither the same nor another: nothing is said by both that tells.
    for status in "13":
        name, edits, release = start("2.1", 2, status, "3", "1")
        alone = {f"{START1}/BeschikkingNummer": "", **edits, **NUMBERED}
        assert last(start("2.0", 1), (name, alone, release)) == []


def test_in_21_the_number_tells_one_assignment_from_another() -> None:
    first, (name, edits, release) = start("2.1", 1), start("2.1", 2, "1", "3", "1")
    assert last(first, (name, {**edits, **NUMBERED}, release)) == []


def test_a_message_that_is_there_in_both_releases_is_one_message() -> None:
    both = [start("2.0", 1), start("2.1", 1), start("2.1", 2, "3", "3", "1")]
    assert breaks(*both, start("2.0", 2, "3", "3", "1")) == [[], [], [], []]
    # Another of that identification is none.
    assert last(start("2.0", 1), ("WMO305", {DATED: "2017-04-11"}, "2.1")) == TWICE


DATED = "Header/BerichtIdentificatie/Dagtekening"
TWICE = ["TR056", "TR063", "TR074", "TR074"]


def test_an_assignment_of_20_may_have_any_number() -> None:
    assigned: Named = ("WMO301", {}, "2.0")
    decided = {f"{START1}/BeschikkingNummer": "425386123"}
    assert last(assigned, ("WMO305", STARTED | NUMBERED | decided, "2.1")) == []
    # Of another category none was assigned.
    other = {
        f"{START1}/Product/Categorie": "02",
        f"{START1}/Product/Code": "02A05",
    }
    assert last(assigned, ("WMO305", STARTED | NUMBERED | decided | other, "2.1")) == ["TR019"]


def test_an_assignment_of_21_counts_for_a_start_of_20() -> None:
    edits = {"1 CODE AANBIEDER": "98025566", "1 GEMEENTECODE": "0384", "2 BSN": "999908406"}
    decided = {"3 BESCHIKKINGNUMMER": "425386123"}
    assert last(("WMO301", {}, "2.1"), ("WMO305", edits | decided, "2.0")) == []
    assert last(("WMO301", {}, "2.1"), ("WMO305", edits, "2.0")) == ["TR019"]


def test_a_request_of_20_may_have_any_reference() -> None:
    asked = {"2 BSN": "999908406"}
    assigned = {f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/ReferentieAanbieder":
                "ANDERS-1"}  # fmt: skip
    category = {
        f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/Product/Categorie": "07",
        f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/Product/Code": "07A03",
    }
    known = ("WMO315", {f"{C1}/Bsn": "999908406", ID: "VOT-9", **REFERENCES}, "2.1")
    assert last(known, ("WMO301", assigned | category, "2.1")) == ["TR379"]
    assert last(("WMO315", asked, "2.0"), known, ("WMO301", assigned | category, "2.1")) == []


REFERENCES = {
    f"Clienten/Client[{client}]/Producten/Product[{product}]/ReferentieAanbieder": f"R-{number}"
    for number, (client, product) in enumerate(((1, 1), (1, 2), (2, 1)))
}


@pytest.mark.parametrize(("before", "after"), SWITCH)
def test_a_declaration_of_one_release_counts_in_the_other(before: str, after: str) -> None:
    declared = {"2.0": ("WMO303", MINE_20, "2.0"), "2.1": ("WMO303", MINE, "2.1")}
    line = {
        "2.0": "4 REFERENTIENUMMER DIT PRESTATIERECORD",
        "2.1": f"{C1}/Prestaties/Prestatie[1]/ProductReferentie/ReferentieNummer",
    }
    again = {"2.0": NEXT_20, "2.1": NEXT}[after]
    assert last(declared[before], ("WMO303", again, after)) == []
    used = without(again, line[after])
    assert last(declared[before], ("WMO303", used, after)) == ["TR314"]
    number = {"2.0": "1 FACTUURNUMMER DECLARANT", "2.1": NUMBER}[after]
    # Of the same day it would be the same message in the other release.
    day = {
        "2.0": {"1 DAGTEKENING FACTUUR": "20170509"},
        "2.1": {"Header/DeclaratieFactuurIdentificatie/FactuurDagtekening": "2017-05-09"},
    }
    later = without(again, number) | day[after]
    assert last(declared[before], ("WMO303", later, after)) == ["TR333"]


def test_an_identification_of_one_release_is_used_in_the_other() -> None:
    again = {ID_20: "WT2017050002"}
    assert last(("WMO301", APRIL, "2.1"), ("WMO301", APRIL_20 | again, "2.0")) == []
    day = {"1 DAGTEKENING HEENBERICHT": "20170503"}
    assert last(("WMO301", APRIL, "2.1"), ("WMO301", APRIL_20 | day, "2.0")) == ["TR056"]
