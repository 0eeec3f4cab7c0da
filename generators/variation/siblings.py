"""Makes twins of contents, and puts siblings in no order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from generators.content.content import Content
from generators.planning.rule_constraints import siblings
from generators.values.draw import Draw
from generators.variation.changes import Changer
from generators.variation.places import unique_keys

_TRIES = 50
_FEWEST = 3


def twin(changer: Changer, root: Content, path: str, key: str) -> None:
    """Replace a content of a class by the twin of a sibling, alike but for one element.

    What must be unique in a message is drawn anew as well.
    """
    groups = [*_groups(root, path)]
    if not any(_has_twin(changer, *group, key) for group in groups) and groups and key:
        changer.add(groups[0][1][0], key)
        _has_twin(changer, *groups[0], key)


def _has_twin(changer: Changer, parent: Content, listed: Sequence[Content], key: str) -> bool:
    """Replace one of some siblings by the twin of another; returns False if none may be one."""
    for first, second in permutations(listed, 2):
        if key and key not in first.values.source_21:
            continue
        made = copied(first)
        _make_unique(changer, made)
        if key:
            changer.differ(made, key)
        if _may_be_siblings([made if item is second else item for item in listed]):
            parent.children[parent.children.index(second)] = made
            return True
    return False


def shuffle(draw: Draw, root: Content, path: str) -> None:
    """Order siblings by none of their elements; the first stays if a rule asks for it."""
    limits = siblings(path)
    fixed = 1 if limits and limits.first_key else 0
    for parent, listed in _groups(root, path):
        if len(listed) - fixed < _FEWEST:
            continue
        for _ in range(_TRIES):
            shuffled = [*listed[:fixed], *_shuffled(draw, listed[fixed:])]
            if is_unordered(shuffled):
                break
        after = iter(shuffled)
        parent.children = [next(after) if item.path == path else item for item in parent.children]


def is_unordered(contents: Sequence[Content]) -> bool:
    """Whether siblings are in the order of none of their distinct elements."""
    for key in contents[0].values.source_21:
        told = [item.values.source_21.get(key, "") for item in contents]
        if len({*told}) == len(told) and told in (sorted(told), sorted(told, reverse=True)):
            return False
    return True


def _groups(root: Content, path: str) -> Iterator[tuple[Content, list[Content]]]:
    """Yield each parent of several contents of a class, with these."""
    for parent in root.walk():
        listed = [item for item in parent.children if item.path == path]
        if len(listed) > 1:
            yield parent, listed


def copied(content: Content) -> Content:
    """Return a copy of what was drawn for a content and all below it."""
    result = Content(content.record, content.path)
    result.alone, result.own, result.mark = content.alone, content.own, content.mark
    result.values.source_21.update(content.values.source_21)
    result.children = [copied(child) for child in content.children]
    return result


def _make_unique(changer: Changer, content: Content) -> None:
    for item in content.walk():
        for key in sorted(unique_keys(changer.message.name, changer.release)[item.path]):
            if key in item.values.source_21:
                changer.draw_anew(item, key)


def _may_be_siblings(contents: Sequence[Content]) -> bool:
    """Whether siblings differ where the rules ask for it, and the first is what they ask for."""
    limits = siblings(contents[0].path)
    if limits is None:
        return True
    keys = [limits.unique_key(item.values.source_21) for item in contents]
    is_distinct = not any(keys[0]) or len({*keys}) == len(keys)
    return is_distinct and limits.may_be_first(contents[0].values.source_21)


def _shuffled(draw: Draw, contents: Sequence[Content]) -> list[Content]:
    rest, found = list(contents), list[Content]()
    while rest:
        found.append(rest.pop(draw.between(0, len(rest) - 1)))
    return found
