"""The messages that a case of the suite `state` asks about."""

from __future__ import annotations

from collections.abc import Iterator

from generators.content.sides import SOURCE
from harness.cases.case import Route, there
from harness.cases.specimen import Specimen
from harness.suites.state.kinds import UNDER_WAY
from harness.sut.protocol import Request
from schemas.facts.codelists import RELEASES
from schemas.facts.records import HEADER
from schemas.header.locations import places
from schemas.message.node import Node
from schemas.releases.read_write import write
from schemas.retour.code_slots import keys_of

# The number of different messages under way, and how often each is asked in both directions.
MESSAGES = 8
_TIMES = 4
_BSN = "BSN"
Asked = tuple[Request, Specimen]


def asked_about(kind: str, route: Route, specimen: Specimen) -> list[Asked]:
    """The requests of a kind, each with the specimen of its message."""
    return [*(_under_way(specimen) if kind == UNDER_WAY else _coming_back(route, specimen))]


def _under_way(specimen: Specimen) -> Iterator[Asked]:
    found = [specimen.at(specimen.index + place) for place in range(MESSAGES)]
    for item in found * _TIMES:
        for source, target in map(there, RELEASES):
            yield Request(item.message.name, source, target, item.sources[source]), item


def _coming_back(route: Route, specimen: Specimen) -> Iterator[Asked]:
    """A message, another one of its identification, and the first again."""
    message, (source, target) = specimen.message, route
    first = Request(message.name, source, target, specimen.sources[source])
    other = _with_identity(specimen, specimen.at(specimen.index + 1), source)
    second = Request(message.name, source, target, write(message, other, source))
    yield first, specimen
    yield second, specimen.asked(second)
    yield first, specimen


def _with_identity(specimen: Specimen, other: Specimen, release: str) -> Node:
    """The tree of another message, with the header values and the BSNs that identify the first."""
    name = specimen.message.name
    first, second = (item.content.node(SOURCE[release]) for item in (specimen, other))
    for place in places(name, release):
        if place.key in first.values:
            second.values[place.key] = first.values[place.key]
    for one, its in zip(
        _with_bsn(name, release, first), _with_bsn(name, release, second), strict=False
    ):
        key = keys_of(name, release, one.record)[_BSN]
        its.values[key] = one.values[key]
    return second


def _with_bsn(name: str, release: str, node: Node) -> Iterator[Node]:
    """The records below a node that have a BSN."""
    if node.record != HEADER and keys_of(name, release, node.record).get(_BSN) in node.values:
        yield node
    for child in node.children:
        yield from _with_bsn(name, release, child)
