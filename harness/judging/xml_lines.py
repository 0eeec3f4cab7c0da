"""The lines of a 2.1 message by the paths of its elements, however many are asked for."""

from __future__ import annotations

import re

from lxml import etree

from schemas.message.parse_xml import local_name

_STEP = re.compile(r"([^\[]+)(?:\[([0-9]+)\])?")


class Lines:
    """A parsed document; None where there is none, of which no line is known."""

    def __init__(self, document: etree._Element | None) -> None:
        self.document = document
        self._below: dict[etree._Element, dict[str, list[etree._Element]]] = {}

    def of(self, path: str) -> int:
        """The line of the element at a path, or of the nearest one above it that is there."""
        element = self.document
        if element is None:
            return 0
        for step in path.split("/")[2:]:
            found = _STEP.fullmatch(step)
            same = self._children(element).get(found[1] if found else step, [])
            place = int(found[2]) if found and found[2] else 0
            # A place stands in the path where there are more of the name, and only there.
            if not same or bool(place) != (len(same) > 1) or place > len(same):
                break
            element = same[place - 1]
        return element.sourceline or 0

    def _children(self, element: etree._Element) -> dict[str, list[etree._Element]]:
        found = self._below.get(element)
        if found is None:
            found = self._below[element] = {}
            for child in element:
                found.setdefault(local_name(child), []).append(child)
        return found
