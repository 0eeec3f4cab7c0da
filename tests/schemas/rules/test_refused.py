"""What was refused never happened, and what is delivered again after it is there again."""

from __future__ import annotations

import pytest

from tests.schemas.rules.cases import C1, C2, EARLIER, ID, L1, L2, SUBMITTED, Message, Named
from tests.schemas.rules.edited import Edits
from tests.schemas.rules.history_cases import APRIL, ASSIGNED, ID_20, MINE, NEXT, STATUS_20
from tests.schemas.rules.sent import OTHER_STOP, RELEASES, START1, START2, breaks, last, start

HEAD = "Header/RetourCodes/RetourCode"
GRANTED = "Header/RetourBedragen/ToegekendTotaalBedrag/TotaalBedrag"
STOPS: dict[str, Edits] = {
    "2.1": {ID: "STOP-2", f"{OTHER_STOP}/StatusAanlevering": "1"},
    "2.0": {ID_20: "STOP-2", f"6 {STATUS_20}": "1"},
}
# What is sent again, its return message, what is changed the second time, what it breaks then.
RESENT: dict[str, tuple[str, dict[str, Edits], set[str]]] = {
    "start": ("305", {"2.1": start("2.1", 2, "1", "1", "1")[1],
                      "2.0": start("2.0", 2, "1", "1", "1")[1]}, {"TR074"}),
    "stop": ("307", STOPS, {"TR074"}),
    "request": ("315", {"2.1": {}, "2.0": {}}, {"TR056"}),
    "declaration": ("303", {"2.1": {}, "2.0": {}}, {"TR314", "TR333", "TR390"}),
    "assignment": ("301", {"2.1": {}, "2.0": {}}, {"TR056"}),
}  # fmt: skip


def refusal(number: str, release: str, code: str = "0001") -> Named:
    """The golden return message as one that refuses in its header."""
    name = f"WMO{int(number) + 1}"
    # The golden 302 answers another message than the golden 301.
    other = number == "301"
    if release == "2.0":
        answered = {ID_20: "WT2017050001", "1 DAGTEKENING HEENBERICHT": "20170502"}
        # The golden 308 says 0200 in its header.
        return (name, (answered if other else {}) | {"1 RETOURCODE (01)": code}, release)
    edits = {"Clienten": "", HEAD: code}
    if number == "307":
        edits = {HEAD: code}
    if number == "303":
        edits = {"Clienten": "", HEAD: code, GRANTED: "0"}
    answered = {ID: "WT2017050001", "Header/BerichtIdentificatie/Dagtekening": "2017-05-02"}
    return (name, edits | (answered if other else {}), release)


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("what", RESENT)
def test_a_message_that_its_header_refused_never_happened(what: str, release: str) -> None:
    number, edits, told = RESENT[what]
    first: Named = (f"WMO{number}", {}, release)
    again = (f"WMO{number}", edits[release], release)
    assert told <= set(last(first, again))
    back = refusal(number, release)
    assert last(first, back, again) == []
    # What is sent once more is there twice again.
    assert told <= set(last(first, back, again, again))


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("what", ["stop", "request", "declaration"])
def test_a_refusal_of_the_other_release_is_one_too(what: str, release: str) -> None:
    number, edits, _ = RESENT[what]
    first: Named = (f"WMO{number}", {}, release)
    again = (f"WMO{number}", edits[release], release)
    (other,) = {*RELEASES} - {release}
    assert last(first, refusal(number, other), again) == []


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("code", ["0233", "8001", "8002"])
def test_a_header_without_a_fault_refuses_nothing(code: str, release: str) -> None:
    first: Named = ("WMO307", {}, release)
    again = ("WMO307", STOPS[release], release)
    assert last(first, refusal("307", release, code), again) == ["TR074", "TR074"]


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_refused_message_withdrew_is_there_still(release: str) -> None:
    first, withdrawn = start(release, 1), start(release, 2, "3", "3", "1")
    name, edits, _ = refusal("305", release)
    number = ID if release == "2.1" else ID_20
    back = (name, {**edits, number: "ST2017-00002"}, release)
    once_more = start(release, 3, "1", "3", "1")
    assert last(first, withdrawn, once_more) == ["TR063", "TR074"]
    assert last(first, withdrawn, back, once_more) == ["TR074"]


# --- A class that comes back ----------------------------------------------------------------------


@pytest.mark.parametrize("release", RELEASES)
def test_a_class_that_was_refused_and_delivered_again_is_found_double(release: str) -> None:
    # The golden 306 refuses both products of the first client.
    first = start(release, 1)
    back: Named = ("WMO306", {}, release)
    again, more = start(release, 2, "1", "1", "1"), start(release, 3, "1", "1", "3")
    assert breaks(first, back, again, more) == [[], [], [], ["TR074", "TR074"]]


def test_a_class_without_a_fault_beside_one_that_has_one_is_in_doubt() -> None:
    clean = {
        f"{START2}/RetourCodes/RetourCode[1]": "0200",
        f"{START2}/RetourCodes/RetourCode[2]": "",
    }
    first, back = start("2.1", 1), ("WMO306", clean, "2.1")
    # It may be sent again, and it may be withdrawn.
    for status in "13":
        assert last(first, back, start("2.1", 2, "1", status, "1")) == []


