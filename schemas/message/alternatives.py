"""Regular expression for one of several fixed texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

NOTHING = "(?!)"


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern that matches one of the texts, looking at each character once."""
    return _any_of(frozenset(texts))


@cache
def _any_of(texts: frozenset[str]) -> str:
    if not texts:
        return NOTHING
    tails: dict[str, set[str]] = {}
    for text in texts - {""}:
        tails.setdefault(text[0], set()).add(text[1:])
    # Characters with the same tails share a branch, as a pattern is slow to compile.
    firsts: dict[str, list[str]] = {}
    for first in sorted(tails):
        firsts.setdefault(_any_of(frozenset(tails[first])), []).append(first)
    branches = [_one_of(chars) + tail for tail, chars in firsts.items()]
    if "" in texts:
        branches.append("")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _one_of(characters: list[str]) -> str:
    escaped = "".join(map(re.escape, characters))
    return escaped if len(characters) == 1 else f"[{escaped}]"
