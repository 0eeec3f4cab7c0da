"""Writes a 2.1 message, class by class, as one format string and its values."""

from __future__ import annotations

from functools import lru_cache

from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.message.value_pick import MOST_KEPT
from schemas.xml.class_templates import (
    Below,
    Class,
    Compiler,
    RunFormats,
    compiled,
    escaped,
    missing,
)


@lru_cache(maxsize=MOST_KEPT)
def _formats(compiler: Compiler, klass: Class, present: tuple[str, ...]) -> RunFormats:
    return compiler.formats(klass, present, {})


class _Writer:
    """One message as pieces of a format string, and the values for it."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.out: list[str] = []
        self.texts: list[str] = []

    def fill(self, klass: Class, node: Node) -> None:
        """Add a class and all below it."""
        out, values, present = self.out, node.values, tuple(node.values)
        formats = _formats(self.compiler, klass, present)
        out.append(klass.open)
        for part, form in zip(klass.parts, formats, strict=True):
            if form is not None:
                out.append(form.text)
                self.add(form.pick(values))
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
    """Return a 2.1 message as bytes: UTF-8 without a byte order mark.

    Raises Refused if a required element has no value.
    """
    compiler, klass = compiled(message.name)
    writer = _Writer(compiler)
    writer.fill(klass, root)
    return ("".join(writer.out) % tuple(writer.texts)).encode("utf-8")
