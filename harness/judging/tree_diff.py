"""Compares two trees of one release: what is lost, cut, changed, invented or moved."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.message.node import Node

# The path to a node: for each step the kind of record and its position among that kind, from 0.
Chain = tuple[tuple[str, int], ...]
# Above this number of records, only identical ones are matched out of order.
MOST_ALIGNED = 60


@dataclass(frozen=True)
class Difference:
    """One difference; `key` is empty for a whole record, and a chain where the value is absent."""

    code: str
    record: str
    key: str
    expected: str
    actual: str
    chain_expected: Chain
    chain_actual: Chain


@dataclass(frozen=True)
class _OneSided:
    """A record that only one of the trees has, with everything below it."""

    node: Node
    chain: Chain


def same(expected: Node, actual: Node) -> bool:
    """Whether two trees are equal, order included."""
    if expected.values != actual.values or len(expected.children) != len(actual.children):
        return False
    return all(
        one.record == other.record and same(one, other)
        for one, other in zip(expected.children, actual.children, strict=True)
    )


def fingerprint(node: Node) -> tuple[object, ...]:
    """A hashable value of a tree that ignores the order of kinds."""
    below = tuple(fingerprint(child) for child in _by_kind(node))
    return (node.record, tuple(sorted(node.values.items())), below)


class Unmatched:
    """The unmatched positions of a list by fingerprint, each of which can be taken once."""

    def __init__(self, marks: Iterable[Hashable]) -> None:
        self._places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        self._left: dict[int, None] = {}
        for place, mark in enumerate(marks):
            self._places[mark].append(place)
            self._left[place] = None

    def taken(self, mark: Hashable) -> int | None:
        """Take the first position with a fingerprint; None if there is none left."""
        places = self._places.get(mark)
        if not places:
            return None
        place = places.popleft()
        del self._left[place]
        return place

    def left(self) -> Iterator[int]:
        """The positions not taken, in order."""
        return iter(self._left)

    def near(self, place: int) -> list[int]:
        """The positions not taken; of very many, those around `place`, or else the first ones."""
        if len(self._left) <= MOST_ALIGNED:
            return [*self._left]
        around = range(place - MOST_ALIGNED // 2, place + MOST_ALIGNED // 2)
        return [one for one in around if one in self._left] or [*islice(self._left, MOST_ALIGNED)]


def _by_kind(node: Node) -> list[Node]:
    return sorted(node.children, key=lambda child: child.record)


class _Comparison:
    def __init__(self) -> None:
        self.differences: list[Difference] = []
        self.lost: list[_OneSided] = []
        self.invented: list[_OneSided] = []

    def nodes(self, expected: Node, actual: Node, at: Chain, there: Chain) -> None:
        for key in dict.fromkeys([*expected.values, *actual.values]):
            one, other = expected.values.get(key), actual.values.get(key)
            if one != other:
                code = _value_code(one, other)
                self.differences.append(
                    Difference(code, expected.record, key, one or "", other or "", at, there)
                )
        kinds = dict.fromkeys(child.record for child in (*expected.children, *actual.children))
        for kind in kinds:
            self.lists(expected.of(kind), actual.of(kind), at, there)

    def lists(
        self, expected: Sequence[Node], actual: Sequence[Node], at: Chain, there: Chain
    ) -> None:
        if len(expected) == len(actual) and self.is_reordered(expected, actual):
            chain, other = (*at, (expected[0].record, 0)), (*there, (expected[0].record, 0))
            self.differences.append(
                Difference("ENTITY-ORDER", expected[0].record, "", "", "", chain, other)
            )
            return
        for one, other_place in pairs(expected, actual):
            chain = (*at, (expected[one].record, one)) if one is not None else ()
            if one is None:
                place = (*there, (actual[other_place].record, other_place))
                self.invented.append(_OneSided(actual[other_place], place))
            elif other_place < 0:
                self.lost.append(_OneSided(expected[one], chain))
            else:
                place = (*there, (actual[other_place].record, other_place))
                self.nodes(expected[one], actual[other_place], chain, place)

    @staticmethod
    def is_reordered(expected: Sequence[Node], actual: Sequence[Node]) -> bool:
        if len(expected) < 2 or all(
            same(one, other) for one, other in zip(expected, actual, strict=True)
        ):
            return False
        one, other = ([fingerprint(node) for node in nodes] for nodes in (expected, actual))
        return one != other and Counter(one) == Counter(other)

    def one_sided(self) -> Iterator[Difference]:
        """Yield the records that only one tree has; one that both have elsewhere has moved."""
        invented = Unmatched(fingerprint(item.node) for item in self.invented)
        for item in self.lost:
            place = invented.taken(fingerprint(item.node))
            if place is None:
                yield _one_sided("ENTITY-LOST", item, item.chain, ())
            else:
                there = self.invented[place].chain
                yield _one_sided("ENTITY-MOVED", item, item.chain, there)
        for place in invented.left():
            item = self.invented[place]
            yield _one_sided("ENTITY-INVENTED", item, (), item.chain)


def _one_sided(code: str, item: _OneSided, at: Chain, there: Chain) -> Difference:
    said = f"record {item.node.record}"
    expected, actual = (said if at else "", said if there else "")
    return Difference(code, item.node.record, "", expected, actual, at, there)


def _value_code(expected: str | None, actual: str | None) -> str:
    if actual is None:
        return "FIELD-LOST"
    if expected is None:
        return "FIELD-INVENTED"
    is_cut = actual and expected.startswith(actual) and not actual.isdigit()
    return "FIELD-CUT" if is_cut else "FIELD-CHANGED"


def _likeness(one: Node, other: Node) -> int:
    mine, theirs = one.values.items(), other.values.items()
    below = sum(_likeness(a, b) for a, b in zip(one.children, other.children, strict=False))
    return 2 * len(mine & theirs) + below


def pairs(expected: Sequence[Node], actual: Sequence[Node]) -> Iterator[tuple[int | None, int]]:
    """The positions of matching records; None or -1 where a record has no match."""
    if len(expected) == len(actual):
        yield from ((place, place) for place in range(len(expected)))
        return
    taken = _nearest(expected, actual) if _are_few(expected, actual) else _aligned(expected, actual)
    partners = set(taken.values())
    yield from ((place, taken.get(place, -1)) for place in range(len(expected)))
    yield from ((None, place) for place in range(len(actual)) if place not in partners)


def _are_few(expected: Sequence[Node], actual: Sequence[Node]) -> bool:
    return max(len(expected), len(actual)) <= MOST_ALIGNED


def _nearest(expected: Sequence[Node], actual: Sequence[Node]) -> dict[int, int]:
    """Match records greedily, the most similar first; of these, one that has as many values."""
    scores = sorted(
        (-_likeness(one, other), abs(len(one.values) - len(other.values)), abs(i - j), i, j)
        for i, one in enumerate(expected)
        for j, other in enumerate(actual)
    )
    taken: dict[int, int] = {}
    partners: set[int] = set()
    for *_, i, j in scores:
        if i not in taken and j not in partners:
            taken[i] = j
            partners.add(j)
    return taken


def _aligned(expected: Sequence[Node], actual: Sequence[Node]) -> dict[int, int]:
    """Match very many records: equal ones first, the others in order."""
    alike = Unmatched(map(fingerprint, actual))
    found = [alike.taken(fingerprint(one)) for one in expected]
    taken = {place: other for place, other in enumerate(found) if other is not None}
    alone = [place for place, other in enumerate(found) if other is None]
    left = [*alike.left()]
    ones, others = (
        [nodes[place] for place in places] for nodes, places in ((expected, alone), (actual, left))
    )
    if _are_few(ones, others):
        return taken | {alone[i]: left[j] for i, j in _nearest(ones, others).items()}
    return taken | dict(zip(alone, left, strict=False))


def differences(expected: Node, actual: Node) -> list[Difference]:
    """The differences between two trees; records of a kind may be in any order."""
    if same(expected, actual):
        return []
    comparison = _Comparison()
    comparison.nodes(expected, actual, (), ())
    return [*comparison.differences, *comparison.one_sided()]


def without(node: Node, keys: dict[str, frozenset[str]]) -> Node:
    """The tree without the given keys of each record."""
    left_out = keys.get(node.record)
    values = node.values
    if left_out:
        values = {key: value for key, value in values.items() if key not in left_out}
    result = Node(node.record, values, node.line)
    result.children = [without(child, keys) for child in node.children]
    return result
