"""A spot of the sweep: one field or element, and the fault to put there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.ei_lines import Lines
from harness.suites.refuse.damage.xml_documents import document, elements
from harness.suites.refuse.kinds import AT

_OTHER = re.compile("[^a-z0-9]+")


class Base:
    """A valid message, in the forms in which it is damaged."""

    def __init__(self, specimen: Specimen) -> None:
        self.specimen = specimen

    @cached_property
    def lines(self) -> list[str]:
        """The records of the 2.0 message."""
        return Lines(self.specimen).texts

    @cached_property
    def root(self) -> etree._Element:
        """The root of the 2.1 message."""
        return document(self.specimen)

    @cached_property
    def elements(self) -> dict[str, int]:
        """The position in document order of the first 2.1 element at each path."""
        numbers = {element: number for number, element in enumerate(self.root.iter())}
        found: dict[str, int] = {}
        for element, known in elements(self.specimen.message, self.root):
            found.setdefault(known.path, numbers[element])
        return found


@dataclass(frozen=True)
class Spot:
    """A place for a kind of fault; `address` is the 2.0 record and field, or the 2.1 path.

    `make` returns the message with the fault, or None if the message has no such place.
    """

    kind: str
    address: str
    evidence: str
    make: Callable[[Base], bytes | None]

    @property
    def name(self) -> str:
        """The kind and the place, as in the id of a case."""
        return f"{self.kind}{AT}{_OTHER.sub('-', self.address.lower()).strip('-')}"
