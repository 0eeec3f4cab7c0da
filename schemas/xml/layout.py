"""The elements of a 2.1 message type, compiled for reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import methodcaller

from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import MOST_CODES
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.facts.simple_types import BLANKS, SimpleType

Normalise = Callable[[str], str]


@dataclass
class Leaf:
    """An element with a text value; `key` is the key of that value in a node.

    With `absent_if_empty` an empty text counts as absent.
    """

    element: Element
    tag: str
    key: str
    repeats: bool
    normalise: Normalise | None
    absent_if_empty: bool


@dataclass
class Group:
    """An element with child elements; `record` is set if it is a class.

    If all values in `absent_if_empty` are empty or absent, the group itself counts as absent.
    """

    element: Element
    tag: str
    record: str = ""
    absent_if_empty: tuple[str, ...] = ()
    members: list[Leaf | Group] = field(default_factory=list)
    by_tag: dict[str, Leaf | Group] = field(default_factory=dict)


def normaliser(simple_type: SimpleType) -> Normalise | None:
    """Return the function that brings a text of this type into canonical form; None for strings."""
    if simple_type.base == "string":
        return None
    if simple_type.base == "date":
        return methodcaller("strip", BLANKS)
    if simple_type.codelist is None:
        return simple_type.canonical
    written = {simple_type.canonical(code): code for code in simple_type.codelist.valid("2.1")}

    @lru_cache(maxsize=MOST_CODES)
    def normalise(text: str) -> str:
        value = simple_type.canonical(text)
        return written.get(value, value)

    return normalise


def _containers(message: MessageType) -> dict[str, str]:
    """Return the paths of the classes, each with its record code."""
    found = {}
    for record in message.records.values():
        for path in filter(None, (record.container, record.keyed_container)):
            found[path] = record.code
    return found


class _Compiler:
    def __init__(self, message: MessageType) -> None:
        self.message = message
        self.containers = _containers(message)

    def tag(self, element: Element) -> str:
        space = self.message.base_namespace if element.base else self.message.namespace
        return f"{{{space}}}{element.name}"

    def leaf(self, element: Element, owner: str) -> Leaf:
        assert element.type is not None
        key = element.path.removeprefix(f"{owner}/") if owner else element.path
        repeats = element.highest > 1
        absent = element.optional and element.accepts("")
        tag = self.tag(element)
        return Leaf(element, tag, key, repeats, normaliser(element.type), absent)

    def group(self, element: Element, owner: str) -> Group:
        record = self.containers.get(element.path, "")
        group = Group(element, self.tag(element), record)
        owner = element.path if record else owner
        for child in element.children:
            member: Leaf | Group = (
                self.leaf(child, owner) if child.type else self.group(child, owner)
            )
            group.members.append(member)
            group.by_tag[member.tag] = member
        if element.optional and not record:
            group.absent_if_empty = _keys_if_empty(group)
        return group


def _keys_if_empty(group: Group) -> tuple[str, ...]:
    """Return the keys of the values in a group that may be present with all of them empty."""
    found = [item for item in group.members if isinstance(item, Leaf)]
    needed = [item for item in found if not item.element.optional]
    if len(found) < len(group.members) or not all(item.element.accepts("") for item in needed):
        return ()
    return tuple(item.key for item in found) if needed else ()


@cache
def layout(name: str) -> Group:
    """Return the compiled root of a 2.1 message type."""
    message = catalogue().one(name)
    assert message.root is not None
    compiled = _Compiler(message).group(message.root, "")
    compiled.record = HEADER
    return compiled


@cache
def leaves(name: str) -> dict[str, dict[str, Leaf]]:
    """Return the elements with a value in the class of each record, by record code and key."""
    found: dict[str, dict[str, Leaf]] = {}

    def collect(group: Group, record: str) -> None:
        record = group.record or record
        for member in group.members:
            if isinstance(member, Leaf):
                found.setdefault(record, {})[member.key] = member
            else:
                collect(member, record)

    collect(layout(name), HEADER)
    return found
