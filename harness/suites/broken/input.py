"""The input of a case with a defect, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from generators.content.content import Content
from generators.content.sides import EXPECTED, SIDES, SOURCE, Values
from generators.defects.alike import alike_tree
from generators.defects.alike_table import all_alike
from generators.expected.conversion import conversion
from harness.cases.case import Case, there
from harness.cases.specimen import Specimen
from harness.suites.broken.kinds import defect_of
from harness.suites.broken.trees import broken_trees
from harness.sut.protocol import Request
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.releases.read_write import write

# The number of inputs cached, for the cases of one index.
_MOST_KNOWN = 16
# The smallest of so many messages gets the defect, to keep a run short.
_NEAREST = 6
# The request with an input, and the specimen of that input on a route.
Way = tuple[Request, Specimen]


def broken(case: Case, specimen: Specimen) -> Way:
    """The request of a case with a defect, and the specimen of that message on its route.

    Falls back on the generated message if no message can have the defect.
    """
    place = (specimen.message, case.seed, case.index, case.kind, case.route[0])
    return _there(*place) if len(case.route) == len(there("2.0")) else _there_and_back(*place)


@lru_cache(maxsize=_MOST_KNOWN)
def _there(message: MessageType, seed: int, index: int, kind: str, source: str) -> Way:
    """The first input that the other release can hold."""
    return next(_ways(message, seed, index, kind, source))


@lru_cache(maxsize=_MOST_KNOWN)
def _there_and_back(message: MessageType, seed: int, index: int, kind: str, source: str) -> Way:
    """The first input that can also come back: that of the way there, but in rare cases."""
    place = (message, seed, index, kind, source)
    ways = chain((_there(*place),), _ways(*place))
    return next(way for way in map(_returned, ways) if way)


def _ways(message: MessageType, seed: int, index: int, kind: str, source: str) -> Iterator[Way]:
    """The inputs of a kind that the other release can hold; the generated message comes last."""
    specimen = Specimen(message, seed, index)
    for root in _trees(kind, specimen, source):
        try:
            yield one_way(specimen, write(message, root, source), source, root)
        except Refused:
            # Not every value with a defect fits both releases.
            continue
    yield one_way(specimen, specimen.plain[source], source)


def _trees(kind: str, specimen: Specimen, source: str) -> Iterator[Node]:
    """The messages near a specimen that have what a kind says, as trees of a release."""
    if kind in all_alike():
        place = specimen.message, specimen.seed, specimen.index
        return iter([alike_tree(kind, *place, source)])
    return broken_trees(defect_of(kind), specimen, source, _NEAREST)


def one_way(specimen: Specimen, data: bytes, source: str, root: Node | None = None) -> Way:
    """What must come of an input as it stands, with the coordinates of a specimen.

    `root` is the tree that it was written from, if that is known.
    Raises Refused if the other release cannot hold it.
    """
    source, target = there(source)
    request = Request(specimen.message.name, source, target, data)
    about = specimen.asked(request, root)
    about.expected_bytes(target)
    return request, about


def and_back(way: Way) -> Way:
    """What must come back of an input, from what must come of it there.

    Raises Refused if the way back fails.
    """
    request, one_way = way
    source, target = request.source, request.target
    way_back = conversion(one_way.message, one_way.content.node(EXPECTED[target]), target)
    about = one_way.about(_joined(one_way.content, way_back, source, target))
    about.sources = one_way.sources
    about.expected_bytes(source)
    return request, about


def _returned(way: Way) -> Way | None:
    """What must come back of an input; None if the way back fails."""
    try:
        return and_back(way)
    except Refused:
        return None


def _joined(one_way: Content, way_back: Content, source: str, target: str) -> Content:
    """The content of both ways: the message between them is both expected and a source."""
    sides: list[dict[str, str]] = [{} for _ in SIDES]
    sides[SOURCE[source]] = one_way.values.of[SOURCE[source]]
    sides[EXPECTED[target]] = sides[SOURCE[target]] = way_back.values.of[SOURCE[target]]
    sides[EXPECTED[source]] = way_back.values.of[EXPECTED[source]]
    one, two, three, four = sides
    cut = one_way.values.cut + way_back.values.cut
    found = Content(one_way.record, values=Values((one, two, three, four), cut))
    pairs = zip(one_way.children, way_back.children, strict=True)
    found.children = [_joined(first, second, source, target) for first, second in pairs]
    return found
