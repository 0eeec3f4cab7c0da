"""The plots of a bench as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from reports.bench.results import Histogram, Moment
from reports.bench.wording import figure
from reports.shared.texts import Texts

_WIDTH, _HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 10, 34
_TICKS = 5
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


def _round(value: float) -> float:
    """The next round number that divides into four steps."""
    unit = 10.0 ** math.floor(math.log10(value or 1))
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= value)


def _svg(title: str, parts: Sequence[str]) -> Markup:
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        _WIDTH, _HEIGHT, title
    )
    return head + Markup("".join(parts) + "</svg>")  # noqa: S704 - numbers and escaped texts only


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _axes(frame: _Frame, x_label: Callable[[float], str], what: str, t: Texts) -> list[str]:
    bottom = _HEIGHT - _BOTTOM
    parts = []
    for place in range(_TICKS):
        share = place / (_TICKS - 1)
        y = frame.y(frame.y_most * share)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(_text(_LEFT - 6, y + 4, figure(frame.y_most * share, t), "end"))
        x = frame.x(frame.x_most * share)
        anchor = "end" if share == 1 else "middle"
        parts.append(_text(x, bottom + 15, x_label(frame.x_most * share), anchor))
    parts.append(_text(_WIDTH - _RIGHT, _HEIGHT - 4, what, "end"))
    return parts


def lines(title: str, what: str, series: Sequence[Series], t: Texts) -> Markup:
    """A line plot over seconds."""
    points = [point for _, some in series for point in some]
    frame = _Frame(max(x for x, _ in points), _round(max(y for _, y in points)))
    parts = _axes(frame, lambda value: figure(value, t), what, t)
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


def histogram(item: Histogram, t: Texts) -> Markup:
    """A latency histogram: bars for the software, a line for the reference."""
    bins = len(item.sut)
    frame = _Frame(bins, _round(max(*item.sut, *item.reference, 4)))

    def label(value: float) -> str:
        return figure(item.edges_ms[round(value)], t)

    parts = _axes(frame, label, t("bench.plot.ms"), t)
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
