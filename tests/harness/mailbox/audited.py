"""What the audit of a mailbox answered, as the tests look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Audited:
    """What the command answered."""

    code: int
    json: Any

    @property
    def found(self) -> list[tuple[str, str, str]]:
        """The code, the file and the other file of each problem."""
        return [(item["code"], item["file"], item["other"]) for item in self.json["problems"]]

    @property
    def rules(self) -> list[tuple[str, str]]:
        """The file and the rule of the switch of each problem."""
        return [(item["file"], item["rule"]) for item in self.json["problems"]]


Audit = Callable[..., Audited]
