"""What a message itself withdraws is gone before what it brings, whatever stands first."""

from __future__ import annotations

import pytest

from tests.schemas.rules.cases import ID, L1, L2, SUBMITTED, Message
from tests.schemas.rules.history_cases import (
    APRIL,
    APRIL_20,
    ID_20,
    MINE,
    MINE_20,
    NEXT,
    NEXT_20,
    STATUS_20,
)
from tests.schemas.rules.sent import (
    OTHER_STOP,
    OTHERS,
    RELEASES,
    START1,
    START2,
    STOP1,
    STOP2,
    last,
    start,
    stop,
)

# The key of the first golden start and stop, given to the second.
KEYS = {
    "305": (START2, {"BeschikkingNummer": "658721124", "Product/Categorie": "01",
                     "Product/Code": "01A01", "ToewijzingIngangsdatum": "2017-04-03"}),
    "307": (STOP2, {"BeschikkingNummer": "425386777", "Product/Categorie": "01",
                    "Product/Code": "01A02", "ToewijzingIngangsdatum": "2016-02-29"}),
}  # fmt: skip
OTHER = {"305": OTHERS, "307": OTHER_STOP}
FIELDS = {
    "BeschikkingNummer": "BESCHIKKINGNUMMER", "Product/Categorie": "PRODUCTCATEGORIE",
    "Product/Code": "PRODUCTCODE", "ToewijzingIngangsdatum": "INGANGSDATUM TOEWIJZING",
    "Begindatum": "BEGINDATUM LEVERING", "StatusAanlevering": STATUS_20,
}  # fmt: skip


def both(number: str, release: str, first: dict[str, str], second: dict[str, str]) -> Message:
    """A second message of which both products have one key, but for what is given."""
    at, key = KEYS[number]
    one = START1 if number == "305" else STOP1
    if release == "2.1":
        edits = {f"{at}/{name}": value for name, value in {**key, **second}.items()}
        edits |= {f"{one}/{name}": value for name, value in first.items()}
        edits |= {ID: "NUMMER-2", f"{OTHER[number]}/StatusAanlevering": "1"}
        return (f"WMO{number}", edits, release)
    edits = {ID_20: "NUMMER-2", f"6 {STATUS_20}": "1"}
    for record, values in (("3", first), ("4", {**key, **second})):
        edits |= {
            f"{record} {FIELDS[name]}": text.replace("-", "") for name, text in values.items()
        }
    return (f"WMO{number}", edits, release)


GONE, OLD, NEW = {"StatusAanlevering": "3"}, "2017-04-04", "2017-04-11"


@pytest.mark.parametrize("release", RELEASES)
def test_the_begin_of_a_start_is_corrected_in_one_message(release: str) -> None:
    first = start(release, 1)
    withdrawn_first = both("305", release, GONE, {"Begindatum": NEW})
    assert last(first, withdrawn_first) == []
    withdrawn_last = both("305", release, {"Begindatum": NEW}, GONE | {"Begindatum": OLD})
    assert last(first, withdrawn_last) == []
    # What is not withdrawn is running still.
    other = both("305", release, {"Begindatum": NEW}, GONE | {"Begindatum": "2017-04-06"})
    assert last(first, other) == ["TR063", "TR326"]


@pytest.mark.parametrize("release", RELEASES)
def test_a_start_is_replaced_by_one_with_its_own_key(release: str) -> None:
    first = start(release, 1)
    assert last(first, both("305", release, GONE, {"Begindatum": OLD})) == []
    replaced = both("305", release, {}, GONE | {"Begindatum": OLD})
    assert last(first, replaced) == []
    # It is delivered then: a third is one too many.
    assert last(first, replaced, start(release, 3, "1", "3")) == ["TR074"]


@pytest.mark.parametrize("release", RELEASES)
def test_a_stop_is_replaced_in_one_message(release: str) -> None:
    first: Message = ("WMO307", {}, release)
    begin = "2016-03-01"
    assert last(first, both("307", release, GONE, {"Begindatum": begin})) == []
    assert last(first, both("307", release, {}, GONE | {"Begindatum": begin})) == []
    assert last(first, both("307", release, {}, {"Begindatum": begin})).count("TR074") == 2


@pytest.mark.parametrize("release", RELEASES)
def test_a_stop_that_is_withdrawn_lets_the_start_run_again(release: str) -> None:
    first, ended = start(release, 1), stop(release, "2017-04-04")
    name, edits, _ = ended
    at, number = (
        (f"{STOP1}/StatusAanlevering", ID) if release == "2.1" else (f"3 {STATUS_20}", ID_20)
    )
    undone = (name, {**edits, at: "3", number: "STOP-2"}, release)
    again = start(release, 2, "1", "3", "1", begin="2017-04-20")
    assert last(first, ended, again) == []
    assert last(first, ended, undone, again) == ["TR326"]


VOLUME = f"{SUBMITTED}/GeleverdVolume"


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_declaration_credits_is_gone_before_what_it_declares(release: str) -> None:
    # Of the 12 hours that were assigned all were declared; the second line credits ten of them, so
    # that the first, which stands before it, may declare ten.
    if release == "2.1":
        assigned, declared = ("WMO301", APRIL, release), ("WMO303", MINE, release)
        ten = {f"{L1}/{VOLUME}": "10", f"{L1}/{SUBMITTED}/BerekendBedrag": ""}
        credit = {f"{L2}/ToewijzingNummer": "501"}
        again = ("WMO303", NEXT | MINE | ten, release)
        mended = ("WMO303", NEXT | MINE | ten | credit, release)
    else:
        assigned, declared = ("WMO301", APRIL_20, release), ("WMO303", MINE_20, release)
        ten = {"4 AANTAL UITGEVOERDE PRODUCTEN": "0010", "4 BEREKEND BEDRAG": "",
               "4 INDICATIE DEBET/CREDIT (01)": ""}  # fmt: skip
        credit = {"5 BESCHIKKINGNUMMER": "425386123", "5 BEGINDATUM PRODUCT": "20170401",
                  "5 EINDDATUM PRODUCT": "20170430"}  # fmt: skip
        again = ("WMO303", NEXT_20 | MINE_20 | ten, release)
        mended = ("WMO303", NEXT_20 | MINE_20 | ten | credit, release)
    assert last(assigned, declared, again) == ["TR322"]
    assert "TR322" not in last(assigned, declared, mended)
