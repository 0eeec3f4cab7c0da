"""How the classes of a 2.1 message look, worked out once for the values that are present.

Elements stand in the order of the tables, groups only where filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from schemas.errors import Refused
from schemas.facts.message_types import MessageType, catalogue
from schemas.message.value_pick import Pick, picker
from schemas.xml.layout import Group, Leaf, layout


@dataclass(frozen=True)
class Shape:
    """How a run of members looks: as a format string, and what picks the values for it."""

    text: str
    pick: Pick


# The shapes of the parts of a class; a part that is a place for other classes has none.
Shapes = tuple[Shape | None, ...]


@dataclass(eq=False)
class Class:
    """A class of a message: runs of leaves with, between them, the classes below it."""

    open: str
    close: str
    path: str
    parts: list[Run | Below] = field(default_factory=list)


@dataclass
class Run:
    """Members of a class without classes in them."""

    members: list[Leaf | Group]
    depth: int


@dataclass
class Below:
    """The place of one kind of class below another, with the groups around it."""

    record: str
    open: str
    close: str
    required: bool
    each: Class


class Compiler:
    """Works out the tags of a message type."""

    def __init__(self, message: MessageType) -> None:
        self.message = message

    def root(self) -> Class:
        """The whole message; its start declares what the prefixes stand for."""
        message, own = self.message, self.message.name.lower()
        found = self.klass(layout(message.name), 0)
        found.open = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<{own}:Bericht xmlns:{own}="{message.namespace}"'
            f' xmlns:{message.standard}="{message.base_namespace}">\n'
        )
        return found

    def name(self, member: Leaf | Group) -> str:
        """The name of an element with its prefix."""
        own, base = self.message.name.lower(), self.message.standard
        return f"{base if member.element.base else own}:{member.element.name}"

    def tags(self, member: Leaf | Group, depth: int) -> tuple[str, str]:
        """The start and end tag of a group, each a line."""
        name, indent = self.name(member), "  " * depth
        return f"{indent}<{name}>\n", f"{indent}</{name}>\n"

    def klass(self, group: Group, depth: int) -> Class:
        """A class with its runs and the classes below it."""
        found = Class(*self.tags(group, depth), group.element.path)
        for member in group.members:
            if isinstance(member, Group) and (below := self.below(member, depth + 1)):
                found.parts.append(below)
            elif found.parts and isinstance(found.parts[-1], Run):
                found.parts[-1].members.append(member)
            else:
                found.parts.append(Run([member], depth + 1))
        return found

    def below(self, group: Group, depth: int) -> Below | None:
        """The class in a group, or None where the group holds no class."""
        required = not group.element.optional
        if group.record:
            return Below(group.record, "", "", required, self.klass(group, depth))
        for member in group.members:
            if isinstance(member, Group) and member.record:
                tags = self.tags(group, depth)
                each = self.klass(member, depth + 1)
                return Below(member.record, *tags, required, each)
        return None

    def shapes(self, klass: Class, present: tuple[str, ...], ready: Mapping[str, str]) -> Shapes:
        """How a class looks when certain values are present, and others ready-made."""
        known = {*present, *ready}
        return tuple(
            self.shape(part, known, {key: ready[key] for key in ready.keys() - present})
            if isinstance(part, Run)
            else None
            for part in klass.parts
        )

    def shape(self, run: Run, present: set[str], ready: Mapping[str, str]) -> Shape:
        """How a run looks when certain values are present, and others ready-made."""
        out: list[str] = []
        keys: list[str] = []
        for member in run.members:
            if lacking := self.member(member, run.depth, present, out, keys):
                raise missing(lacking)
        slots = (escaped(ready[key]).replace("%", "%%") if key in ready else "%s" for key in keys)
        return Shape("".join(out) % tuple(slots), picker([key for key in keys if key not in ready]))

    def member(
        self, member: Leaf | Group, depth: int, present: set[str], out: list[str], keys: list[str]
    ) -> str:
        """Add a member; the path of what is missing where it must be there, or an empty text."""
        if isinstance(member, Leaf):
            return self.leaf(member, depth, present, out, keys)
        before, lacking = len(out), ""
        opened, closed = self.tags(member, depth)
        out.append(opened)
        for child in member.members:
            lacking = self.member(child, depth + 1, present, out, keys) or lacking
        if len(out) == before + 1:
            del out[before:]
            return (lacking or member.element.path) if not member.element.optional else ""
        if lacking:
            raise missing(lacking)
        out.append(closed)
        return ""

    def leaf(
        self, leaf: Leaf, depth: int, present: set[str], out: list[str], keys: list[str]
    ) -> str:
        """Add a leaf, as often as it is present."""
        name = self.name(leaf)
        found = [leaf.key] if leaf.key in present else []
        while leaf.repeats and f"{leaf.key}[{len(found) + 1}]" in present:
            found.append(f"{leaf.key}[{len(found) + 1}]")
        out += [f"{'  ' * depth}<{name}>%s</{name}>\n"] * len(found)
        keys += found
        return "" if found or leaf.element.optional else leaf.element.path


def missing(path: str) -> Refused:
    """The refusal of a message without an element that must be present."""
    return Refused("OUT-REQUIRED", f"{path} must be present in 2.1, and no value is known")


@cache
def compiled(name: str) -> tuple[Compiler, Class]:
    """The compiled classes of a message type."""
    compiler = Compiler(catalogue().one(name))
    return compiler, compiler.root()


def escaped(text: str) -> str:
    """A text as it stands in XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace("\r", "&#13;")