def test_a_client_that_was_refused_is_refused_with_all_its_classes() -> None:
    codes = {
        f"{START1}/RetourCodes/RetourCode": "0233",
        f"{START2}/RetourCodes/RetourCode[1]": "0200",
        f"{START2}/RetourCodes/RetourCode[2]": "",
        f"{C1}/RetourCodes/RetourCode": "9002",
    }
    first, back = start("2.1", 1), ("WMO306", codes, "2.1")
    again, more = start("2.1", 2, "1", "1", "1"), start("2.1", 3, "1", "1", "3")
    assert breaks(first, back, again, more) == [[], [], [], ["TR074", "TR074"]]


def test_a_withdrawal_that_was_refused_leaves_what_was_delivered() -> None:
    status = {ID: "ST2017-00002"} | {
        f"{place}/StatusAanlevering": "3" for place in (START1, START2)
    }
    first, withdrawn = start("2.1", 1), start("2.1", 2, "3", "3", "1")
    back = ("WMO306", status, "2.1")
    assert last(first, withdrawn, start("2.1", 3, "1", "1", "3")) == []
    assert last(first, withdrawn, back, start("2.1", 3, "1", "1", "3")) == ["TR074", "TR074"]


def test_an_answer_to_a_message_that_is_not_there_gives_back_the_last_delivery() -> None:
    back = ("WMO306", {ID: "ONBEKEND"}, "2.1")
    assert last(start("2.1", 1), back, start("2.1", 2, "1", "1", "1")) == []


@pytest.mark.parametrize("release", RELEASES)
def test_a_line_that_was_granted_is_declared(release: str) -> None:
    line = f"{C1}/Prestaties/Prestatie[1]"
    amount = f"{line}/ToegekendeBedragPrestatie/ToegekendBedrag/Bedrag"
    granted = {
        "2.1": {f"{line}/RetourCodes/RetourCode": "0200", amount: "29400", GRANTED: "67775"},
        "2.0": {
            "4 RETOURCODE (01)": "0200", "4 TOEGEKEND BEDRAG": "00029400",
            "7 TOTAAL TOEGEKEND BEDRAG": "00000067775",
        },
    }[release]  # fmt: skip
    declared: Named = ("WMO303", {}, release)
    told = last(declared, ("WMO304", granted, release), declared)
    # All lines but the one that was refused, which was credited.
    assert (told.count("TR314"), told.count("TR390")) == (4, 0)


# Two lines of 8 and 4 hours, of an assignment of 14.
HOURS = f"{SUBMITTED}/GeleverdVolume"
LINES = {
    f"{L1}/ToewijzingNummer": "501", f"{L1}/{HOURS}": "8", f"{L1}/{SUBMITTED}/BerekendBedrag": "",
    f"{L2}/ToewijzingNummer": "501", f"{L2}/{HOURS}": "4", f"{L2}/{SUBMITTED}/BerekendBedrag": "",
    f"{L2}/{SUBMITTED}/DeclaratieFactuurBedrag/DebetCredit": "D", f"{L2}/{EARLIER}": "",
}  # fmt: skip


def lines_back(*refused: int) -> Message:
    """The return message of these lines that refuses some, and grants the others."""
    edits = LINES | {f"{L2}/RetourCodes/RetourCode[2]": ""}
    for number, line in enumerate((L1, L2)):
        code = "8178" if number in refused else "0200"
        edits |= {f"{line}/RetourCodes/RetourCode": code}
        if number not in refused:
            edits |= {f"{line}/ToegekendeBedragPrestatie/ToegekendBedrag/Bedrag": "100"}
    return ("WMO304", edits, "2.1")


@pytest.mark.parametrize(("refused", "free"), [((0,), 10), ((1,), 6), ((0, 1), 14)])
def test_of_lines_of_one_assignment_those_come_back_that_were_refused(
    refused: tuple[int, ...], free: int
) -> None:
    assigned = APRIL | {f"{ASSIGNED}/Omvang/Volume": "14"}
    before = (("WMO301", assigned, "2.1"), ("WMO303", LINES, "2.1"), lines_back(*refused))
    for hours in (free, free + 1):
        edits = {f"{L1}/{HOURS}": str(hours), f"{L1}/{SUBMITTED}/BerekendBedrag": ""}
        told = last(*before, ("WMO303", NEXT | MINE | edits, "2.1"))
        assert bool({"TR321", "TR322"} & {*told}) == (hours > free)


def test_a_number_of_an_assignment_that_was_refused_may_be_used_for_another() -> None:
    at = f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]"
    first = ("WMO301", {f"{at}/ToewijzingNummer": "501"}, "2.1")
    other = f"{C2}/Beschikking/ToegewezenProducten/ToegewezenProduct/ToewijzingNummer"
    used = ("WMO301", {ID: "WT2017050009", other: "501"}, "2.1")
    assert last(first, used) == ["TR332"]
    assert last(first, refusal("301", "2.1"), used) == []
