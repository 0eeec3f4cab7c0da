"""The messages that a case of the suite `state` asks about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from generators.content.sides import SOURCE
from generators.variation.covering_plan import COVERED
from generators.writing.written import written
from harness.cases.case import Case, Route
from harness.cases.specimen import Specimen
from harness.suites.state.kinds import AGAIN, UNDER_WAY
from harness.sut.protocol import Request
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.facts.totals import of
from schemas.message.node import Node
from schemas.releases.read_write import write
from schemas.retour.code_slots import keys_of

# The number of different messages under way, and how often each is asked in each direction. A
# folder has the messages of one direction at once, so that these must be more than forty.
MESSAGES = 8
_TIMES, _TIMES_BACK = 6, 2
# How often two messages come again: in both directions of a type as many requests as are under way.
_TIMES_AGAIN = 32
# Among so many messages without variations one as long is looked for.
_OTHERS = 100
_BSN = "BSN"
Asked = tuple[Request, Specimen]


def asked_about(case: Case, specimen: Specimen) -> list[Asked]:
    """The requests of a case, each with the specimen of its message.

    They are those of the index of the case: a run asks cases that run once among those of any.
    """
    first = specimen if specimen.index == case.index else specimen.at(case.index)
    if case.kind == UNDER_WAY:
        return [*_under_way(case.route, first)]
    if case.kind == AGAIN:
        return _again(case.route, _short(specimen.message, case.seed))
    return [*_coming_back(case.route, first)]


def _under_way(route: Route, specimen: Specimen) -> Iterator[Asked]:
    """Some messages along a route, with fewer in the other direction among them.

    None comes twice in a row, so that an answer to the one before shows.
    """
    found = [specimen.at(specimen.index + place) for place in range(MESSAGES)]
    source, target = route
    ways = [*(_TIMES // _TIMES_BACK) * ((source, target),), (target, source)]
    for place in range(_TIMES_BACK * MESSAGES):
        for step, (one, other) in enumerate(ways):
            item = found[(place + step) % MESSAGES]
            yield Request(item.message.name, one, other, item.sources[one]), item


def _again(route: Route, found: Sequence[Specimen]) -> list[Asked]:
    """Messages in turn, each many times."""
    source, target = route
    requests = [Request(one.message.name, source, target, one.sources[source]) for one in found]
    return [*zip(requests, found, strict=True)] * _TIMES_AGAIN


def _coming_back(route: Route, specimen: Specimen) -> Iterator[Asked]:
    """A message, another one of its identification, and the first again."""
    message, (source, target) = specimen.message, route
    first = Request(message.name, source, target, specimen.sources[source])
    as_long = _as_long(message, specimen.seed, specimen.index)
    other = _with_identity(specimen, as_long, source)
    second = Request(message.name, source, target, write(message, other, source))
    yield first, specimen
    yield second, specimen.asked(second)
    yield first, specimen


# Both directions of a type follow each other.
@lru_cache(maxsize=1)
def _as_long(message: MessageType, seed: int, index: int) -> Specimen:
    """Another message with clients that is as long in 2.0, or the first one if none is."""
    specimen = Specimen(message, seed, index)
    others = map(specimen.at, range(COVERED, COVERED + _OTHERS))
    with_clients = (item for item in others if item.content.children)
    first = next(with_clients)
    wanted, listed = _length(specimen), chain([first], with_clients)
    return next((item for item in listed if _length(item) == wanted), first)


@lru_cache(maxsize=1)
def _short(message: MessageType, seed: int) -> Sequence[Specimen]:
    """Two of the first messages: the shortest with several records of the first level."""
    first = (Specimen(message, seed, index) for index in range(MESSAGES))
    return sorted(first, key=lambda item: (len(item.content.children) < 2, _length(item)))[:2]


def _length(specimen: Specimen) -> int:
    """The length of the 2.0 message, which need not be written in 2.1 as well."""
    return len(written(specimen.message, specimen.content, SOURCE["2.0"]))


def _with_identity(specimen: Specimen, other: Specimen, release: str) -> Node:
    """The tree of another message, with the BSNs and the header of the first but for its totals."""
    name = specimen.message.name
    first, second = (item.content.node(SOURCE[release]) for item in (specimen, other))
    totals = _totals(name, release)
    kept = {key: value for key, value in second.values.items() if key in totals}
    second.values = {key: value for key, value in first.values.items() if key not in totals} | kept
    for one, its in zip(
        _with_bsn(name, release, first), _with_bsn(name, release, second), strict=False
    ):
        key = keys_of(name, release, one.record)[_BSN]
        its.values[key] = one.values[key]
    return second


@cache
def _totals(name: str, release: str) -> frozenset[str]:
    """The keys of the totals of a message."""
    amounts = [
        amount for total in of(name) for amount in (total.total, total.minus_total) if amount
    ]
    fields = [field for amount in amounts for field in (amount.amount, amount.sign)]
    keys = keys_of(name, release, HEADER)
    return frozenset(keys[field.name] for field in fields)


def _with_bsn(name: str, release: str, node: Node) -> Iterator[Node]:
    """The records below a node that have a BSN."""
    if node.record != HEADER and keys_of(name, release, node.record).get(_BSN) in node.values:
        yield node
    for child in node.children:
        yield from _with_bsn(name, release, child)
