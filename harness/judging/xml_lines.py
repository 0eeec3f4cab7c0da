"""Looks up line numbers in a 2.1 message by element path, with an index built once."""

from __future__ import annotations

import re

from lxml import etree

from schemas.message.parse_xml import local_name

_STEP = re.compile(r"([^\[]+)(?:\[([0-9]+)\])?")


class Lines:
    """The lines of a parsed document; without a document every line is 0."""

    def __init__(self, document: etree._Element | None) -> None:
        self.document = document
        self._below: dict[etree._Element, dict[str, list[etree._Element]]] = {}

    def of(self, path: str) -> int:
        """The line of the element at a path, or of its nearest ancestor that exists."""
        element = self.document
        if element is None:
            return 0
        for step in path.split("/")[2:]:
            found = _STEP.fullmatch(step)
            same = self._children(element).get(found[1] if found else step, [])
            place = int(found[2]) if found and found[2] else 0
            # A path has a position exactly where an element repeats.
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
