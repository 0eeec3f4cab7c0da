"""One decision at a time turned round: the code of a function, changed in a copy of its source."""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

# Whose caches hold what was decided before.
_DECIDING = (
    "generators.",
    "harness.reference.",
    "schemas.ei.",
    "schemas.facts.fills.",
    "schemas.mapping.",
    "schemas.xml.class_templates.",
    "schemas.xml.write.",
)


@dataclass(frozen=True)
class Turn:
    """A function as `module:name`, and the part of its source that becomes another.

    `suites` are others than those that show it on its side; `only_golden` says why no run does.
    """

    at: str
    old: str
    new: str
    suites: str = ""
    only_golden: str = ""


@dataclass(frozen=True)
class Decision:
    """A decision: who takes it, and the messages and the golden pair that show it.

    `sides` are `converter` and its slow way over a `tree`, `drawn` (the oracle of what was drawn)
    and `expected` (that of a message as it stands). The golden pair is converted from `source`; a
    run has `count` cases of each type in `messages`.
    """

    name: str
    source: str
    messages: str
    golden: str
    sides: dict[str, Turn]
    count: int = 4


@dataclass(frozen=True)
class Shared:
    """What both sides read alike, and the golden pair that shows it, converted from `source`."""

    name: str
    source: str
    golden: str
    turn: Turn


def decisions() -> list[Decision]:
    """The decisions of `decisions.toml`."""
    return [
        Decision(**row | {"sides": {side: Turn(**turn) for side, turn in row["sides"].items()}})
        for row in _rows()["decision"]
    ]


def shared() -> list[Shared]:
    """What `decisions.toml` lists as read alike by both sides."""
    return [
        Shared(row["name"], row["source"], row["golden"], Turn(row["at"], row["old"], row["new"]))
        for row in _rows()["shared"]
    ]


def _rows() -> dict[str, list[dict[str, Any]]]:
    with (Path(__file__).parent / "decisions.toml").open("rb") as file:
        return tomllib.load(file)


@contextmanager
def turned_round(turn: Turn) -> Iterator[None]:
    """Have a function decide otherwise for a while, wherever it is called from."""
    function = _function(turn.at)
    _forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(function, "__code__", _turned(function, turn))
        yield
    _forget()


def _function(at: str) -> FunctionType:
    """A function or method, below what remembers its answers."""
    module, _, path = at.partition(":")
    found: Any = reduce(inspect.getattr_static, path.split("."), importlib.import_module(module))
    return _undecorated(found)


def _undecorated(found: Any) -> FunctionType:
    """The function of a property, or below what remembers its answers."""
    if isinstance(found, cached_property):
        found = found.func
    function = inspect.unwrap(getattr(found, "fget", None) or found)
    assert isinstance(function, FunctionType)
    return function


def _turned(function: FunctionType, turn: Turn) -> CodeType:
    """The code of a function of which a part of the source is another."""
    source = inspect.getsource(function)
    assert source.count(turn.old) == 1, f"{turn.at} has no longer, or not once: {turn.old}"
    changed = textwrap.dedent(source.replace(turn.old, turn.new))
    known = dict(function.__globals__)
    exec(f"from __future__ import annotations\n{changed}", known)
    return _undecorated(known[function.__name__]).__code__


def _forget() -> None:
    """Empty the caches of all that decides."""
    for name, module in list(sys.modules.items()):
        if f"{name}.".startswith(_DECIDING):
            for value in list(vars(module).values()):
                clear: Callable[[], None] | None = getattr(value, "cache_clear", None)
                if clear:
                    clear()
