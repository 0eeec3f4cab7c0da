"""What a run says of a fault: whether it was caught, at its own field, and how soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.suites.registry import parse
from tests.mutation.catalogue_page import Key, Measured
from tests.suts.fault_kinds.kinds import Json, Kind, fits
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_table import Fault, ei_place, xml_place


@dataclass(frozen=True)
class Caught:
    """How one fault fared; `missing` is what was not found, `blamed` what should not have been.

    `count` is the smallest number of messages that shows all; 0 where something slipped.
    """

    key: Key
    count: int
    seconds: float
    missing: tuple[str, ...]
    blamed: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether it was caught, and nothing else blamed."""
        return self.count > 0 and not self.blamed

    @property
    def measured(self) -> Measured:
        """What the catalogue tells."""
        return Measured(self.count, self.seconds)

    def __str__(self) -> str:
        said = [f"not found: {item}" for item in self.missing]
        said += [f"blamed: {item}" for item in self.blamed]
        return " ".join((*filter(None, self.key), "|", "; ".join(said)))


def _judged(
    key: Key, cases: list[Json], missing: Callable[[list[Json]], list[str]], blamed: set[str]
) -> Caught:
    """With the smallest count at which nothing is missing, or else what is missing at the end."""
    by_index: dict[int, list[Json]] = {}
    for case in cases:
        by_index.setdefault(parse(case["id"]).index, []).append(case)
    findings: list[Json] = []
    seconds, left = 0.0, ["no case was run"]
    for index, some in sorted(by_index.items()):
        seconds += sum(case["seconds"] for case in some)
        findings += [item for case in some for item in case["findings"]]
        left = missing(findings)
        if not left:
            return Caught(key, index + 1, seconds, (), tuple(sorted(blamed)))
    return Caught(key, 0, seconds, tuple(left), tuple(sorted(blamed)))


def judged_kind(kind: Kind, spot: Spot, key: Key, cases: list[Json]) -> Caught:
    """What the cases of one message type say of a kind at a spot."""
    allowed = (*kind.finds, *kind.may)

    def missing(findings: list[Json]) -> list[str]:
        return [f for f in kind.finds if not any(fits(f, spot, item) for item in findings)]

    blamed = {
        f"{item['suite']} {item['code']} at {ei_place(item)} {xml_place(item)}"
        for case in cases
        for item in case["findings"]
        if item["direction"] != kind.direction or not any(fits(f, spot, item) for f in allowed)
    }
    return _judged(key, cases, missing, blamed)


def judged_fault(fault: Fault, key: Key, cases: list[Json]) -> Caught:
    """What the cases say of a fault that was written by itself."""

    def missing(findings: list[Json]) -> list[str]:
        return [" ".join((f.suite, f.code, f.ei, f.xml)) for f in fault.not_found(findings)]

    findings = [item for case in cases for item in case["findings"]]
    return _judged(key, cases, missing, {" ".join(item) for item in fault.blamed(findings)})
