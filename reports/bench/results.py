"""What a bench found: the values of `bench.json`, from which its other reports are made too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT_VERSION = 1
# What came of an answer; `declared` is wrong as was declared beforehand.
TALLIES = ("right", "declared", "wrong", "refused", "failed")
# These make a bench fail.
NOT_RIGHT = ("wrong", "refused", "failed")


@dataclass(frozen=True)
class Spread:
    """A figure over the rounds: its median, the lowest and the highest."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Latency:
    """How long one message takes, in milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float


@dataclass(frozen=True)
class Speed:
    """How fast one side is; a megabyte is 1,000,000 bytes of input."""

    messages_per_s: Spread
    mb_per_s: Spread
    latency_ms: Latency


@dataclass(frozen=True)
class Ratios:
    """The software beside the reference converter, and beside the anchor, in the same rounds.

    `speed` is its throughput over that of the reference, `p95` its 95th percentile of latency over
    that of the reference, each round by round; `anchor` is its time for a message over that of the
    anchor, the median of the rounds.
    """

    speed: tuple[float, ...]
    p95: tuple[float, ...]
    anchor: float


@dataclass(frozen=True)
class Row:
    """One message type, direction and size; or all of a size, where those two are empty.

    `size` is the number of clients asked for, `clients` the number that the messages have (the
    fewest, for all of a size), `messages` how many a round has.
    """

    message: str
    direction: str
    size: int
    clients: int
    messages: int
    bytes: int
    rounds: int
    sut: Speed | None
    reference: Speed | None
    ratio: Ratios | None
    answers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Usage:
    """What one side used; None where that cannot be told, as of a server that runs elsewhere.

    Memory in bytes, processor time in seconds; `growth_per_round` is the memory by which each
    round ended higher than the one before.
    """

    peak_memory: int | None
    cpu_s: float | None
    cpu_ms_per_message: float | None
    growth_per_round: int | None = None


@dataclass(frozen=True)
class Moment:
    """A stretch of the bench: the megabytes a second of each side.

    It began at `at` seconds after the warm-up, and asking the software took `seconds` of it.
    """

    at: float
    seconds: float
    size: int
    sut_mb_per_s: float
    reference_mb_per_s: float
    sut_memory: int | None


@dataclass(frozen=True)
class Histogram:
    """How many messages of a size took how long: `edges_ms` has one more than the counts."""

    size: int
    edges_ms: tuple[float, ...]
    sut: tuple[int, ...]
    reference: tuple[int, ...]


@dataclass(frozen=True)
class BenchFinding:
    """Something found under load, with how often and one example.

    `deviation` is the number of the declared deviation that covers it, 0 where none does.
    """

    code: str
    blocking: bool
    count: int
    expected: str
    actual: str
    message: str = ""
    direction: str = ""
    size: int = 0
    where: str = ""
    evidence: str = ""
    reproduce: str = ""
    deviation: int = 0
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """One figure beside that of the baseline; `worse_percent` is below 0 where it is better.

    `group` is `size`, `message` or `all`, `name` which; `measure` is `speed` or `p95`.
    """

    group: str
    name: str
    measure: str
    before: Spread
    now: Spread
    worse_percent: float
    is_worse: bool


@dataclass(frozen=True)
class Comparison:
    """The bench beside an earlier one; `rows` counts what both of them measured."""

    baseline: str
    baseline_version: str
    threshold_percent: float
    rows: int
    compared: tuple[Compared, ...]


@dataclass(frozen=True)
class BenchStarted:
    """What a bench will do; `unclaimed` are the types that were asked for and left out."""

    version: str
    tables: str
    seed: int
    rounds: int
    sizes: tuple[int, ...]
    messages: tuple[str, ...]
    sut: str
    sut_version: str
    way: str
    command: str
    reference: str
    started_at: str
    unclaimed: tuple[str, ...] = ()


@dataclass(frozen=True)
class BenchEnded:
    """How a bench ended; `completed` is False when it was broken off, with the reason."""

    completed: bool
    reason: str
    seconds: float


@dataclass(frozen=True)
class BenchResults:
    """All that a bench found."""

    bench: BenchStarted
    sizes: tuple[Row, ...]
    rows: tuple[Row, ...]
    usage: Mapping[str, Usage]
    answers: Mapping[str, int]
    timeline: tuple[Moment, ...]
    histograms: tuple[Histogram, ...]
    findings: tuple[BenchFinding, ...]
    comparison: Comparison | None
    end: BenchEnded

    @property
    def outcome(self) -> str:
        """`broken`, `red` or `good`."""
        if not self.end.completed:
            return "broken"
        return "red" if any(finding.blocking for finding in self.findings) else "good"

    @property
    def exit_code(self) -> int:
        """3 when the bench was not completed, 1 when a finding blocks, else 0."""
        return {"broken": 3, "red": 1}.get(self.outcome, 0)

    def to_json(self) -> dict[str, Any]:
        """The results as a JSON object."""
        return {"format_version": FORMAT_VERSION, "outcome": self.outcome, **asdict(self)}
