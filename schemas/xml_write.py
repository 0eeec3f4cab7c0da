"""Writing a 2.1 message: elements in the order of the tables, groups only where filled."""

from __future__ import annotations

from functools import cache

from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.xml_layout import Group, Leaf, layout

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


class _Leaf:
    """A leaf with its tags as text."""

    __slots__ = ("close", "escape", "key", "open", "path", "repeats", "required")

    def __init__(self, leaf: Leaf, name: str, depth: int) -> None:
        assert leaf.element.type is not None
        self.open = f"{'  ' * depth}<{name}>"
        self.close = f"</{name}>\n"
        self.key = leaf.key
        self.path = leaf.element.path
        self.repeats = leaf.repeats
        self.required = not leaf.element.optional
        self.escape = leaf.element.type.base == "string"


class _Group:
    """A group with its tags as text."""

    __slots__ = ("close", "members", "open", "path", "record", "required")

    def __init__(self, group: Group, name: str, depth: int) -> None:
        self.open = f"{'  ' * depth}<{name}>\n"
        self.close = f"{'  ' * depth}</{name}>\n"
        self.path = group.element.path
        self.record = group.record
        self.required = not group.element.optional
        self.members: list[_Leaf | _Group] = []


@cache
def _compiled(name: str) -> _Group:
    message = catalogue().one(name)

    def compiled(group: Group, depth: int) -> _Group:
        result = _Group(group, tag(group), depth)
        for member in group.members:
            if isinstance(member, Leaf):
                result.members.append(_Leaf(member, tag(member), depth + 1))
            else:
                result.members.append(compiled(member, depth + 1))
        return result

    def tag(member: Leaf | Group) -> str:
        element = member.element
        return f"{message.standard if element.base else name.lower()}:{element.name}"

    return compiled(layout(name), 0)


def _missing(path: str) -> Refused:
    return Refused("OUT-REQUIRED", f"{path} must be present in 2.1, and no value is known")


def _fill(group: _Group, node: Node, out: list[str]) -> str:
    """Write what is present below a group; the path of what is missing, or an empty text."""
    values, missing = node.values, ""
    for member in group.members:
        if isinstance(member, _Leaf):
            if member.repeats:
                found = _repeated(member, values, out)
            else:
                value = values.get(member.key)
                found = value is not None
                if value is not None:
                    text = _escape(value) if member.escape else value
                    out.append(f"{member.open}{text}{member.close}")
        elif member.record:
            found = _children(member, node, out)
        else:
            found = _inner(member, node, out)
        if not found and member.required and not missing:
            missing = member.path
    return missing


def _repeated(leaf: _Leaf, values: dict[str, str], out: list[str]) -> bool:
    place = 1
    while (value := values.get(f"{leaf.key}[{place}]")) is not None:
        out.append(f"{leaf.open}{_escape(value)}{leaf.close}")
        place += 1
    return place > 1


def _inner(group: _Group, node: Node, out: list[str]) -> bool:
    """Write a group that is no class of its own, where anything in it is present."""
    start = len(out)
    out.append(group.open)
    missing = _fill(group, node, out)
    if len(out) == start + 1:
        out.pop()
        return False
    if missing:
        raise _missing(missing)
    out.append(group.close)
    return True


def _children(group: _Group, node: Node, out: list[str]) -> bool:
    found = False
    for child in node.children:
        if child.record == group.record:
            found = True
            out.append(group.open)
            if missing := _fill(group, child, out):
                raise _missing(missing)
            out.append(group.close)
    return found


def write(message: MessageType, root: Node) -> bytes:
    """A 2.1 message as bytes: UTF-8 without a byte order mark.

    Raises Refused where an element that must be present has no value.
    """
    compiled = _compiled(message.name)
    own, base = message.name.lower(), message.standard
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<{own}:Bericht xmlns:{own}="{message.namespace}"'
        f' xmlns:{base}="{message.base_namespace}">\n',
    ]
    if missing := _fill(compiled, root, out):
        raise _missing(missing)
    out.append(f"</{own}:Bericht>\n")
    return "".join(out).encode("utf-8")
