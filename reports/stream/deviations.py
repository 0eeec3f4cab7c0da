"""What was declared beforehand, and what a run made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

GONE, EXPIRED = "DEVIATION-GONE", "DEVIATION-EXPIRED"


@dataclass(frozen=True)
class Deviation:
    """A deviation that was declared beforehand, by its number in the configuration.

    No messages stands for all message types and no fields for all fields; `expires`, written
    `2017-06-12`, is the last day on which it covers anything.
    """

    number: int
    codes: tuple[str, ...]
    messages: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str
    expires: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The deviation of its JSON object."""
        lists = {name: tuple(data[name]) for name in ("codes", "messages", "fields")}
        return cls(**{**data, **lists})


@dataclass(frozen=True)
class DeviationEnded:
    """What became of a declared deviation: `findings` counts those that it describes.

    The verdict is `xfail` where it occurred, `xpass` where it no longer does, `fail` where it has
    expired, and `skip` where the run did not try it. The code says what makes the run fail.
    """

    number: int
    verdict: str
    findings: int
    code: str = ""
