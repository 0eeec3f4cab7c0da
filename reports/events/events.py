"""The events of a run, from which every report is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from reports.events.deviations import Deviation, DeviationEnded
from schemas.message.fault import EiAddress, XmlAddress

VERDICTS = ("pass", "fail", "crash", "timeout", "skip", "xfail", "xpass")
RED_VERDICTS = ("fail", "crash", "timeout", "xpass")
# Only for a wrongly accepted input does the kind of flaw set a finding apart.
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
    """The smallest message found that shows a finding, with its addresses there.

    `files` has its paths by role, relative to the report folder; `asked` counts the requests.
    `ended` is `complete`, `cut-off` if more might go, or `not-again` if the software did not show
    the finding again and there are no files.
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
        """Read a reduced message from its JSON object."""
        return cls(**{**data, **_addresses(data)})


@dataclass(frozen=True)
class Flaw:
    """Why a message must be refused; its addresses are those of its finding.

    `kind` names the kind of flaw, `what` describes it by language. `field` is the field or element,
    empty for the whole message, and `value` its content. `code` and `said` are those of the
    reference's refusal.
    """

    kind: str
    what: dict[str, str]
    field: str
    value: str
    code: str
    said: str


@dataclass(frozen=True)
class Retry:
    """The result of trying a failing case again, alone, in a process that is `fresh`.

    `gave` is `same`, `right`, `other` for different findings, or `answered` for an answer that was
    not judged. `before` lists the cases of the shortest known sequence after which the finding
    shows again, `file` the path of its list. `ended` tells how the search for it ended: empty
    without a search, `complete`, `cut-off` if a shorter one may exist, or `not-shown` if the
    earlier messages did not show it either.
    """

    gave: str
    fresh: bool = True
    before: tuple[str, ...] = ()
    file: str = ""
    ended: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a retry from its JSON object."""
        return cls(**{**data, "before": tuple(data["before"])})


@dataclass(frozen=True)
class Finding:
    """One deviation in one case, with both addresses where known.

    `flaw` is what is wrong with a message that must be refused. `retour` is the return code of a
    broken rule in the release of the output. `said` is the message of the XML parser, if the parser
    found it. `deviation` is the number of the declared deviation that covers it, or 0.
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
        """Whether it makes its case fail: it blocks and is not declared."""
        return self.blocking and not self.deviation

    @property
    def where(self) -> str:
        """Both addresses as text, for people."""
        return "; ".join(str(place) for place in (self.ei, self.xml) if place)

    @property
    def taken_with(self) -> str:
        """The kind of flaw in a message that was wrongly accepted, or an empty string."""
        return self.flaw.kind if self.flaw and self.code == _TAKEN else ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a finding from its JSON object."""
        smallest, flaw, again = data.get("smallest"), data.get("flaw"), data.get("again")
        parts = {
            "smallest": Smallest.from_json(smallest) if smallest else None,
            "flaw": Flaw(**flaw) if flaw else None,
            "again": Retry.from_json(again) if again else None,
        }
        return cls(**{**data, **_addresses(data), **parts})


def _addresses(data: Mapping[str, Any]) -> dict[str, Any]:
    """Read the addresses in a JSON object."""
    return {
        "ei": EiAddress(**data["ei"]) if data["ei"] else None,
        "xml": XmlAddress(**data["xml"]) if data["xml"] else None,
    }


@dataclass(frozen=True)
class RunStarted:
    """The plan of a run; `planned` is the number of cases.

    `overrides` are the deadlines of the switch that were moved by agreement with a partner. `sweep`
    is the number of cases of the sweep, which a `quick` run leaves out.
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
        """The day of the run, by which expiry is judged."""
        return self.started_at[:10]


@dataclass(frozen=True)
class CaseFinished:
    """A case with its verdict; `files` has paths by role, relative to the report folder.

    `op` is the operation; `skipped` why it was not asked: `operation`, `type` or `outside`, with
    the name concerned. `direction` is written `2.0-2.1`. `notation` is what the input has, in the
    language of the run, such as `a default namespace`; empty for the usual notation.
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
    notation: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether it passes without any finding, even an advisory one."""
        return self.verdict == "pass" and not self.findings


@dataclass(frozen=True)
class FieldsCounted:
    """The counts for each field of a message type in one suite and direction."""

    message: str
    suite: str
    direction: str
    fields: dict[str, dict[str, int]]


@dataclass(frozen=True)
class BatchFinished:
    """A checkpoint from which an interrupted run resumes: everything before it is complete.

    The batch has the messages of a type from `start` up to, not including, `stop`; `fields` are its
    field counts. `lost`, `times` and `code` are the cost, number and last finding of the current
    failure streak. `left` are the seconds left for investigating failures, `seconds` those that the
    run has taken.
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
    """The end of a run; `completed` is False if it stopped early, with the reason.

    `left_behind` lists the paths of the software that could not be removed.
    """

    completed: bool
    reason: str
    seconds: float
    left_behind: tuple[str, ...] = ()


Event = RunStarted | CaseFinished | BatchFinished | FieldsCounted | DeviationEnded | RunFinished
# The errors of reading an event from anything else.
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
    if isinstance(event, CaseFinished):
        cells = case_json(event)
    elif isinstance(event, BatchFinished):
        cells = {**vars(event), "fields": [vars(item) for item in event.fields]}
    else:
        cells = asdict(event)
    return {"event": _NAMES[type(event)], **cells}


# There are many cases and batches, and `vars` takes a fraction of the time of `asdict`.
def case_json(case: CaseFinished) -> dict[str, Any]:
    """A case as a JSON object."""
    return {**vars(case), "findings": [_finding_json(finding) for finding in case.findings]}


def _finding_json(finding: Finding) -> dict[str, Any]:
    names = ("ei", "xml", "smallest", "flaw", "again")
    parts = {name: getattr(finding, name) for name in names}
    return {**vars(finding), **{name: part and asdict(part) for name, part in parts.items()}}


def from_json(data: Mapping[str, Any]) -> Event:
    """Read an event from its JSON object."""
    cells = dict(data)
    kind = _KINDS[cells.pop("event")]
    # Most events are cases.
    if kind is CaseFinished:
        cells["findings"] = tuple(Finding.from_json(item) for item in cells["findings"])
        return CaseFinished(**cells)
    for name in ("suites", "messages", "overrides", "left_behind"):
        if name in cells:
            cells[name] = tuple(cells[name])
    if "deviations" in cells:
        cells["deviations"] = tuple(map(Deviation.from_json, cells["deviations"]))
    if kind is BatchFinished:
        cells["fields"] = tuple(FieldsCounted(**item) for item in cells["fields"])
    return kind(**cells)
