"""A test message: its sources in each release, and the expected result of each conversion."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from generators.content.content import Content
from generators.content.sides import EXPECTED, SOURCE
from generators.expected.conversion import conversion
from generators.message import generated
from generators.notation.plan import in_turn
from generators.writing.written import written
from harness.cases.fast.same_bytes import matches
from harness.sut.protocol import Request
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.finding_codes import preventing
from schemas.facts.message_types import MessageType
from schemas.message import fast_switch
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.xml.validators import SchemaSet


def _regenerated(name: str, seed: int, index: int) -> Specimen:
    return Specimen(catalogue().one(name), seed, index)


class Specimen:
    """One test message, with its sources and the expected result of each conversion.

    If `is_plain`, its sources are in the notation of ikeur's own writer, whatever its index.
    """

    is_plain = False

    def __init__(self, message: MessageType, seed: int, index: int) -> None:
        self.message = message
        self.seed = seed
        self.index = index
        self._readings: dict[tuple[str, bytes], Reading] = {}
        self._expected: dict[str, list[bytes]] = {}
        self._as_expected: dict[tuple[str, bytes], bool] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the coordinates only; the other process generates the content on demand."""
        return _regenerated, (self.message.name, self.seed, self.index)

    @cached_property
    def content(self) -> Content:
        """The generated content."""
        return generated(self.message, self.seed, self.index)

    def at(self, index: int) -> Specimen:
        """The specimen at another index."""
        return Specimen(self.message, self.seed, index)

    def about(self, content: Content) -> Specimen:
        """A specimen with the same coordinates and another content, with empty caches."""
        other = self.at(self.index)
        other.content = content
        return other

    def asked(self, request: Request, root: Node | None = None) -> Specimen:
        """The specimen of an input as it stands, defects included.

        `root` is the tree that it was written from, if that is known; it is not read again then.
        Raises Refused if the input is no message of its release, or the other cannot hold it.
        """
        message = catalogue().one(request.message)
        reading = read(request.data, request.source)
        if faults := preventing(reading.faults):
            raise Refused(faults[0].code, faults[0].actual, faults[0].where)
        root = root or reading.root
        assert root is not None
        other = Specimen(message, self.seed, self.index)
        other.content = conversion(message, root, request.source)
        other.sources = other.plain = {request.source: request.data}
        return other

    @cached_property
    def trees(self) -> dict[str, Node]:
        """The source tree in each release."""
        trees = {"2.0": self.content.source_20}
        if self.message.root:
            trees["2.1"] = self.content.source_21
        return trees

    @cached_property
    def sources(self) -> dict[str, bytes]:
        """The source message in each release as it is handed over, in the notation in turn."""
        if self.is_plain:
            return self.plain
        return {
            release: in_turn(self.message, release, self.index, data)
            for release, data in self.plain.items()
        }

    @cached_property
    def plain(self) -> dict[str, bytes]:
        """The source message in each release, in the notation of ikeur's own writer."""
        return {
            release: written(self.message, self.content, SOURCE[release])
            for release in (RELEASES if self.message.root else RELEASES[:1])
        }

    @cached_property
    def expected(self) -> dict[str, Node]:
        """The expected tree of a conversion, by target release."""
        return {"2.0": self.content.expected_20, "2.1": self.content.expected_21}

    def _pieces(self, release: str) -> list[bytes]:
        """The expected message in a release, split where any value is allowed."""
        if release not in self._expected:
            text = written(self.message, self.content, EXPECTED[release])
            is_free = release == "2.1" and filled_keys(self.message.name)
            self._expected[release] = text.split(ANY.encode()) if is_free else [text]
        return self._expected[release]

    def reading(self, output: bytes, release: str, schemas: SchemaSet | None = None) -> Reading:
        """Parse an output, once for all cases that read it."""
        known = release, output
        if known not in self._readings:
            self._readings[known] = read(output, release, schemas)
        return self._readings[known]

    def losses(self, source: str) -> dict[str, int]:
        """How many values the mapping loses or cuts on the way from a release."""
        target = "2.1" if source == "2.0" else "2.0"
        lost = cut = 0
        for item in self.content.walk():
            lost += len(item.values.of[SOURCE[source]]) - len(item.values.of[EXPECTED[target]])
            cut += item.values.cut
        return {"lost_by_mapping": max(lost, 0), "cut_by_mapping": cut if target == "2.0" else 0}

    def says_expected(self, output: bytes, release: str) -> bool:
        """Whether an output certainly equals the expected message, byte for byte.

        Its values need no comparison then. Where any value is allowed, doubtful cases return False
        and are left to that comparison; so are all cases if the fast paths are off.
        """
        known = release, output
        if known not in self._as_expected:
            as_expected = fast_switch.IS_ON and matches(output, self._pieces(release))
            self._as_expected[known] = as_expected
        return self._as_expected[known]

    def expected_bytes(self, release: str) -> bytes:
        """The expected message as ikeur writes it."""
        first, *others = self._pieces(release)
        filled = (b"ANY-%d%b" % item for item in enumerate(others, 1))
        return b"".join([first, *filled])
