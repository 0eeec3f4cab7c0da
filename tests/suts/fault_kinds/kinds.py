"""The kinds of faults, `fault_kinds.toml`: each strikes the spots that its facts ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zlib import crc32

from schemas.facts.catalogue import catalogue
from tests.paths import SUTS
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_kinds.spots import spots
from tests.suts.fault_table import ANY, ei_place, xml_place

Json = dict[str, Any]
# So many fields of a message type are struck by a kind, one in each run.
MOST_SPOTS = 2


@dataclass(frozen=True)
class Kind:
    """A kind of fault; `to` is the release that is written wrongly.

    `finds` and `may` hold texts of a suite, a code, and where it is found if not at the spot
    itself: `around` it, in its `record`, `below` it, where it was `added` or `renamed`, `anywhere`.
    """

    name: str
    what: str
    to: str
    does: str
    finds: tuple[str, ...]
    strikes: Json
    but: Json = field(default_factory=dict)
    may: tuple[str, ...] = ()
    of: str = "each"
    when: str = "filled"

    @property
    def direction(self) -> str:
        """The direction of the cases that must find it."""
        return "2.0-2.1" if self.to == "2.1" else "2.1-2.0"

    @property
    def suites(self) -> list[str]:
        """The suites that must catch it."""
        return sorted({find.split()[0] for find in self.finds})

    @property
    def codes(self) -> list[str]:
        """The codes that must be found."""
        return list(dict.fromkeys(find.split()[1] for find in self.finds))

    def spots(self, message: str) -> tuple[Spot, ...]:
        """What it strikes in a message type, spread over all that has the facts."""
        return _struck(self.name, message)

    def strike(self, place: int) -> dict[str, Spot]:
        """The spots of one run: for each message type that has so many, the one at a place."""
        found = {name: self.spots(name) for name in converted()}
        return {name: list_[place] for name, list_ in found.items() if len(list_) > place}


@cache
def converted() -> tuple[str, ...]:
    """The message types that are converted."""
    return tuple(item.name for item in catalogue().messages.values() if item.convertible)


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by name."""
    text = (SUTS / "fault_kinds.toml").read_text(encoding="utf-8")
    return {
        name: Kind(
            name,
            **{
                **row,
                "finds": tuple(row["finds"]),
                "may": tuple(row.get("may", ())),
            },
        )
        for name, row in tomllib.loads(text).items()
    }


@cache
def _struck(name: str, message: str) -> tuple[Spot, ...]:
    kind = kinds()[name]
    found = [
        spot
        for spot in spots(message, kind.to)
        if spot.fits(kind.strikes) and not (kind.but and spot.fits(kind.but))
    ]
    found.sort(key=lambda spot: crc32(f"{name}/{message}/{spot.text}".encode()))
    return tuple(found[:MOST_SPOTS])


def fits(expected: str, spot: Spot, finding: Json) -> bool:
    """Whether a finding is the expected one, at the place that the tables give for the spot."""
    suite, code, *where = expected.split()
    if suite != finding["suite"] or code not in (ANY, finding["code"]):
        return False
    at = where[0] if where else "itself"
    if at == "itself" and spot.start and finding["ei"] and finding["ei"]["start"] != spot.start:
        return False
    return _AT[at](spot, ei_place(finding), xml_place(finding))


def _path(place: str) -> str:
    return place.removeprefix("/").removeprefix("Bericht").removeprefix("/")


def _itself(spot: Spot, ei: str, xml: str) -> bool:
    """The field of 2.0 and the element of 2.1, as far as the finding names them."""
    named = bool(ei) or bool(xml)
    ei_fits = not ei or ei in (spot.ei, spot.record if not spot.name else spot.ei)
    return named and ei_fits and (not xml or _path(xml) in spot.paths)


def _around(spot: Spot, _: str, xml: str) -> bool:
    return _path(xml) in (*spot.around, *spot.paths)


def _record(spot: Spot, ei: str, xml: str) -> bool:
    return ei.split(" ")[0] == spot.record if ei else _below(spot, ei, xml)


def _below(spot: Spot, _: str, xml: str) -> bool:
    return any(f"{_path(xml)}/".startswith(f"{path}/") for path in spot.paths)


def _renamed(path: str) -> str:
    parent, _, name = path.rpartition("/")
    return f"{parent}/{name.upper()}"


_AT: dict[str, Callable[[Spot, str, str], bool]] = {
    "itself": _itself,
    "around": _around,
    "record": _record,
    "below": _below,
    "renamed": lambda spot, _, xml: any(_path(xml) == _renamed(path) for path in spot.paths),
    "added": lambda spot, _, xml: any(_path(xml) == f"{path}Oud" for path in spot.paths),
    "anywhere": lambda *_: True,
}
