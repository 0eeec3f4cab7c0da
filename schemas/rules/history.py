"""What earlier messages of a set said, as the registers of `registers.csv` keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Key = tuple[Any, ...]


class History:
    """The registers of the messages of one release that were judged so far."""

    def __init__(self) -> None:
        self.registers: dict[str, dict[Key, Any]] = {}
        self.later: list[Callable[[], None]] = []

    def register(self, name: str) -> dict[Key, Any]:
        """A register by its name, made when it is first asked for."""
        return self.registers.setdefault(name, {})

    def next_message(self) -> None:
        """Enter what was kept back until the message is judged."""
        for enter in self.later:
            enter()
        self.later.clear()


class State:
    """What judging one message needs besides its nodes.

    `cache` is for this message alone, `keys` for the class that is judged, which `node` tells.
    """

    __slots__ = ("cache", "history", "keys", "node")

    def __init__(self, history: History) -> None:
        self.history = history
        self.cache: dict[object, Any] = {}
        self.node: object = None
        self.keys: dict[object, Key] = {}
