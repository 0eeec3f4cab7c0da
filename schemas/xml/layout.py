"""The elements of a 2.1 message, compiled for reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import methodcaller

from schemas.facts.codelists import MOST_CODES
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import HEADER
from schemas.facts.simple_types import BLANKS, SimpleType

Normalise = Callable[[str], str]


@dataclass
class Leaf:
    """An element with a text; `key` is where its value stands in a node.

    An empty text of one that is `absent_if_empty` says no more than none.
    """

    element: Element
    tag: str
    key: str
    repeats: bool
    normalise: Normalise | None
    absent_if_empty: bool


@dataclass
class Group:
    """An element with elements; `record` is set where it is a class of its own.

    A group of which all the values in `absent_if_empty` are empty or absent is absent itself.
    """

    element: Element
    tag: str
    record: str = ""
    absent_if_empty: tuple[str, ...] = ()
    members: list[Leaf | Group] = field(default_factory=list)
    by_tag: dict[str, Leaf | Group] = field(default_factory=dict)


def normaliser(kind: SimpleType) -> Normalise | None:
    """How a text of a type becomes the one way that the project writes it; None for strings."""
    if kind.base == "string":
        return None
    if kind.base == "date":
        return methodcaller("strip", BLANKS)
    if kind.codelist is None:
        return kind.canonical
    written = {kind.canonical(code): code for code in kind.codelist.valid("2.1")}

    @lru_cache(maxsize=MOST_CODES)
    def normalise(text: str) -> str:
        value = kind.canonical(text)
        return written.get(value, value)

    return normalise


def _containers(message: MessageType) -> dict[str, str]:
    """The paths at which a class of its own stands, with its record."""
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
    """The keys of the values of a group, where it may stand with none of them filled."""
    found = [item for item in group.members if isinstance(item, Leaf)]
    needed = [item for item in found if not item.element.optional]
    if len(found) < len(group.members) or not all(item.element.accepts("") for item in needed):
        return ()
    return tuple(item.key for item in found) if needed else ()


@cache
def layout(name: str) -> Group:
    """The compiled root of a 2.1 message type."""
    message = catalogue().one(name)
    assert message.root is not None
    compiled = _Compiler(message).group(message.root, "")
    compiled.record = HEADER
    return compiled


@cache
def leaves(name: str) -> dict[str, dict[str, Leaf]]:
    """For each record the leaves of its class by key; a keyed class counts as one."""
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
