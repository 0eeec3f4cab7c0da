"""Messages that come one after the other, of either release, and what the last of them breaks."""

from __future__ import annotations

from tests.schemas.rules.cases import C1, C2, ID, Message, Named
from tests.schemas.rules.history_cases import ID_20, STATUS_20, STOPPED, STOPPED_20
from tests.schemas.rules.judged import judged

RELEASES = ("2.0", "2.1")

# The golden start of 10 April 2017: of the first client the product of a decision, and one without
# a code; of the second a withdrawal. The golden stop tells of two products of one client.
START1 = f"{C1}/StartProducten/StartProduct[1]"
START2 = f"{C1}/StartProducten/StartProduct[2]"
OTHERS = f"{C2}/StartProducten/StartProduct"
STOP1 = f"{C1}/StopProducten/StopProduct[1]"
STOP2 = f"{C1}/StopProducten/StopProduct[2]"
OTHER_STOP = f"{C2}/StopProducten/StopProduct"


def status(release: str, first: str, second: str = "", other: str = "") -> dict[str, str]:
    """The statuses of the golden start or stop, where they are others than 1, 1 and 3."""
    found = {}
    for place, place_20, wanted, golden in (
        ("StartProducten/StartProduct[1]", "3", first, "1"),
        ("StartProducten/StartProduct[2]", "4", second, "1"),
    ):
        if wanted and wanted != golden:
            at = f"{C1}/{place}/StatusAanlevering"
            found[at if release == "2.1" else f"{place_20} {STATUS_20}"] = wanted
    if other and other != "3":
        at = f"{OTHERS}/StatusAanlevering"
        found[at if release == "2.1" else f"6 {STATUS_20}"] = other
    return found


def start(release: str, number: int, *statuses: str, begin: str = "") -> Named:
    """The golden start with an identification, statuses and a begin of its own."""
    edits = status(release, *(statuses or ("1",)))
    if number > 1:
        edits[ID if release == "2.1" else ID_20] = f"ST2017-0000{number}"
    if begin:
        at = f"{START1}/Begindatum" if release == "2.1" else "3 BEGINDATUM LEVERING"
        edits[at] = begin if release == "2.1" else begin.replace("-", "")
    return ("WMO305", edits, release)


def stop(release: str, begin: str) -> Named:
    """The golden stop, of the first product of the golden start."""
    edits = dict(STOPPED if release == "2.1" else STOPPED_20)
    if release == "2.0":
        return ("WMO307", edits | {"3 BEGINDATUM LEVERING": begin.replace("-", "")}, release)
    return ("WMO307", edits | {f"{STOP1}/Begindatum": begin}, release)


def last(*messages: Message) -> list[str]:
    """The rules that the last of some messages breaks."""
    return sorted(fault.rule for fault in judged(messages, "2.1")[-1])


def breaks(*messages: Message) -> list[list[str]]:
    """The rules that each of some messages breaks."""
    return [sorted(fault.rule for fault in faults) for faults in judged(messages, "2.1")]
