"""An audit of a mailbox to be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.pairs.results import PairsSummary, Partner, Problem

PROBLEM = Problem(
    "PAIRS-OPEN", True, "B", "WMO305", "2.0", "0344", "98026987", "ST1", "2017-05-02", "a.ei", "",
    "", "", "", "",
)  # fmt: skip
LATE = replace(
    PROBLEM,
    code="PAIRS-DEADLINE",
    rule="SWITCH-HEEN",
    at="send 2017-06-06 17:05",
    moved="By letter",
)
PARTNER = Partner("0344", "98026987", 3, 2, 1, 2, 0, {"PAIRS-DEADLINE": 1, "PAIRS-OPEN": 1})


@dataclass
class Told:
    """An audit that found these."""

    found: list[Problem]
    with_partners: int = 1

    @property
    def summary(self) -> PairsSummary:
        codes: dict[str, tuple[int, int]] = {}
        for item in self.found:
            blocking, notes = codes.get(item.code, (0, 0))
            codes[item.code] = (blocking + item.blocking, notes + (not item.blocking))
        return PairsSummary(
            "0.1.0", "post<box>", "2.0-2.1", 1, 1, False, 5, 4, 2, 1, self.with_partners, codes
        )

    def problems(self, code: str = "", most: int = -1) -> Iterator[Problem]:
        found = [item for item in self.found if code in ("", item.code)]
        return iter(found if most < 0 else found[:most])

    def partners(self, most: int = -1) -> Iterator[Partner]:
        found = [PARTNER] * self.with_partners
        return iter(found if most < 0 else found[:most])
