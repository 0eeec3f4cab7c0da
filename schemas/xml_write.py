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
Shape = tuple[str, tuple[str, ...]]


@dataclass
class _Class:
    """A class of a message: runs of leaves with, between them, the classes below it."""

    open: str
    close: str
    path: str
    parts: list[_Run | _Below] = field(default_factory=list)


@dataclass
class _Run:
    """Members of a class without classes in them; `shapes` by the values that are present."""

    members: list[Leaf | Group]
    depth: int
    shapes: dict[tuple[str, ...], Shape] = field(default_factory=dict)


@dataclass
class _Below:
    """The place of one kind of class below another, with the groups around it."""

    record: str
    open: str
    close: str
    required: bool
    each: _Class


class _Compiler:
    def __init__(self, message: MessageType) -> None:
        self.message = message

    def name(self, member: Leaf | Group) -> str:
        own, base = self.message.name.lower(), self.message.standard
        return f"{base if member.element.base else own}:{member.element.name}"

    def tags(self, member: Leaf | Group, depth: int) -> tuple[str, str]:
        name, indent = self.name(member), "  " * depth
        return f"{indent}<{name}>\n", f"{indent}</{name}>\n"

    def klass(self, group: Group, depth: int) -> _Class:
        found = _Class(*self.tags(group, depth), group.element.path)
        for member in group.members:
            if isinstance(member, Group) and (below := self.below(member, depth + 1)):
                found.parts.append(below)
            elif found.parts and isinstance(found.parts[-1], _Run):
                found.parts[-1].members.append(member)
            else:
                found.parts.append(_Run([member], depth + 1))
        return found

    def below(self, group: Group, depth: int) -> _Below | None:
        """The class in a group, or None where the group holds no class."""
        required = not group.element.optional
        if group.record:
            return _Below(group.record, "", "", required, self.klass(group, depth))
        for member in group.members:
            if isinstance(member, Group) and member.record:
                tags = self.tags(group, depth)
                return _Below(member.record, *tags, required, self.klass(member, depth + 1))
        return None

    def shape(self, run: _Run, present: tuple[str, ...]) -> Shape:
        """The format string of a run for the values that are present, and their keys in order."""
        out: list[str] = []
        keys: list[str] = []
        known = set(present)
        for member in run.members:
            missing = self.member(member, run.depth, known, out, keys)
            if missing:
                raise _missing(missing)
        return "".join(out), tuple(keys)

    def member(
        self, member: Leaf | Group, depth: int, present: set[str], out: list[str], keys: list[str]
    ) -> str:
        """Add a member; the path of what is missing where it must be there, or an empty text."""
        if isinstance(member, Leaf):
            return self.leaf(member, depth, present, out, keys)
        before, missing = len(keys), ""
        start = len(out)
        out.append(self.tags(member, depth)[0])
        for child in member.members:
            missing = self.member(child, depth + 1, present, out, keys) or missing
        if len(keys) == before:
            del out[start:]
            return (missing or member.element.path) if not member.element.optional else ""
        if missing:
            raise _missing(missing)
        out.append(self.tags(member, depth)[1])
        return ""

    def leaf(
        self, leaf: Leaf, depth: int, present: set[str], out: list[str], keys: list[str]
    ) -> str:
        name = self.name(leaf)
        found = [leaf.key] if leaf.key in present else []
        while leaf.repeats and f"{leaf.key}[{len(found) + 1}]" in present:
            found.append(f"{leaf.key}[{len(found) + 1}]")
        out += [f"{'  ' * depth}<{name}>%s</{name}>\n"] * len(found)
        keys += found
        return "" if found or leaf.element.optional else leaf.element.path


def _missing(path: str) -> Refused:
    return Refused("OUT-REQUIRED", f"{path} must be present in 2.1, and no value is known")


@cache
def _compiled(name: str) -> tuple[_Compiler, _Class]:
    message = catalogue().one(name)
    compiler = _Compiler(message)
    return compiler, compiler.klass(layout(name), 0)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace("\r", "&#13;")


def _run(compiler: _Compiler, run: _Run, values: dict[str, str]) -> str:
    present = tuple(values)
    shape = run.shapes.get(present)
    if shape is None:
        if len(run.shapes) >= _MOST_SHAPES:
            run.shapes.clear()
        shape = run.shapes[present] = compiler.shape(run, present)
    text, keys = shape
    texts = tuple(map(values.__getitem__, keys))
    joined = "".join(texts)
    if "&" in joined or "<" in joined or ">" in joined or "\r" in joined:
        texts = tuple(map(_escaped, texts))
    return text % texts


def _fill(compiler: _Compiler, klass: _Class, node: Node, out: list[str]) -> None:
    for part in klass.parts:
        if isinstance(part, _Run):
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
    compiler, klass = _compiled(message.name)
    own, base = message.name.lower(), message.standard
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<{own}:Bericht xmlns:{own}="{message.namespace}"'
        f' xmlns:{base}="{message.base_namespace}">\n',
    ]
    _fill(compiler, klass, root, out)
    out.append(f"</{own}:Bericht>\n")
    return "".join(out).encode("utf-8")
