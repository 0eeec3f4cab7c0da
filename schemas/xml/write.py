"""Writes a 2.1 message, class by class, as one format string and its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml.class_templates import Below, Class, Compiler, Run, compiled, escaped, missing
from schemas.xml.layout import Group, Leaf

# No text of XML has it.
_BETWEEN = "\0"


class _Slot(NamedTuple):
    """An element to write: a leaf, or a group of `members` that is closed by `close`."""

    text: str
    key: str
    # The path, if the element must be present.
    required: str
    repeats: bool = False
    members: tuple[_Slot, ...] | None = None
    close: str = ""


@cache
def _parts(compiler: Compiler, klass: Class) -> tuple[tuple[tuple[_Slot, ...], Below | None], ...]:
    """Return the parts of a class: elements to write, or child classes."""
    return tuple(
        (tuple(_slot(compiler, member, part.depth) for member in part.members), None)
        if isinstance(part, Run)
        else ((), part)
        for part in klass.parts
    )


def _slot(compiler: Compiler, member: Leaf | Group, depth: int) -> _Slot:
    required = "" if member.element.optional else member.element.path
    if isinstance(member, Leaf):
        name = compiler.name(member)
        text = f"{'  ' * depth}<{name}>%s</{name}>\n"
        return _Slot(text, member.key, required, member.repeats)
    opened, closed = compiler.tags(member, depth)
    members = tuple(_slot(compiler, below, depth + 1) for below in member.members)
    return _Slot(opened, "", required, False, members, closed)


class _Writer:
    """One message as pieces of a format string, and the values for it."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.out: list[str] = []
        self.texts: list[str] = []

    def fill(self, klass: Class, node: Node) -> None:
        """Add a class and all below it."""
        self.out.append(klass.open)
        for slots, below in _parts(self.compiler, klass):
            if below:
                self.below(below, [n for n in node.children if n.record == below.record])
            elif lacking := self.members(slots, node.values):
                raise missing(lacking)
        self.out.append(klass.close)

    def below(self, place: Below, nodes: list[Node]) -> None:
        if not nodes:
            if place.required:
                raise missing(place.each.path)
            return
        self.out.append(place.open)
        for node in nodes:
            self.fill(place.each, node)
        self.out.append(place.close)

    def members(self, slots: Sequence[_Slot], values: Mapping[str, str]) -> str:
        """Add what is present; return the path of a missing required element, or an empty text."""
        out, texts, lacking = self.out, self.texts, ""
        for text, key, required, repeats, members, close in slots:
            if members is not None:
                lacks = self.group(text, required, members, close, values)
                lacking = lacking or lacks
            elif (value := values.get(key)) is not None:
                out.append(text)
                texts.append(value)
            elif not (repeats and self.repeated(text, key, values)):
                lacking = lacking or required
        return lacking

    def group(
        self,
        opened: str,
        required: str,
        members: Sequence[_Slot],
        close: str,
        values: Mapping[str, str],
    ) -> str:
        """Add a group if anything in it is present; return as `members` does."""
        before = len(self.out)
        self.out.append(opened)
        lacking = self.members(members, values)
        if len(self.out) == before + 1:
            del self.out[before:]
            return required and (lacking or required)
        if lacking:
            raise missing(lacking)
        self.out.append(close)
        return ""

    def repeated(self, text: str, key: str, values: Mapping[str, str]) -> int:
        """Add a repeating element once for each value; return how many there are."""
        count = 0
        while (value := values.get(f"{key}[{count + 1}]")) is not None:
            self.out.append(text)
            self.texts.append(value)
            count += 1
        return count


def write(message: MessageType, root: Node) -> bytes:
    """Return a 2.1 message as bytes: UTF-8 without a byte order mark.

    Raises Refused if a required element has no value.
    """
    compiler, klass = compiled(message.name)
    writer = _Writer(compiler)
    writer.fill(klass, root)
    return ("".join(writer.out) % tuple(_escaped(writer.texts))).encode("utf-8")


def _escaped(texts: list[str]) -> list[str]:
    """Escape texts, as one as long as none of them has what stands between them."""
    joined = _BETWEEN.join(texts)
    if not any(character in joined for character in "&<>\r"):
        return texts
    found = escaped(joined).split(_BETWEEN)
    return found if len(found) == len(texts) else [*map(escaped, texts)]
