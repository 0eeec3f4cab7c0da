"""Extracts some values of an accepted 2.1 message without parsing it.

The resulting tree has all classes, but only the requested values of each. The message is known to
be valid, so nothing is checked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schemas.facts.elements import UNBOUNDED, Element
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml.class_templates import unescaped
from schemas.xml.fast.accept import opened
from schemas.xml.layout import Group, Leaf, Normalise, layout

_BLANKS = r"[ \r\n\t]*+"
# The requested keys, by record code.
Wanted = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Step:
    """A stretch of a class without child classes, and the child class that may follow it."""

    match: Callable[[str, int], re.Match[str] | None]
    keys: tuple[str, ...]
    normalise: tuple[tuple[str, Normalise], ...]
    below: _Class | None
    start: str


@dataclass(frozen=True, slots=True)
class _Class:
    record: str
    steps: tuple[_Step, ...]


def _times(element: Element, pattern: str) -> str:
    if (element.lowest, element.highest) == (1, 1):
        return pattern
    most = "" if element.highest == UNBOUNDED else element.highest
    return f"(?:{pattern}){{{element.lowest},{most}}}+"


class _Compiler:
    def __init__(self, prefixes: tuple[str, str], wanted: Wanted) -> None:
        self.prefixes = prefixes
        self.wanted = wanted
        self.steps: list[_Step] = []
        self.open = ""
        self.leaves: list[Leaf] = []

    def name(self, element: Element) -> str:
        return f"{self.prefixes[element.base]}:{element.name}"

    def members(self, group: Group, record: str) -> None:
        for member in group.members:
            name = self.name(member.element)
            if isinstance(member, Group) and member.record:
                self.step(_compiled(member, self.prefixes, self.wanted), f"<{name}>")
            elif isinstance(member, Group) and any(
                isinstance(item, Group) and item.record for item in member.members
            ):
                # A group that holds classes may be absent; then neither of its tags matches.
                self.open += f"(?:<{name}>{_BLANKS})?+"
                self.members(member, record)
                self.open += f"(?:</{name}>{_BLANKS})?+"
            else:
                self.open += self.pattern(member, record)

    def pattern(self, member: Leaf | Group, record: str) -> str:
        """Return the pattern of an element without classes, capturing the requested values."""
        name = self.name(member.element)
        if isinstance(member, Leaf):
            asked = member.key in self.wanted.get(record, ())
            inner = "([^<]*+)" if asked else "[^<]*+"
            if asked:
                self.leaves.append(member)
        else:
            inner = _BLANKS + "".join(self.pattern(item, record) for item in member.members)
        return _times(member.element, f"<{name}>{inner}</{name}>{_BLANKS}")

    def step(self, below: _Class | None = None, start: str = "") -> None:
        self.steps.append(
            _Step(
                re.compile(self.open).match,
                tuple(leaf.key for leaf in self.leaves),
                tuple((leaf.key, leaf.normalise) for leaf in self.leaves if leaf.normalise),
                below,
                start,
            )
        )
        self.open, self.leaves = "", []


def _compiled(group: Group, prefixes: tuple[str, str], wanted: Wanted) -> _Class:
    compiler = _Compiler(prefixes, wanted)
    name = compiler.name(group.element)
    compiler.open = f"{_BLANKS}<{name}>{_BLANKS}" if group.element.path else _BLANKS
    compiler.members(group, group.record)
    compiler.open += f"</{name}>{_BLANKS}"
    compiler.step()
    return _Class(group.record, tuple(compiler.steps))


class Picker:
    """Extracts the wanted values from messages of one type."""

    def __init__(self, message: MessageType, wanted: Mapping[str, Iterable[str]]) -> None:
        self.layout = layout(message.name)
        self.wanted = {record: frozenset(keys) for record, keys in wanted.items()}
        self.known: dict[tuple[str, str], _Class] = {}

    def pick(self, data: bytes) -> Node:
        """Return the tree of a message that the fast path accepted."""
        prefixes, text = opened(data)
        compiled = self.known.get(prefixes)
        if compiled is None:
            compiled = _compiled(self.layout, prefixes, self.wanted)
            if len(self.known) < 64:
                self.known[prefixes] = compiled
        node, _ = _node(compiled, text, 0, "&" in text)
        return node


def _tidy(values: dict[str, str], step: _Step, coded: bool) -> None:
    """Remove absent values, and unescape and normalise the others."""
    for key in step.keys:
        if values[key] is None:
            del values[key]
        elif coded and "&" in values[key]:
            values[key] = unescaped(values[key])
    for key, normalise in step.normalise:
        if key in values:
            values[key] = normalise(values[key])


def _node(picked_class: _Class, text: str, place: int, coded: bool) -> tuple[Node, int]:
    values: dict[str, str] = {}
    children: list[Node] = []
    for step in picked_class.steps:
        match = step.match(text, place)
        assert match is not None
        place = match.end()
        if step.keys:
            found = match.groups()
            values.update(zip(step.keys, found, strict=True))
            if coded or step.normalise or None in found:
                _tidy(values, step, coded)
        if step.below is not None:
            start, below = step.start, step.below
            while text.startswith(start, place):
                child, place = _node(below, text, place, coded)
                children.append(child)
    node = Node(picked_class.record, values)
    node.children = children
    return node, place
