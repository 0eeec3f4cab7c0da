"""The classes of a 2.1 message in writing order, with their tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.xml.layout import Group, Leaf, layout


@dataclass(eq=False)
class Class:
    """A class of a message: runs of members, and between these its child classes."""

    open: str
    close: str
    path: str
    parts: list[Run | Below] = field(default_factory=list)


@dataclass
class Run:
    """Consecutive members of a class that hold no child classes."""

    members: list[Leaf | Group]
    depth: int


@dataclass
class Below:
    """The child classes of one record code, with the tags of the group around them."""

    record: str
    open: str
    close: str
    required: bool
    each: Class


class Compiler:
    """Compiles the classes of a message type."""

    def __init__(self, message: MessageType) -> None:
        self.message = message

    def root(self) -> Class:
        """Compile the whole message; its start tag declares the namespace prefixes."""
        message, own = self.message, self.message.name.lower()
        found = self.klass(layout(message.name), 0)
        found.open = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<{own}:Bericht xmlns:{own}="{message.namespace}"'
            f' xmlns:{message.standard}="{message.base_namespace}">\n'
        )
        return found

    def name(self, member: Leaf | Group) -> str:
        """Return the prefixed name of an element."""
        own, base = self.message.name.lower(), self.message.standard
        return f"{base if member.element.base else own}:{member.element.name}"

    def tags(self, member: Leaf | Group, depth: int) -> tuple[str, str]:
        """Return the start and end tag of a group, each on a line."""
        name, indent = self.name(member), "  " * depth
        return f"{indent}<{name}>\n", f"{indent}</{name}>\n"

    def klass(self, group: Group, depth: int) -> Class:
        """Compile a class with its runs and child classes."""
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
        """Compile the child class in a group, or return None if it holds none."""
        required = not group.element.optional
        if group.record:
            return Below(group.record, "", "", required, self.klass(group, depth))
        for member in group.members:
            if isinstance(member, Group) and member.record:
                tags = self.tags(group, depth)
                each = self.klass(member, depth + 1)
                return Below(member.record, *tags, required, each)
        return None


def missing(path: str) -> Refused:
    """Return the refusal of a message that lacks a required element."""
    return Refused("OUT-REQUIRED", f"{path} must be present in 2.1, and no value is known")


@cache
def compiled(name: str) -> tuple[Compiler, Class]:
    """Return the compiler and the root class of a message type."""
    compiler = Compiler(catalogue().one(name))
    return compiler, compiler.root()


def escaped(text: str) -> str:
    """Escape a text for XML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace("\r", "&#13;")


# The ampersand comes last, as it may be the start of another entity.
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&"}


def unescaped(value: str) -> str:
    """Replace the entities of a text; the standard library's function takes 0.1 s to import."""
    for entity, char in _ENTITIES.items():
        value = value.replace(entity, char)
    return value
