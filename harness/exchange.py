"""All that is asked about one generated message: its sources, the answers, what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import count

from lxml import etree

from generators.content import Content
from generators.message import generate
from harness.compare import size, without
from harness.sut import OK, Answer, Asks, Request
from schemas import ei_read, ei_write, fills, xml_layout, xml_read, xml_write
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
        record: keys
        for record, items in fills.only_21(message.name).items()
        if (keys := frozenset(item.key for item in items if item.template))
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
        self._as_expected: dict[tuple[str, bytes], bool] = {}

    @cached_property
    def content(self) -> Content:
        """What the message says."""
        return generate(self.message, self.seed, self.index)

    def about(self, content: Content) -> Exchange:
        """An exchange about another content, of which nothing was asked yet."""
        other = Exchange(self.message, self.seed, self.index, self.schemas)
        other.content = content
        return other

    @cached_property
    def trees(self) -> dict[str, Node]:
        """The source trees by release."""
        trees = {"2.0": self.content.source_20}
        if self.message.root:
            trees["2.1"] = self.content.source_21
        return trees

    @cached_property
    def sources(self) -> dict[str, bytes]:
        """The source messages by release."""
        return {release: write(self.message, tree, release) for release, tree in self.trees.items()}

    @cached_property
    def expected(self) -> dict[str, Node]:
        """What a conversion to each release must hold, by that release."""
        content, keys = self.content, filled_keys(self.message)
        tree = without(content.expected_21, keys) if keys else content.expected_21
        return {"2.0": content.expected_20, "2.1": tree}

    def request(self, route: Route) -> Request | None:
        """What is asked on a route; None where it is known, or its first leg gave nothing to ask.

        A second leg is asked of the software's own first answer.
        """
        if route in self._answers:
            return None
        data = self.sources[route[0]]
        if len(route) > 2:
            first = self._answers[route[:2]]
            if first.status != OK:
                self._answers[route] = first
                return None
            data = first.output
        return Request(self.message.name, route[-2], route[-1], data)

    def answered(self, route: Route, answer: Answer) -> None:
        """Keep the answer on a route."""
        self._answers[route] = answer

    def answer(self, sut: Asks, route: Route) -> Answer:
        """What the software answers on a route."""
        for leg in (route[:2], route):
            if request := self.request(leg):
                self.answered(leg, *sut.ask([request]))
        return self._answers[route]

    def reading(self, sut: Asks, route: Route) -> Reading:
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

    def says_expected(
        self, output: bytes, release: str, document: Callable[[], etree._Element | None]
    ) -> bool:
        """Whether an answer is to the letter what is expected, which spares a look at its values.

        `document` gives the answer as XML; it is asked where the answer chooses some values.
        """
        known = release, output
        if known not in self._as_expected:
            self._as_expected[known] = self._says_expected(output, release, document)
        return self._as_expected[known]

    def _says_expected(
        self, output: bytes, release: str, document: Callable[[], etree._Element | None]
    ) -> bool:
        keys = filled_keys(self.message)
        if release == "2.0" or not keys:
            return output == self.expected_bytes(release)
        chosen = _chosen(self.message, document())
        tree = self.content.expected_21
        return _fill(tree, keys, chosen) and output == write(self.message, tree, release)

    def expected_bytes(self, release: str) -> bytes:
        """The expected message, as this project writes it."""
        tree, keys = self.expected[release], filled_keys(self.message)
        if release == "2.1" and keys:
            tree = self.content.expected_21
            _fill(tree, keys, (f"ANY-{number}" for number in count(1)))
        return write(self.message, tree, release)


def _chosen(message: MessageType, document: etree._Element | None) -> Iterator[str]:
    """The values of which any will do, as far as they are unique, in the order of a document."""
    if document is None:
        return iter(())
    leaves = xml_layout.leaves(message.name)
    tags = [leaves[code][key].tag for code, keys in filled_keys(message).items() for key in keys]
    return iter(dict.fromkeys([element.text or "" for element in document.iter(*tags)]))


def _fill(node: Node, keys: dict[str, frozenset[str]], chosen: Iterator[str]) -> bool:
    """Put values where any will do; whether there were enough, none of them blank."""
    for key in keys.get(node.record, ()):
        value = next(chosen, "")
        if not value.strip():
            return False
        node.own[key] = value
    return all(_fill(child, keys, chosen) for child in node.children)
