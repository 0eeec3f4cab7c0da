"""What a return message gave back was not received: it may be sent again."""

from __future__ import annotations

import pytest

from tests.schemas.rules.cases import C1, C2, ID, L1, L2, Message
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
from tests.schemas.rules.judged import judged

# The golden 306 gives both products of the first client back. The second client's product, which
# was withdrawn, is delivered.
SECOND = f"{C2}/StartProducten/StartProduct"
LATER = f"{C1}/StartProducten/StartProduct[1]/Begindatum"
AGAIN = {"2.1": {ID: "ST2017-00002", f"{SECOND}/StatusAanlevering": "1"}}
AGAIN["2.0"] = {ID_20: "ST2017-00002", f"6 {STATUS_20}": "1"}
MENDED = {"2.1": {LATER: "2017-04-06"}, "2.0": {"3 BEGINDATUM LEVERING": "20170406"}}
RELEASES = ("2.0", "2.1")
FIRST: Message = ("WMO305", {})
BACK: Message = ("WMO306", {})


def last(release: str, *messages: Message) -> list[str]:
    """The rules that the last of some messages breaks; those before break none."""
    *before, found = judged(messages, release)
    assert before == [[] for _ in before]
    return [fault.rule for fault in found]


@pytest.mark.parametrize("release", RELEASES)
def test_a_start_that_was_given_back_may_be_sent_again(release: str) -> None:
    again = ("WMO305", AGAIN[release])
    assert last(release, FIRST, again) == ["TR074", "TR074"]
    assert last(release, FIRST, BACK, again) == []


@pytest.mark.parametrize("release", RELEASES)
def test_a_start_that_was_given_back_does_not_run(release: str) -> None:
    mended = ("WMO305", AGAIN[release] | MENDED[release])
    assert last(release, FIRST, mended) == ["TR326", "TR074"]
    assert last(release, FIRST, BACK, mended) == []


# The golden 304 gives both lines of the first client back, with nothing granted.
ASSIGNED = {"2.0": APRIL_20, "2.1": APRIL}
DECLARED = {"2.0": MINE_20, "2.1": MINE}
REFUSED = {
    "2.0": MINE_20,
    "2.1": {"Clienten/Client/Prestaties/Prestatie[1]/ToewijzingNummer": "501"},
}
NUMBERED = {
    "2.0": {place: value for place, value in NEXT_20.items() if not place.startswith(("4 ", "5 "))},
    "2.1": {place: value for place, value in NEXT.items() if not place.startswith((L1, L2))},
}


@pytest.mark.parametrize("release", RELEASES)
def test_lines_that_were_given_back_may_be_declared_again(release: str) -> None:
    assigned, first = ("WMO301", ASSIGNED[release]), ("WMO303", DECLARED[release])
    back = ("WMO304", REFUSED[release])
    again = ("WMO303", NUMBERED[release] | DECLARED[release])
    told = ["TR322", "TR314", "TR314", "TR390"]
    assert sorted(last(release, assigned, first, again)) == sorted(told)
    assert last(release, assigned, first, back, again) == []
