"""Regular expression for one of several fixed texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOTHING = "(?!)"


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern that matches one of the texts, looking at each character once."""
    tails: dict[str, list[str]] = {}
    for text in sorted(texts):
        tails.setdefault(text[:1], []).append(text[1:])
    if not tails:
        return NOTHING
    branches = [re.escape(first) + any_of(tails[first]) for first in tails if first]
    if "" in tails:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
