"""Writing a 2.1 message: elements in the order of the tables, groups only where filled.

What a class looks like hangs on which of its values are present; each such shape is worked out
once, as a format string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.xml_layout import Group, Leaf, layout

_MOST_SHAPES = 4096


@dataclass
class Shape:
    """How a run of members looks: as a format string for the values of its keys, in order.

    `tags` and `slots` list all its elements, a group's slot being empty.
    """

    text: str = ""
    keys: tuple[str, ...] = ()
    out: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)


@dataclass
class Class:
    """A class of a message: runs of leaves with, between them, the classes below it."""

    open: str
    close: str
    path: str
    tag: str
    parts: list[Run | Below] = field(default_factory=list)


@dataclass
class Run:
    """Members of a class without classes in them; `shapes` by the values that are present."""

    members: list[Leaf | Group]
    depth: int
    shapes: dict[tuple[str, ...], Shape] = field(default_factory=dict)


@dataclass
class Below:
    """The place of one kind of class below another, with the groups around it."""

    record: str
    open: str
    close: str
    tag: str
    required: bool
    each: Class


class Compiler:
    """Works out the tags of a message type."""

    def __init__(self, message: MessageType) -> None:
        self.message = message

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
        found = Class(*self.tags(group, depth), group.element.path, group.tag)
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
            return Below(group.record, "", "", "", required, self.klass(group, depth))
        for member in group.members:
            if isinstance(member, Group) and member.record:
                tags = self.tags(group, depth)
                each = self.klass(member, depth + 1)
                return Below(member.record, *tags, group.tag, required, each)
        return None

    def shape(self, run: Run, present: tuple[str, ...]) -> Shape:
        """How a run looks when certain values are present."""
        shape, known = Shape(), set(present)
        for member in run.members:
            if missing := self.member(member, run.depth, known, shape):
                raise _missing(missing)
        shape.text = "".join(shape.out)
        shape.keys = tuple(filter(None, shape.slots))
        return shape

    def member(self, member: Leaf | Group, depth: int, present: set[str], shape: Shape) -> str:
        """Add a member; the path of what is missing where it must be there, or an empty text."""
        if isinstance(member, Leaf):
            return self.leaf(member, depth, present, shape)
        before, missing = (len(shape.out), len(shape.tags)), ""
        opened, closed = self.tags(member, depth)
        shape.out.append(opened)
        shape.tags.append(member.tag)
        shape.slots.append("")
        for child in member.members:
            missing = self.member(child, depth + 1, present, shape) or missing
        if len(shape.tags) == before[1] + 1:
            del shape.out[before[0] :], shape.tags[before[1] :], shape.slots[before[1] :]
            return (missing or member.element.path) if not member.element.optional else ""
        if missing:
            raise _missing(missing)
        shape.out.append(closed)
        return ""

    def leaf(self, leaf: Leaf, depth: int, present: set[str], shape: Shape) -> str:
        """Add a leaf, as often as it is present."""
        name = self.name(leaf)
        found = [leaf.key] if leaf.key in present else []
        while leaf.repeats and f"{leaf.key}[{len(found) + 1}]" in present:
            found.append(f"{leaf.key}[{len(found) + 1}]")
        shape.out += [f"{'  ' * depth}<{name}>%s</{name}>\n"] * len(found)
        shape.tags += [leaf.tag] * len(found)
        shape.slots += found
        return "" if found or leaf.element.optional else leaf.element.path


def _missing(path: str) -> Refused:
    return Refused("OUT-REQUIRED", f"{path} must be present in 2.1, and no value is known")


@cache
def compiled(name: str) -> tuple[Compiler, Class]:
    """The compiled classes of a message type."""
    message = catalogue().one(name)
    compiler = Compiler(message)
    return compiler, compiler.klass(layout(name), 0)


def shape_of(compiler: Compiler, run: Run, present: tuple[str, ...]) -> Shape:
    """How a run looks when certain values are present, worked out once."""
    shape = run.shapes.get(present)
    if shape is None:
        if len(run.shapes) >= _MOST_SHAPES:
            run.shapes.clear()
        shape = run.shapes[present] = compiler.shape(run, present)
    return shape


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace("\r", "&#13;")


def _run(compiler: Compiler, run: Run, values: dict[str, str]) -> str:
    shape = shape_of(compiler, run, tuple(values))
    texts = tuple(map(values.__getitem__, shape.keys))
    joined = "".join(texts)
    if "&" in joined or "<" in joined or ">" in joined or "\r" in joined:
        texts = tuple(map(_escaped, texts))
    return shape.text % texts


def _fill(compiler: Compiler, klass: Class, node: Node, out: list[str]) -> None:
    for part in klass.parts:
        if isinstance(part, Run):
            out.append(_run(compiler, part, node.values))
            continue
        found = [child for child in node.children if child.record == part.record]
        if not found:
            if part.required:
                raise _missing(part.each.path)
            continue
        out.append(part.open)
        for child in found:
            out.append(part.each.open)
            _fill(compiler, part.each, child, out)
            out.append(part.each.close)
        out.append(part.close)


def write(message: MessageType, root: Node) -> bytes:
    """A 2.1 message as bytes: UTF-8 without a byte order mark.

    Raises Refused where an element that must be present has no value.
    """
    compiler, klass = compiled(message.name)
    own, base = message.name.lower(), message.standard
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<{own}:Bericht xmlns:{own}="{message.namespace}"'
        f' xmlns:{base}="{message.base_namespace}">\n',
    ]
    _fill(compiler, klass, root, out)
    out.append(f"</{own}:Bericht>\n")
    return "".join(out).encode("utf-8")
