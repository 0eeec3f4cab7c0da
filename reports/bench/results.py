"""The results of a bench: the content of `bench.json`, from which its other reports are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT_VERSION = 1
# The verdicts on an answer; `declared` is wrong in a declared way.
TALLIES = ("right", "declared", "wrong", "refused", "failed")
# The verdicts that make a bench fail.
NOT_RIGHT = ("wrong", "refused", "failed")


@dataclass(frozen=True)
class Spread:
    """A figure over the rounds: its median, lowest and highest value."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Latency:
    """The latency of one message, in milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float


@dataclass(frozen=True)
class Speed:
    """The speed of one side; a megabyte is 1,000,000 bytes of input."""

    messages_per_s: Spread
    mb_per_s: Spread
    latency_ms: Latency


@dataclass(frozen=True)
class Ratios:
    """The software relative to the reference converter, and to the anchor, in the same rounds.

    `speed` is the ratio of throughputs, `p95` the ratio of 95th percentile latencies, each by
    round; `anchor` is the ratio of times per message, the median over the rounds.
    """

    speed: tuple[float, ...]
    p95: tuple[float, ...]
    anchor: float


@dataclass(frozen=True)
class BenchRow:
    """One message type, direction and size; or all of a size, where the first two are empty.

    `size` is the requested number of clients, `clients` the actual number (the lowest, for all of a
    size), `messages` the number per round.
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
    """The resources of one side; None if unknown, such as those of a remote server.

    Memory is in bytes, processor time in seconds; `growth_per_round` is the growth in memory from
    one round to the next.
    """

    peak_memory: int | None
    cpu_s: float | None
    cpu_ms_per_message: float | None
    growth_per_round: int | None = None


@dataclass(frozen=True)
class Moment:
    """A stretch of the bench, with the throughput of each side.

    It began `at` seconds after the warm-up; the software was busy for `seconds` of it.
    """

    at: float
    seconds: float
    size: int
    sut_mb_per_s: float
    reference_mb_per_s: float
    sut_memory: int | None


@dataclass(frozen=True)
class Histogram:
    """A latency histogram of a size: `edges_ms` has one item more than the counts."""

    size: int
    edges_ms: tuple[float, ...]
    sut: tuple[int, ...]
    reference: tuple[int, ...]


@dataclass(frozen=True)
class BenchFinding:
    """A finding of a bench, with its count and one example.

    `layout` is the command that shows its field, `deviation` the number of the declared deviation
    that covers it, or 0.
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
    layout: str = ""
    evidence: str = ""
    reproduce: str = ""
    deviation: int = 0
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """A figure compared with the baseline; a negative `worse_percent` means better.

    `group` is `size`, `message` or `all`, `name` which one; `measure` is `speed` or `p95`.
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
    """A bench compared with an earlier one; `rows` is the number of rows in both."""

    baseline: str
    baseline_version: str
    threshold_percent: float
    rows: int
    compared: tuple[Compared, ...]


@dataclass(frozen=True)
class BenchStarted:
    """The plan of a bench; `unclaimed` are the requested message types that were left out."""

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
    """The end of a bench; `completed` is False if it stopped early, with the reason."""

    completed: bool
    reason: str
    seconds: float


@dataclass(frozen=True)
class BenchResults:
    """All results of a bench."""

    bench: BenchStarted
    sizes: tuple[BenchRow, ...]
    rows: tuple[BenchRow, ...]
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
        """3 if the bench was not completed, 1 if a finding blocks, else 0."""
        return {"broken": 3, "red": 1}.get(self.outcome, 0)

    def to_json(self) -> dict[str, Any]:
        """The results as a JSON object."""
        return {"format_version": FORMAT_VERSION, "outcome": self.outcome, **asdict(self)}
