"""The plots of a bench as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from reports.bench.results import Histogram, Moment
from reports.shared.texts import Texts

_WIDTH, _HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 10, 34
# The most steps between the values along an axis.
_STEPS = 5
_MIB = 1024 * 1024
# A line or the tops of bars: its CSS class, and its points in measured units.
Series = tuple[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class _Frame:
    """Maps values to coordinates."""

    x_most: float
    y_most: float

    def x(self, value: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * value / (self.x_most or 1), 1)

    def y(self, value: float) -> float:
        return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / (self.y_most or 1), 1)


def _step(most: float) -> float:
    """The round number that divides an axis into two to five steps."""
    unit = 10.0 ** math.floor(math.log10(most / _STEPS or 1))
    return next(unit * part for part in (1, 2, 5, 10) if unit * part >= most / _STEPS)


def _even(most: float) -> list[float]:
    """The round values of an axis from 0, the last of them at or before its end."""
    step = _step(most)
    # A step such as 0.1 has no exact value, and its sums would miss the last tick.
    return [step * place for place in range(int(most / step + 1e-9) + 1)]


def _up_to(most: float) -> float:
    """The round value at which an axis ends that shows a value."""
    return _step(most) * math.ceil(most / _step(most) - 1e-9)


def _decades(low: float, high: float) -> list[float]:
    """The values 1, 2 and 5 of each power of ten between two values."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    values = [part * 10.0**power for power in powers for part in (1, 2, 5)]
    return [value for value in values if low <= value <= high]


def _svg(title: str, parts: Sequence[str]) -> Markup:
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        _WIDTH, _HEIGHT, title
    )
    return head + Markup("".join(parts) + "</svg>")  # noqa: S704 - numbers and escaped texts only


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _label(value: float, t: Texts) -> str:
    """A round value at an axis, with the decimals that it has."""
    text = f"{value:g}".replace(".", t("decimal"))
    return t.number(round(value)) if value >= 1000 else text


def _axes(frame: _Frame, ticks: Mapping[float, float], what: str, t: Texts) -> list[str]:
    """The axes; `ticks` are the values along the horizontal one, by their place."""
    bottom = _HEIGHT - _BOTTOM
    parts = []
    for value in _even(frame.y_most):
        y = frame.y(value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(_text(_LEFT - 6, y + 4, _label(value, t), "end"))
    for place, value in ticks.items():
        parts.append(_text(frame.x(place), bottom + 15, _label(value, t), "middle"))
    parts.append(_text(_WIDTH - _RIGHT, _HEIGHT - 4, what, "end"))
    return parts


def lines(title: str, what: str, series: Sequence[Series], t: Texts) -> Markup:
    """A line plot over seconds."""
    points = [point for _, some in series for point in some]
    frame = _Frame(max(x for x, _ in points), _up_to(max(y for _, y in points)))
    parts = _axes(frame, {value: value for value in _even(frame.x_most)}, what, t)
    for name, some in series:
        drawn = " ".join(f"{frame.x(x)},{frame.y(y)}" for x, y in some)
        parts.append(f'<polyline class="{name}" points="{drawn}"/>')
    return _svg(title, parts)


def throughput(moments: Sequence[Moment], size: int, t: Texts) -> Markup:
    """A plot of throughput over time, for messages of a size."""
    some = [moment for moment in moments if moment.size == size]
    # Other sizes ran between two rounds, which leaves no gap here.
    at = [0.0, *accumulate(moment.seconds for moment in some)]
    series: list[Series] = [
        ("reference", [(x, item.reference_mb_per_s) for x, item in zip(at, some, strict=False)]),
        ("sut", [(x, item.sut_mb_per_s) for x, item in zip(at, some, strict=False)]),
    ]
    title = t("bench.plot.throughput", size=t.count("bench.clients", size))
    return lines(title, t("bench.plot.asking"), series, t)


def memory(moments: Sequence[Moment], t: Texts) -> Markup:
    """A plot of the memory of the software over time; empty if it is unknown."""
    points = [(item.at, item.sut_memory / _MIB) for item in moments if item.sut_memory]
    if not points:
        return Markup()
    return lines(t("bench.plot.memory"), t("bench.plot.seconds"), [("sut", points)], t)


def _log_ticks(edges: Sequence[float]) -> dict[float, float]:
    """The round values along bins whose edges grow by the same factor, by their place."""
    low, high = edges[0], edges[-1]
    if low == high:
        return {0.0: low}
    factor = (len(edges) - 1) / math.log(high / low)
    return {math.log(value / low) * factor: value for value in _decades(low, high)}


def histogram(item: Histogram, t: Texts) -> Markup:
    """A latency histogram: bars for the software, a line for the reference."""
    bins = len(item.sut)
    frame = _Frame(bins, _up_to(max(*item.sut, *item.reference, 4)))
    parts = _axes(frame, _log_ticks(item.edges_ms), t("bench.plot.ms"), t)
    for place, count in enumerate(item.sut):
        x, y = frame.x(place + 0.06), frame.y(count)
        width, height = frame.x(place + 0.94) - x, frame.y(0) - y
        parts.append(
            f'<rect class="bar" x="{x}" y="{y}" width="{width:.1f}" height="{height:.1f}"/>'
        )
    steps = [
        f"{frame.x(left)},{frame.y(count)} {frame.x(right)},{frame.y(count)}"
        for (left, right), count in zip(pairwise(range(bins + 1)), item.reference, strict=True)
    ]
    parts.append(f'<polyline class="reference" points="{" ".join(steps)}"/>')
    title = t("bench.plot.latency", size=t.count("bench.clients", item.size))
    return _svg(title, parts)
