"""The table of the faulty converters, `faults.toml`: what must be found of each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.suites.refuse.kinds import AT
from harness.suites.registry import parse

ANY = "*"
# The suites that have kinds of input of which the output is judged whole.
_WHOLE = ("convert", "roundtrip", "rules")
Json = dict[str, Any]


def ei_place(finding: Json) -> str:
    """The record and field of a finding; in the suite `refuse` the kind of input, and its place."""
    if finding["suite"] == "refuse":
        return parse(finding["case"]).kind
    place = finding["ei"] or {"record": "", "field": ""}
    return f"{place['record']} {place['field']}".strip()


def xml_place(finding: Json) -> str:
    """The path of a finding without places among siblings; of a flaw none is told."""
    if finding["suite"] == "refuse":
        return ""
    return re.sub(r"\[\d+\]", "", finding["xml"]["path"]) if finding["xml"] else ""


def _code(finding: Json) -> str:
    """The code of a finding; of a broken rule with the name of the rule."""
    code, rule = finding["code"], finding["rule"]
    return f"{code} {rule}" if code == "RULE" else str(code)


@dataclass(frozen=True)
class Find:
    """A finding that must be there; `ei` and `xml` are places, as `faults.toml` explains them."""

    suite: str
    direction: str
    code: str
    ei: str
    xml: str

    def fits(self, finding: Json) -> bool:
        """Whether a finding is this one."""
        return (
            (self.suite, self.direction) == (finding["suite"], finding["direction"])
            and self.code in (ANY, _code(finding))
            and _fits_ei(self.ei, ei_place(finding))
            and _fits_xml(self.xml, xml_place(finding))
        )

    def explains(self, finding: Json) -> bool:
        """Whether a finding comes of the same; of a case that is judged whole it is also this."""
        is_whole = finding["suite"] in _WHOLE and bool(parse(finding["case"]).kind)
        if is_whole and self.suite in ("convert", "schema"):
            return self.fits({**finding, "suite": self.suite})
        return self.fits(finding)


def _fits_ei(place: str, actual: str) -> bool:
    if place.endswith(f" {ANY}"):
        return actual.startswith(place[:-1])
    # A kind of input is that kind at whatever place.
    return place in (ANY, actual, actual.partition(AT)[0])


def _fits_xml(place: str, actual: str) -> bool:
    if place in ("", ANY, "/"):
        return place in (ANY, actual)
    return f"/{actual}".endswith(f"/{place.removeprefix('/')}")


@dataclass(frozen=True)
class Fault:
    """A faulty converter and what must be found of it."""

    name: str
    what: str
    messages: str
    finds: tuple[Find, ...]
    count: int = 20
    block_on: str = "ABC"
    shows_in: str = ""
    missed: str = ""

    @property
    def suites(self) -> str:
        """The suites that must catch it, as an option."""
        return ",".join(sorted({find.suite for find in self.finds}))

    def not_found(self, findings: list[Json]) -> list[Find]:
        """What must be found, and be blocking, and is not."""
        blocking = [item for item in findings if item["blocking"]]
        return [
            find
            for find in self.finds
            if find.code != ANY and not any(find.fits(item) for item in blocking)
        ]

    def blamed(self, findings: list[Json]) -> set[tuple[str, ...]]:
        """What was found and does not come of this fault."""
        return {
            (
                item["suite"],
                item["direction"],
                item["code"],
                item["rule"],
                ei_place(item),
                xml_place(item),
            )
            for item in findings
            if not any(find.explains(item) for find in self.finds)
            or (self.shows_in and item["message"] != self.shows_in)
        }


def faults(table: str = "faults.toml") -> dict[str, Fault]:
    """The faulty converters of a table, or the faulty responders, by name."""
    text = (Path(__file__).parent / table).read_text(encoding="utf-8")
    return {
        name: Fault(name, **{**row, "finds": tuple(Find(*find) for find in row["finds"])})
        for name, row in tomllib.loads(text).items()
    }
