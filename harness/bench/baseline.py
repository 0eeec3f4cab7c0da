"""Compares a bench with an earlier one, by ratios to the reference converter only."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from reports.bench.results import (
    FORMAT_VERSION,
    BenchFinding,
    BenchRow,
    Compared,
    Comparison,
    Ratios,
    Spread,
)
from schemas import outside
from schemas.errors import UsageError

SLOWER, LATER = "BENCH-SLOWER", "BENCH-LATENCY"
_CODES = {"speed": SLOWER, "p95": LATER}
# How far a worse figure must exceed the spread of both benches: one type has few messages, and with
# many types some are worse by chance.
_TIMES_SPREAD = {"all": 1.0, "size": 1.0, "message": 1.5}
_MOST_BYTES = 64 * 1024 * 1024
_DO = "give the bench.json of an earlier bench, made by this version of ikeur bench"
# Message type, direction and size.
_Key = tuple[str, str, int]


@dataclass(frozen=True)
class Baseline:
    """The figures of an earlier bench."""

    path: Path
    version: str
    ratios: dict[_Key, Ratios]


def _damaged(path: Path, what: str) -> UsageError:
    return UsageError("USE-BASELINE", f"no baseline: {what}", str(path), _DO)


def load(path: Path) -> Baseline:
    """Read a baseline; raises UsageError if it is invalid."""
    raw = outside.asked(path, _MOST_BYTES, "USE-BASELINE", _DO)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise _damaged(path, "not JSON") from None
    found = data.get("format_version") if isinstance(data, dict) else None
    if found != FORMAT_VERSION or isinstance(found, bool):
        raise _damaged(path, f"format_version is {found!r}, not {FORMAT_VERSION}")
    try:
        ratios = dict(_ratios(data["rows"]))
        version = str(data["bench"]["version"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise _damaged(path, "its rows are not those of a bench") from None
    return Baseline(path, version, ratios)


def check(baseline: Baseline, messages: Iterable[str], sizes: Iterable[int]) -> None:
    """Raise UsageError if a baseline has none of the message types and sizes."""
    known = {(message, size) for message, _, size in baseline.ratios}
    if known.isdisjoint(product(messages, sizes)):
        what = "measured none of these message types in these sizes"
        raise UsageError("USE-BASELINE", what, str(baseline.path), "measure what it measured")


def _ratios(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[_Key, Ratios]]:
    for row in rows:
        ratio = row["ratio"]
        if ratio is None:
            continue
        key = (str(row["message"]), str(row["direction"]), int(row["size"]))
        speed, p95 = _figures(ratio["speed"]), _figures(ratio["p95"])
        if len(speed) != len(p95):
            raise ValueError
        yield key, Ratios(speed, p95, *_figures([ratio["anchor"]]))


def _figures(values: Sequence[Any]) -> tuple[float, ...]:
    """Positive figures, at least one; raises ValueError or TypeError for anything else."""
    if not isinstance(values, list) or not values:
        raise ValueError
    if not all(type(value) in (int, float) for value in values):
        raise TypeError
    found = tuple(map(float, values))
    if not all(math.isfinite(value) and value > 0 for value in found):
        raise ValueError
    return found


def compare(baseline: Baseline, rows: Iterable[BenchRow], threshold: float) -> Comparison:
    """Compare rows with a baseline by type, by size and overall; `threshold` is in percent."""
    both = [
        (row, baseline.ratios[_key(row)])
        for row in rows
        if row.ratio is not None and _key(row) in baseline.ratios
    ]
    groups: dict[tuple[str, str], list[tuple[BenchRow, Ratios]]] = {}
    for row, before in both:
        for name in (("all", ""), ("size", str(row.size)), ("message", row.message)):
            groups.setdefault(name, []).append((row, before))
    compared = [
        _compared(group, name, measure, pairs, threshold)
        for (group, name), pairs in sorted(groups.items(), key=_order)
        for measure in _CODES
    ]
    return Comparison(str(baseline.path), baseline.version, threshold, len(both), tuple(compared))


def _order(item: tuple[tuple[str, str], object]) -> tuple[int, int]:
    group, name = item[0]
    return ("all", "size", "message").index(group), int(name) if name.isdigit() else 0


def _key(row: BenchRow) -> _Key:
    return row.message, row.direction, row.size


def _compared(
    group: str,
    name: str,
    measure: str,
    pairs: Sequence[tuple[BenchRow, Ratios]],
    threshold: float,
) -> Compared:
    """Compare one figure; it is worse if it exceeds both the threshold and chance."""
    before = _over_rounds([ratio for _, ratio in pairs], measure)
    now = _over_rounds([row.ratio for row, _ in pairs if row.ratio], measure)
    one, other = (before, now) if measure == "speed" else (now, before)
    times = one.median / other.median
    chance = (before.high / before.low * now.high / now.low) ** _TIMES_SPREAD[group]
    percent = round(100 * (times - 1), 1)
    is_worse = percent > threshold and times > chance
    return Compared(group, name, measure, before, now, percent, is_worse)


def _over_rounds(ratios: Sequence[Ratios], measure: str) -> Spread:
    rounds = range(min(len(ratio.speed) for ratio in ratios))
    values = [
        statistics.geometric_mean(getattr(ratio, measure)[number] for ratio in ratios)
        for number in rounds
    ]
    short = [float(f"{value:.4g}") for value in values]
    return Spread(statistics.median(short), min(short), max(short))


def worse(comparison: Comparison, reproduce: str) -> Iterator[BenchFinding]:
    """The findings of a comparison, one for each group that is worse."""
    for item in comparison.compared:
        if not item.is_worse:
            continue
        yield BenchFinding(
            code=_CODES[item.measure],
            blocking=True,
            count=1,
            message=item.name if item.group == "message" else "",
            size=int(item.name) if item.group == "size" else 0,
            expected=f"{item.before.median:g} times the reference converter, as in the baseline, "
            f"at most {comparison.threshold_percent:g} % worse",
            actual=f"{item.now.median:g} times, {item.worse_percent:g} % worse",
            reproduce=reproduce,
        )
