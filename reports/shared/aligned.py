"""Aligns two messages line by line: records of 2.0, elements of 2.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from lxml import etree

from schemas.ei.lines import split
from schemas.message.parse_xml import parse

# Of longer messages, a comparison by lines would take too long, and nobody reads them whole.
MOST_LINES = 500
_TENS = 10
_BOTH = 2
Item = TypeVar("Item")
# What stands in an expected message for an element that takes any value.
TAKES_ANY = re.compile(r"\bANY-\d+\b")


@dataclass(frozen=True)
class LinePair:
    """A line of the expected message beside that of the actual one; None if one has it not."""

    expected: str | None
    actual: str | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same; where any value will do, one is enough."""
        if self.expected and self.actual and TAKES_ANY.search(self.expected):
            return _kind(self.expected) != _kind(self.actual)
        return self.expected != self.actual


@dataclass(frozen=True)
class Alignment:
    """Two messages side by side; `ruler` numbers the columns of records, and is empty for XML."""

    pairs: tuple[LinePair, ...]
    ruler: str = ""


def aligned(expected: bytes, actual: bytes) -> Alignment | None:
    """Align two messages by their lines; None if one of them has more than `MOST_LINES`."""
    trees = [root for data in (expected, actual) if (root := parse(data).root) is not None]
    is_xml = len(trees) == _BOTH
    if is_xml:
        one, other = (list(_elements(tree, {""})) for tree in trees)
    else:
        one, other = ([*split(data).texts] for data in (expected, actual))
    if max(len(one), len(other)) > MOST_LINES:
        return None
    pairs = tuple(LinePair(*pair) for pair in paired(one, other, str, _kind))
    return Alignment(pairs, "" if is_xml else _ruler([*one, *other]))


def _ruler(lines: Sequence[str]) -> str:
    widest = max(map(len, lines), default=0)
    return "".join(f"{column:>{_TENS}}" for column in range(_TENS, widest + 1, _TENS))


def _elements(element: etree._Element, named: set[str], depth: int = 0) -> Iterator[str]:
    """The lines of an element, without the prefixes and white space that mean nothing.

    A namespace is told at its first element, and is among `named` from then on.
    """
    name, space = etree.QName(element).localname, etree.QName(element).namespace or ""
    marks = [f'xmlns="{space}"'] if space not in named else []
    named.add(space)
    marks += [f'{etree.QName(key).localname}="{value}"' for key, value in element.items()]
    start, indent = " ".join([f"<{name}", *marks]), "  " * depth
    if len(element):
        yield f"{indent}{start}>"
        for child in element.iterchildren("*"):
            yield from _elements(child, named, depth + 1)
        yield f"{indent}</{name}>"
    else:
        yield f"{indent}{start}>{element.text or ''}</{name}>"


def paired(
    one: Sequence[Item],
    other: Sequence[Item],
    whole: Callable[[Item], Hashable],
    kind: Callable[[Item], Hashable],
) -> Iterator[tuple[Item | None, Item | None]]:
    """Pair what is equal in two lists, and between that what is of one kind; None has no like."""
    for some, rest in _blocks(one, other, whole):
        for left, right in _blocks(some, rest, kind):
            if left and right and kind(left[0]) == kind(right[0]):
                yield from zip(left, right, strict=True)
            else:
                yield from ((item, None) for item in left)
                yield from ((None, item) for item in right)


def _blocks(
    one: Sequence[Item], other: Sequence[Item], key: Callable[[Item], Hashable]
) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """The runs with equal keys, and what stands between them."""
    matcher = SequenceMatcher(None, [*map(key, one)], [*map(key, other)], autojunk=False)
    for _, start, end, there, until in matcher.get_opcodes():
        yield one[start:end], other[there:until]


def _kind(line: str) -> str:
    """The record or the element of a line."""
    text = line.lstrip()
    return re.split(r"[ >]", text, maxsplit=1)[0] if text.startswith("<") else line[:2]
