"""The spots of the sweep by message type and release, and the inputs made for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from generators.message import generate
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged
from harness.suites.refuse.sweep import across_releases as across
from harness.suites.refuse.sweep import ei_fields, xml_elements
from harness.suites.refuse.sweep import ei_links as ei_ties
from harness.suites.refuse.sweep.spots import Base, Spot
from schemas.errors import IkeurError, TableError
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType

# The most messages to try for one with the field; nearly all are found in the first.
_MOST_TRIES = 200
# Message types are processed one after the other.
_HELD = 2


def _spots(message: MessageType, release: str) -> Iterator[Spot]:
    if release == "2.0":
        yield from ei_fields.spots(message)
        yield from ei_ties.spots(message)
    else:
        yield from xml_elements.spots(message)
    yield from across.spots(message, release)


@cache
def spots_of(name: str, release: str) -> dict[str, Spot]:
    """The spots of a message type in a release by name, in the order of the tables."""
    found: dict[str, Spot] = {}
    message = catalogue().one(name)
    for spot in _spots(message, release) if message.convertible else ():
        if spot.name in found:
            raise TableError("TABLE-FIELD", f"two places have the name {spot.name}", name)
        found[spot.name] = spot
    return found


@cache
def names(name: str) -> tuple[tuple[str, str], ...]:
    """The release and name of every spot of a message type."""
    return tuple((release, spot) for release in RELEASES for spot in spots_of(name, release))


class _Bases:
    """Valid messages of a type and seed, with one client each, to be damaged."""

    def __init__(self, message: MessageType, seed: int) -> None:
        self.message, self.seed = message, seed
        self.found: list[Base] = []

    def __iter__(self) -> Iterator[Base]:
        for index in range(_MOST_TRIES):
            if index == len(self.found):
                content = generate(self.message, self.seed, index, clients=1)
                specimen = Specimen(self.message, self.seed, index).about(content)
                self.found.append(Base(specimen))
            yield self.found[index]


@lru_cache(maxsize=_HELD)
def _bases(name: str, seed: int) -> _Bases:
    return _Bases(catalogue().one(name), seed)


def swept(message: MessageType, release: str, name: str, seed: int) -> Damaged:
    """The input of a spot: the first message with the place, damaged there."""
    spot = spots_of(message.name, release)[name]
    for base in _bases(message.name, seed):
        if data := spot.make(base):
            return Damaged(data, spot.evidence, base.specimen)
    raise IkeurError("RUN-DAMAGE", f"no message of {message.name} has a place for {name}")
