"""Whether a table means an element: by the end of its path, or by the name of its type."""

from __future__ import annotations

from schemas.facts.elements import Element


def ends(path: str, target: str) -> bool:
    """Whether a path is a target, or ends in it."""
    return f"/{path}".endswith(f"/{target}")


def matches(element: Element, target: str) -> bool:
    """Whether a target means an element with a value."""
    return element.type is not None and (element.type.name == target or ends(element.path, target))
