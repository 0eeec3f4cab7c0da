"""Writing a 2.1 message, class by class, as one format string and the texts for it."""

from __future__ import annotations

from functools import lru_cache

from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.message.value_pick import MOST_KEPT
from schemas.xml.class_templates import Below, Class, Compiler, Shapes, compiled, escaped, missing


@lru_cache(maxsize=MOST_KEPT)
def _shapes(compiler: Compiler, klass: Class, present: tuple[str, ...]) -> Shapes:
    return compiler.shapes(klass, present, {})


class _Writer:
    """One message as a format string, piece by piece, and the texts for it."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.out: list[str] = []
        self.texts: list[str] = []

    def fill(self, klass: Class, node: Node) -> None:
        """Add a class and all below it."""
        out, values, present = self.out, node.values, tuple(node.values)
        shapes = _shapes(self.compiler, klass, present)
        out.append(klass.open)
        for part, shape in zip(klass.parts, shapes, strict=True):
            if shape is not None:
                out.append(shape.text)
                self.add(shape.pick(values))
            elif isinstance(part, Below):
                self.below(part, [n for n in node.children if n.record == part.record])
        out.append(klass.close)

    def below(self, place: Below, nodes: list[Node]) -> None:
        if not nodes:
            if place.required:
                raise missing(place.each.path)
            return
        self.out.append(place.open)
        for node in nodes:
            self.fill(place.each, node)
        self.out.append(place.close)

    def add(self, texts: tuple[str, ...]) -> None:
        joined = "".join(texts)
        if "&" in joined or "<" in joined or ">" in joined or "\r" in joined:
            texts = tuple(map(escaped, texts))
        self.texts += texts


def write(message: MessageType, root: Node) -> bytes:
    """A 2.1 message as bytes: UTF-8 without a byte order mark.

    Raises Refused where an element that must be present has no value.
    """
    compiler, klass = compiled(message.name)
    writer = _Writer(compiler)
    writer.fill(klass, root)
    return ("".join(writer.out) % tuple(writer.texts)).encode("utf-8")
