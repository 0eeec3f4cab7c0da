"""Whether a 2.1 document says just what a tree says: a fast yes, or a no that others explain.

Tags and texts are compared as flat lists; what is written in another way (`7` for `07`) is a no
here, and judged in full by whoever asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.xml_write import Class, Compiler, Run, compiled, shape_of

# For each kind of record the elements of which any value will do, if it is unique.
AnyValue = Mapping[str, frozenset[str]]


class _Flat:
    """The elements of a tree in document order; a group and a free value have no text."""

    def __init__(self, compiler: Compiler, free: AnyValue) -> None:
        self.compiler = compiler
        self.free = free
        self.tags: list[str] = []
        self.texts: list[str | None] = []
        self.free_places: list[int] = []

    def add(self, klass: Class, node: Node) -> None:
        self.tags.append(klass.tag)
        self.texts.append(None)
        for part in klass.parts:
            if isinstance(part, Run):
                self.run(part, node)
                continue
            found = [child for child in node.children if child.record == part.record]
            if found and part.tag:
                self.tags.append(part.tag)
                self.texts.append(None)
            for child in found:
                self.add(part.each, child)

    def run(self, run: Run, node: Node) -> None:
        free = self.free.get(node.record, frozenset())
        shape = shape_of(self.compiler, run, (*node.values, *free) if free else tuple(node.values))
        if free:
            start = len(self.tags)
            self.free_places += [start + i for i, slot in enumerate(shape.slots) if slot in free]
        self.tags += shape.tags
        self.texts += map(node.values.get, shape.slots)


def says(message: MessageType, document: etree._Element, expected: Node, free: AnyValue) -> bool:
    """Whether a valid document has exactly the elements and texts of an expected tree."""
    compiler, klass = compiled(message.name)
    flat = _Flat(compiler, free)
    flat.add(klass, expected)
    try:
        for element, tag, text in zip(document.iter(), flat.tags, flat.texts, strict=True):
            if element.tag != tag or (text is not None and element.text != text):
                return False
    except ValueError:
        # One has more elements than the other.
        return False
    return not flat.free_places or _are_unique(document, flat.free_places)


def _are_unique(document: etree._Element, places: list[int]) -> bool:
    elements = list(document.iter())
    values = [(elements[place].text or "").strip() for place in places]
    return all(values) and len(set(values)) == len(values)
