"""Results of a bench to be shown, with texts of the software."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reports.bench import html as bench_html
from reports.bench.results import (
    TALLIES,
    BenchEnded,
    BenchFinding,
    BenchResults,
    BenchRow,
    BenchStarted,
    Compared,
    Comparison,
    Histogram,
    Latency,
    Moment,
    Ratios,
    Speed,
    Spread,
    Usage,
)

SPEED = Speed(Spread(12.5, 10.0, 1234.6), Spread(0.04, 0.03, 0.05), Latency(1, 2, 3, 4000.5))
ROW = BenchRow(
    "WMO301", "2.0-2.1", 1000, 640, 1, 5_000_000, 2, SPEED, SPEED, Ratios((0.5, 0.7), (2, 3), 4.25),
    dict.fromkeys(TALLIES, 1),
)  # fmt: skip
NO_ROW = replace(ROW, direction="2.1-2.0", sut=None, ratio=None)
WHOLE = replace(ROW, message="", direction="")
STARTED = BenchStarted(
    "0.1.0", "3f9a", 7, 2, (1000,), ("WMO301",), "ECD", "4.2", "stream", "./ecd", "ikeur 0.1.0",
    "2017-06-09T14:03:11+00:00",
)  # fmt: skip


def results(text: str = "") -> BenchResults:
    found = BenchFinding("BENCH-WRONG", True, 3, text, text, "WMO301", "2.0-2.1", 1000, text)
    other = replace(found, code=text or "BENCH-LEAK", blocking=False, message="", size=0)
    compared = Compared("size", "1000", "speed", Spread(1, 1, 1), Spread(0.5, 0.5, 0.5), 100, True)
    return BenchResults(
        bench=replace(STARTED, sut=f"ECD {text}", command=text),
        sizes=(WHOLE,),
        rows=(ROW, NO_ROW),
        usage={
            "sut": Usage(None, None, None),
            "reference": Usage(5_000_000, 1.25, 0.5, -4096),
            "harness": Usage(5_000_000, 1.25, None),
        },
        answers=dict.fromkeys(TALLIES, 2),
        timeline=(Moment(0.5, 0.1, 1000, 3.5, 4.5, None), Moment(1.5, 0.1, 1000, 0.0, 4.5, 7)),
        histograms=(Histogram(1000, (1.0, 2.0, 4.0), (3, 0), (0, 3)),),
        findings=(found, other),
        comparison=Comparison(f"{text}.json", "0.0.9", 20.0, 1, (compared,)),
        end=BenchEnded(True, "", 12.5),
    )


def page_of(found: BenchResults, folder: Path, lang: str = "en") -> str:
    bench_html.write(found, folder, lang)
    return (folder / "bench.html").read_text("utf-8")
