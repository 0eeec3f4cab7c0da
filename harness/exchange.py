"""All that is asked about one generated message: its sources, the answers, what is expected."""

from __future__ import annotations

from functools import cache, cached_property

from generators.content import Content, expected_20, expected_21, source_20, source_21
from generators.message import generate
from harness.compare import size, without
from harness.sut import OK, Answer, Request, Sut
from schemas import ei_read, ei_write, fills, xml_read, xml_write
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.reading import Reading
from schemas.xml_schemas import SchemaSet

Route = tuple[str, ...]


def read(data: bytes, release: str, schemas: SchemaSet | None = None) -> Reading:
    """Read a message of a release."""
    return ei_read.read(data) if release == "2.0" else xml_read.read(data, schemas)


def write(message: MessageType, root: Node, release: str) -> bytes:
    """Write a message of a release."""
    return ei_write.write(message, root) if release == "2.0" else xml_write.write(message, root)


@cache
def filled_keys(message: MessageType) -> dict[str, frozenset[str]]:
    """For each record the elements of which any value will do, as nothing in 2.0 says it."""
    return {
        record: frozenset(item.key for item in items if item.template)
        for record, items in fills.only_21(message.name).items()
    }


class Exchange:
    """One generated message and what the software makes of it, asked once for each route."""

    def __init__(
        self, message: MessageType, seed: int, index: int, schemas: SchemaSet | None = None
    ) -> None:
        self.message = message
        self.seed = seed
        self.index = index
        self.schemas = schemas
        self._answers: dict[Route, Answer] = {}
        self._readings: dict[Route, Reading] = {}

    @cached_property
    def content(self) -> Content:
        """What the message says."""
        return generate(self.message, self.seed, self.index)

    @cached_property
    def trees(self) -> dict[str, Node]:
        """The source trees by release."""
        trees = {"2.0": source_20(self.content)}
        if self.message.root:
            trees["2.1"] = source_21(self.content)
        return trees

    @cached_property
    def sources(self) -> dict[str, bytes]:
        """The source messages by release."""
        return {release: write(self.message, tree, release) for release, tree in self.trees.items()}

    @cached_property
    def expected(self) -> dict[str, Node]:
        """What a conversion to each release must hold, by that release."""
        keys = filled_keys(self.message)
        return {"2.0": expected_20(self.content), "2.1": without(expected_21(self.content), keys)}

    def answer(self, sut: Sut, route: Route) -> Answer:
        """What the software answers on a route; a second leg is asked of its own first answer."""
        if route not in self._answers:
            if len(route) == 2:
                data = self.sources[route[0]]
            else:
                first = self.answer(sut, route[:2])
                if first.status != OK:
                    return first
                data = first.output
            request = Request(self.message.name, route[-2], route[-1], data)
            self._answers[route] = sut.convert(request)
        return self._answers[route]

    def reading(self, sut: Sut, route: Route) -> Reading:
        """The answer as it can be read."""
        if route not in self._readings:
            answer = self.answer(sut, route)
            self._readings[route] = read(answer.output, route[-1], self.schemas)
        return self._readings[route]

    def losses(self, source: str) -> dict[str, int]:
        """How many values the mapping loses or cuts on the way from a release."""
        target = "2.1" if source == "2.0" else "2.0"
        lost = max(size(self.trees[source]) - size(self.expected[target]), 0)
        cut = sum(item.cut for item in self.content.walk()) if target == "2.0" else 0
        return {"lost_by_mapping": lost, "cut_by_mapping": cut}

    def expected_bytes(self, release: str) -> bytes:
        """The expected message, for people to look at."""
        tree = self.expected[release]
        if release == "2.1":
            tree = expected_21(self.content)
            _fill_any(tree, filled_keys(self.message))
        return write(self.message, tree, release)


def _fill_any(node: Node, keys: dict[str, frozenset[str]], number: int = 0) -> int:
    """Put a value where any will do."""
    for key in keys.get(node.record, ()):
        number += 1
        node.values[key] = f"ANY-{number}"
    for child in node.children:
        number = _fill_any(child, keys, number)
    return number
