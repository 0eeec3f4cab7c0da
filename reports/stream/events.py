"""The stream of events of a run, from which every report is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from reports.stream.deviations import Deviation, DeviationEnded
from schemas.message.fault import EiAddress, XmlAddress

VERDICTS = ("pass", "fail", "crash", "timeout", "skip", "xfail", "xpass")
RED_VERDICTS = ("fail", "crash", "timeout", "xpass")
# Whatever else the software does with what it must refuse, it does whatever the flaw.
_TAKEN = "SUT-ACCEPTED"
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
class Flaw:
    """For what a message must be refused; the addresses of its finding are those of the flaw.

    `kind` is the name of its kind, `what` says it in each language. `field` is the field or element
    that it is at, empty where it is the message as a whole, and `value` what stands there. With
    `code` and the words `said` the reference converter refuses it.
    """

    kind: str
    what: dict[str, str]
    field: str
    value: str
    code: str
    said: str


@dataclass(frozen=True)
class Retry:
    """What the second try of a failing case gave: the case alone, in a process that is `fresh`.

    `gave` is `same`, `right`, `other` where other things were wrong, or `answered` where it gave an
    answer that was not judged. `before` names the cases of the shortest known sequence of messages
    behind which the finding shows again, in order, and `file` the list of what is kept of them.
    `ended` tells how the search for it did: empty where there was none, `complete`, `cut-off` where
    a shorter one may do, or `not-shown` where the messages of before did not show it either.
    """

    gave: str
    fresh: bool = True
    before: tuple[str, ...] = ()
    file: str = ""
    ended: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The second try of its JSON object."""
        return cls(**{**data, "before": tuple(data["before"])})


@dataclass(frozen=True)
class Finding:
    """One deviation in one case, with both addresses as far as they are known.

    `flaw` tells what is wrong with the message, where it must be refused.
    `retour` is the return code that a broken rule gives in the release of the output.
    `said` is how the parser of XML puts it, where it was the parser that found it.
    `deviation` is the number of the declared deviation that covers it, 0 where none does.
    """

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
    retour: str = ""
    said: str = ""
    deviation: int = 0
    deviation_reason: str = ""
    smallest: Smallest | None = None
    flaw: Flaw | None = None
    again: Retry | None = None

    @property
    def fails(self) -> bool:
        """Whether it makes its case fail: it blocks, and was not declared beforehand."""
        return self.blocking and not self.deviation

    @property
    def where(self) -> str:
        """Both addresses as text, for people."""
        return "; ".join(str(place) for place in (self.ei, self.xml) if place)

    @property
    def taken_with(self) -> str:
        """The kind of flaw with which a message was taken that must be refused, if it was."""
        return self.flaw.kind if self.flaw and self.code == _TAKEN else ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The finding of its JSON object."""
        smallest, flaw, again = data.get("smallest"), data.get("flaw"), data.get("again")
        parts = {
            "smallest": Smallest.from_json(smallest) if smallest else None,
            "flaw": Flaw(**flaw) if flaw else None,
            "again": Retry.from_json(again) if again else None,
        }
        return cls(**{**data, **_addresses(data), **parts})


def _addresses(data: Mapping[str, Any]) -> dict[str, Any]:
    """The addresses in a JSON object."""
    return {
        "ei": EiAddress(**data["ei"]) if data["ei"] else None,
        "xml": XmlAddress(**data["xml"]) if data["xml"] else None,
    }


@dataclass(frozen=True)
class RunStarted:
    """What a run will do; `planned` counts the cases, `direction` is written `2.0-2.1`.

    `overrides` are the deadlines of the switch that were moved by agreement with a partner.
    `sweep` counts the cases of the sweep over all fields, which a `quick` run leaves out.
    """

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
    deviations: tuple[Deviation, ...] = ()
    overrides: tuple[str, ...] = ()
    sweep: int = 0
    quick: bool = False

    @property
    def day(self) -> str:
        """The day of the run, on which expiry is judged."""
        return self.started_at[:10]


@dataclass(frozen=True)
class CaseFinished:
    """One case with its verdict; `files` names what was kept of it, by role, below the reports.

    `op` is the operation that it asks for; `skipped` why it was not asked: `operation`, `type` or
    `outside`, and which that is.
    """

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
    op: str = "convert"
    skipped: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether it passes and nothing was found, not even what only advises."""
        return self.verdict == "pass" and not self.findings


@dataclass(frozen=True)
class FieldsCounted:
    """How each field of a message type fared in one suite and direction, over all its cases."""

    message: str
    suite: str
    direction: str
    fields: dict[str, dict[str, int]]


@dataclass(frozen=True)
class BatchFinished:
    """A place from which a run that was cut off goes on: all before it is whole.

    The batch are the messages of a type from `start` up to `stop`; `fields` is what it adds to how
    each field fared. What was lost in a row by now: its cost, how many times, and the last finding.
    `left` are the seconds left for making failing messages smaller, `seconds` those that the run
    has taken.
    """

    message: str
    start: int
    stop: int
    fields: tuple[FieldsCounted, ...]
    lost: int
    times: int
    code: str
    left: float
    seconds: float


@dataclass(frozen=True)
class RunFinished:
    """How a run ended; `completed` is False when it was broken off, with the reason.

    `left_behind` are the paths of what the software left behind and could not be removed.
    """

    completed: bool
    reason: str
    seconds: float
    left_behind: tuple[str, ...] = ()


Event = RunStarted | CaseFinished | BatchFinished | FieldsCounted | DeviationEnded | RunFinished
# What comes of looking for an event in something else.
NO_EVENT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
_KINDS: dict[str, type[Event]] = {
    "run-started": RunStarted,
    "case-finished": CaseFinished,
    "batch-finished": BatchFinished,
    "fields-counted": FieldsCounted,
    "deviation-ended": DeviationEnded,
    "run-finished": RunFinished,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object, with its kind under `event`."""
    cells = case_json(event) if isinstance(event, CaseFinished) else asdict(event)
    return {"event": _NAMES[type(event)], **cells}


# There are many cases, and `vars` takes a fraction of the time of `asdict`.
def case_json(case: CaseFinished) -> dict[str, Any]:
    """A case as a JSON object."""
    return {**vars(case), "findings": [_finding_json(finding) for finding in case.findings]}


def _finding_json(finding: Finding) -> dict[str, Any]:
    names = ("ei", "xml", "smallest", "flaw", "again")
    parts = {name: getattr(finding, name) for name in names}
    return {**vars(finding), **{name: part and asdict(part) for name, part in parts.items()}}


def from_json(data: Mapping[str, Any]) -> Event:
    """The event of its JSON object."""
    cells = dict(data)
    kind = _KINDS[cells.pop("event")]
    for name in ("suites", "messages", "overrides", "left_behind"):
        if name in cells:
            cells[name] = tuple(cells[name])
    if "deviations" in cells:
        cells["deviations"] = tuple(map(Deviation.from_json, cells["deviations"]))
    if kind is BatchFinished:
        cells["fields"] = tuple(FieldsCounted(**item) for item in cells["fields"])
    if kind is CaseFinished:
        cells["findings"] = tuple(Finding.from_json(item) for item in cells["findings"])
    return kind(**cells)
