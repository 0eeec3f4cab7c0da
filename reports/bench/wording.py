"""Phrases and figures that the reports of a bench share."""

from __future__ import annotations

from reports.bench.results import (
    NOT_RIGHT,
    BenchFinding,
    BenchResults,
    BenchRow,
    BenchStarted,
    Compared,
    Ratios,
    Spread,
    Usage,
)
from reports.shared.texts import Texts
from reports.shared.visible import visible
from reports.shared.wording import some, tested

_MIB = 1024 * 1024
# The operation that a bench measures.
_OPERATION = "convert"
NOTHING = "–"


def figure(value: float, t: Texts) -> str:
    """A number with its significant digits."""
    if value >= 100 or value == 0:
        return t.number(round(value))
    digits = 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:.{digits}f}".replace(".", t("decimal"))


def spread(value: Spread, t: Texts) -> str:
    """A median, with the lowest and the highest of the rounds."""
    return t(
        "bench.spread",
        median=figure(value.median, t),
        low=figure(value.low, t),
        high=figure(value.high, t),
    )


def over_rounds(values: tuple[float, ...]) -> Spread:
    """The spread of the values of the rounds."""
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return Spread(middle, ordered[0], ordered[-1])


def sut(started: BenchStarted, t: Texts) -> str:
    """The name and version of the software under test."""
    return visible(f"{started.sut or t('sut.unnamed')} {started.sut_version}".strip())


def first_line(results: BenchResults, t: Texts) -> str:
    """The result and its basis, the first line of every report."""
    return f"{headline(results, t)} {rests_on(results, t)}"


def rests_on(results: BenchResults, t: Texts) -> str:
    """The basis of the result: the advisory findings, and what was measured."""
    found = [item.count for item in results.findings if not (item.blocking or item.deviation)]
    advice = [t.count("headline.advisory", sum(found))] if found else []
    started = results.bench
    left = some(started.unclaimed)
    skipped = t("bench.unclaimed", what=left) if left else ""
    of_what = tested(sut(started, t), started.messages, (_OPERATION,), skipped, t)
    return " ".join([*advice, of_what])


def headline(results: BenchResults, t: Texts) -> str:
    """The result in one sentence."""
    answers = results.answers
    if results.outcome != "red":
        is_partly = results.outcome == "good" and answers["declared"]
        return t("bench.headline.declared" if is_partly else f"bench.headline.{results.outcome}")
    wrong = sum(answers[name] for name in NOT_RIGHT)
    if wrong:
        return t.count("bench.headline.red", wrong, of=sum(answers.values()))
    return t("bench.headline.worse")


def to_do(results: BenchResults, t: Texts) -> str:
    """What to do next."""
    if results.outcome != "red":
        return t(f"bench.do.{results.outcome}")
    is_wrong = any(results.answers[name] for name in NOT_RIGHT)
    return t("bench.do.wrong" if is_wrong else "bench.do.worse")


def remarks(results: BenchResults, t: Texts) -> list[str]:
    """The remarks on the result, one sentence each."""
    said = [t("remark.reason", reason=visible(results.end.reason))] if results.end.reason else []
    for row in results.rows:
        if row.clients < row.size and row.direction == results.rows[0].direction:
            said.append(t("bench.fewer", message=row.message, n=row.clients, of=row.size))
    declared = sum(finding.deviation > 0 for finding in results.findings)
    if declared:
        said.append(t.count("bench.declared", declared))
    advisory = sum(not (item.blocking or item.deviation) for item in results.findings)
    if advisory:
        said.append(t.count("bench.advisory", advisory))
    comparison = results.comparison
    if comparison and comparison.baseline_version != results.bench.version:
        said.append(t("bench.other_version", version=visible(comparison.baseline_version)))
    return said


def plan(started: BenchStarted, t: Texts) -> list[tuple[str, str]]:
    """The plan of a bench, as labels with texts."""
    way = f"{started.way}: {started.command}" if started.command else started.way
    return [
        (t("plan.way"), visible(way)),
        (t("plan.messages"), ", ".join(started.messages)),
        (t("bench.sizes"), ", ".join(map(t.number, started.sizes))),
        (t("bench.rounds"), t("bench.rounds.value", n=started.rounds)),
        (t("plan.seed"), str(started.seed)),
        (t("bench.beside"), visible(started.reference)),
        (t("plan.started"), t.date(started.started_at)),
    ]


def about(finding: BenchFinding, t: Texts) -> str:
    """The messages that a finding concerns."""
    size = t.count("bench.clients", finding.size) if finding.size else ""
    return ", ".join(filter(None, [finding.message, finding.direction, size]))


def kind(finding: BenchFinding, t: Texts) -> str:
    """What follows from a finding."""
    return t(f"kind.{kind_of(finding)}")


def kind_of(finding: BenchFinding) -> str:
    """`blocking`, `advisory` or `declared`."""
    if finding.deviation:
        return "declared"
    return "blocking" if finding.blocking else "advisory"


def answers(row: BenchRow, t: Texts) -> str:
    """The number of correct answers, of how many."""
    total = sum(row.answers.values())
    return t("bench.right", n=row.answers["right"], of=total)


def cells(row: BenchRow, t: Texts) -> list[str]:
    """The cells of a row: rates, latencies, ratios and answers."""
    told = _speed(row, t) if row.sut else [NOTHING] * 6
    return [*told, *_ratios(row.ratio, t), answers(row, t)]


def _speed(row: BenchRow, t: Texts) -> list[str]:
    assert row.sut is not None
    known = row.sut.latency_ms
    latencies = [figure(value, t) for value in (known.p50, known.p95, known.p99, known.max)]
    return [spread(row.sut.messages_per_s, t), figure(row.sut.mb_per_s.median, t), *latencies]


def _ratios(ratio: Ratios | None, t: Texts) -> list[str]:
    if ratio is None:
        return [NOTHING] * 3
    speed, p95 = over_rounds(ratio.speed), over_rounds(ratio.p95)
    return [spread(speed, t), figure(p95.median, t), figure(ratio.anchor, t)]


def heads(t: Texts) -> list[str]:
    """The headings of a row."""
    return [
        t("bench.head.messages"), t("bench.head.mb"), t("bench.head.p50"), t("bench.head.p95"),
        t("bench.head.p99"), t("bench.head.max"), t("bench.head.reference"),
        t("bench.head.reference_p95"), t("bench.head.anchor"), t("bench.head.right"),
    ]  # fmt: skip


def usage(item: Usage, t: Texts) -> list[str]:
    """The resources of one side: memory, its growth, processor time."""
    peak, grown = item.peak_memory, item.growth_per_round
    return [
        NOTHING if peak is None else t("bench.mib", n=figure(peak / _MIB, t)),
        NOTHING if grown is None else t("bench.mib", n=_signed(grown / _MIB, t)),
        NOTHING if item.cpu_s is None else t("seconds", n=figure(item.cpu_s, t)),
        NOTHING
        if item.cpu_ms_per_message is None
        else t("bench.ms", n=figure(item.cpu_ms_per_message, t)),
    ]


def _signed(value: float, t: Texts) -> str:
    sign = "-" if value < 0 else ""
    return sign + figure(abs(value), t)


def compared(item: Compared, t: Texts) -> list[str]:
    """A figure compared with the baseline."""
    group = t(f"bench.group.{item.group}", name=item.name)
    change = _signed(item.worse_percent, t)
    return [
        group,
        t(f"bench.measure.{item.measure}"),
        spread(item.before, t),
        spread(item.now, t),
        t("bench.percent", n=change),
    ]
