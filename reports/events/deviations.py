"""Declared deviations, and what a run made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

GONE, EXPIRED = "DEVIATION-GONE", "DEVIATION-EXPIRED"
# Stands among the fields for a finding about the message as a whole.
WHOLE_MESSAGE = "/"


@dataclass(frozen=True)
class Deviation:
    """A declared deviation, by its number in the configuration.

    No messages means all message types, no fields all fields; `expires` (`2017-06-12`) is the last
    day on which it applies.
    """

    number: int
    codes: tuple[str, ...]
    messages: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str
    expires: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a deviation from its JSON object."""
        lists = {name: tuple(data[name]) for name in ("codes", "messages", "fields")}
        return cls(**{**data, **lists})


@dataclass(frozen=True)
class DeviationEnded:
    """The outcome of a declared deviation: `findings` counts those that match.

    The verdict is `xfail` if it occurred, `xpass` if it no longer does, `fail` if it expired, and
    `skip` if the run did not try it. The code says what makes the run fail.
    """

    number: int
    verdict: str
    findings: int
    code: str = ""
