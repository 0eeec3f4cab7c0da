"""The stream of events of a run, from which every report is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, TextIO

from schemas.faults import EiAddress, XmlAddress

VERDICTS = ("pass", "fail", "crash", "timeout", "skip", "xfail", "xpass")
RED_VERDICTS = ("fail", "crash", "timeout", "xpass")
FIDELITY = (
    "kept",
    "lost_by_mapping",
    "cut_by_mapping",
    "changed",
    "lost",
    "cut",
    "invented",
)


@dataclass(frozen=True)
class Smallest:
    """The smallest message that still shows a finding, with the addresses that it has there.

    `files` names its files by role, below the reports; `asked` counts the messages that it took.
    `ended` tells how the search did: `complete`, `cut-off` where more may go, or `not-again` where
    the software did not show the finding again, and there are no files.
    """

    files: dict[str, str]
    bytes_before: int
    bytes_after: int
    asked: int
    ended: str
    ei: EiAddress | None = None
    xml: XmlAddress | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The smallest message of its JSON object."""
        return cls(**{**data, **_addresses(data)})


@dataclass(frozen=True)
class Finding:
    """One deviation in one case, with both addresses as far as they are known."""

    code: str
    case: str
    suite: str
    message: str
    direction: str
    expected: str
    actual: str
    evidence: str
    blocking: bool
    reproduce: str
    ei: EiAddress | None = None
    xml: XmlAddress | None = None
    rule: str = ""
    smallest: Smallest | None = None

    @property
    def where(self) -> str:
        """Both addresses as text, for people."""
        return "; ".join(str(place) for place in (self.ei, self.xml) if place)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The finding of its JSON object."""
        known = data.get("smallest")
        smallest = Smallest.from_json(known) if known else None
        return cls(**{**data, **_addresses(data), "smallest": smallest})


def _addresses(data: Mapping[str, Any]) -> dict[str, Any]:
    """The addresses in a JSON object."""
    return {
        "ei": EiAddress(**data["ei"]) if data["ei"] else None,
        "xml": XmlAddress(**data["xml"]) if data["xml"] else None,
    }


@dataclass(frozen=True)
class RunStarted:
    """What a run will do; `planned` counts the cases, `direction` is written `2.0-2.1`."""

    version: str
    seed: int
    count: int
    suites: tuple[str, ...]
    messages: tuple[str, ...]
    sut: str
    sut_version: str
    way: str
    command: str
    planned: int
    block_on: str
    tables: str
    spec_pack: str
    started_at: str


@dataclass(frozen=True)
class CaseFinished:
    """One case with its verdict; `files` names what was kept of it, by role, below the reports."""

    id: str
    suite: str
    message: str
    direction: str
    verdict: str
    seconds: float
    requirement: str
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    fidelity: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldsCounted:
    """How each field of a message type fared in one suite and direction, over all its cases."""

    message: str
    suite: str
    direction: str
    fields: dict[str, dict[str, int]]


@dataclass(frozen=True)
class RunFinished:
    """How a run ended; `completed` is False when it was broken off, with the reason."""

    completed: bool
    reason: str
    seconds: float


Event = RunStarted | CaseFinished | FieldsCounted | RunFinished
_KINDS: dict[str, type[Event]] = {
    "run-started": RunStarted,
    "case-finished": CaseFinished,
    "fields-counted": FieldsCounted,
    "run-finished": RunFinished,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object, with its kind under `event`."""
    return {"event": _NAMES[type(event)], **asdict(event)}


def from_json(data: Mapping[str, Any]) -> Event:
    """The event of its JSON object."""
    cells = dict(data)
    kind = _KINDS[cells.pop("event")]
    for name in ("suites", "messages"):
        if name in cells:
            cells[name] = tuple(cells[name])
    if "findings" in cells:
        cells["findings"] = tuple(Finding.from_json(item) for item in cells["findings"])
    return kind(**cells)


class Journal:
    """The events of a run as lines of JSON in a file, written as they happen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO = path.open("w", encoding="utf-8")

    def add(self, event: Event) -> None:
        """Append one event."""
        self._file.write(json.dumps(to_json(event), ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Write out what is still buffered."""
        self._file.close()

    def __iter__(self) -> Iterator[Event]:
        return read(self.path)


def read(path: Path) -> Iterator[Event]:
    """The events of a journal, one at a time, so that memory does not grow with a run."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield from_json(json.loads(line))
