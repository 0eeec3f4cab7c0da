"""The input of a case with a defect, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True)
class Broken:
    """The request with an input, and its specimen for the way there and for there and back."""

    request: Request
    there: Specimen
    back: Specimen


def broken(case: Case, specimen: Specimen) -> tuple[Request, Specimen]:
    """The request of a case with a defect, and the specimen of that message on its route.

    Falls back on the generated message if no message can have the defect.
    """
    place = (case.seed, case.index, case.kind, case.route[0])
    found = _found(specimen.message, *place)
    return found.request, found.there if len(case.route) == len(there("2.0")) else found.back


@lru_cache(maxsize=_MOST_KNOWN)
def _found(message: MessageType, seed: int, index: int, kind: str, source: str) -> Broken:
    specimen = Specimen(message, seed, index)
    for root in _trees(kind, specimen, source):
        try:
            return along(specimen, write(message, root, source), source)
        except Refused:
            # Not every value with a defect fits both releases.
            continue
    return along(specimen, specimen.plain[source], source)


def _trees(kind: str, specimen: Specimen, source: str) -> Iterator[Node]:
    """The messages near a specimen that have what a kind says, as trees of a release."""
    if kind in all_alike():
        place = specimen.message, specimen.seed, specimen.index
        return iter([alike_tree(kind, *place, source)])
    return broken_trees(defect_of(kind), specimen, source, _NEAREST)


def along(specimen: Specimen, data: bytes, source: str) -> Broken:
    """What must come of an input as it stands, with the coordinates of a specimen.

    Raises Refused if the other release cannot hold it, or the way back fails.
    """
    source, target = there(source)
    request = Request(specimen.message.name, source, target, data)
    one_way = specimen.asked(request)
    back = specimen.at(specimen.index)
    between = one_way.content.node(EXPECTED[target])
    way_back = conversion(specimen.message, between, target)
    back.content = _joined(one_way.content, way_back, source, target)
    back.sources = one_way.sources
    for item, release in ((one_way, target), (back, source)):
        item.expected_bytes(release)
    return Broken(request, one_way, back)


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
