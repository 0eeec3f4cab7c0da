"""The figures of `docs/performance.md`, written between two marks by `make bench-publish`."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from tests.paths import DOCS

PAGE = DOCS / "performance.md"
COMMAND = "make bench-publish"
BEGIN = f"<!-- Figures: what {COMMAND} measured; it writes all up to the next mark. -->"
END = "<!-- End of the figures. -->"
WHAT = {
    "generate": "the content of a pair: what both messages say, and what each conversion must keep",
    "write EI": "the 2.0 message",
    "write expected": "the 2.1 message that converting it must give",
    "making": "the three above",
    "read EI": "read and check the 2.0 message",
    "convert 2.0 to 2.1": "the reference converter: from what was read to a 2.1 message",
    "validate": "the 2.1 message",
    "compare": "hold the answer against the expected message",
    "whole pipeline": "all of the above",
    "write XML": "the 2.1 message of the pair",
    "read XML": "validate the 2.1 message, and make its tree",
    "convert 2.1 to 2.0": "the reference converter: from what was read to a 2.0 message",
    "tree of EI": "the tree of a 2.0 message that was read",
    "rules 2.0": "judge the 2.0 message by the business rules, once it is read",
    "rules 2.1": "judge the 2.1 message by the business rules, once it is read",
    "report": "from events to all reports, of a run over all the messages, 1 of 20 with a finding",
    "ask a stream": "ask software over a stream, above what it takes itself",
}
COUNTS = (40, 200)


@dataclass(frozen=True)
class Figure:
    """A ratio to the anchor, and the most it may be where a benchmark holds it to that."""

    ratio: float
    most: float | None = None


# By what was measured, and the number of messages of each type.
Figures = Mapping[str, Mapping[int, Figure]]


def publish(figures: Figures, types: list[str]) -> None:
    """Write the figures into the page; raises ValueError where one was not measured."""
    put(rendered(figures, types), BEGIN, END)


def put(text: str, begin: str, end: str) -> None:
    """Write a text between two marks of the page; raises ValueError if it lacks one."""
    before, first, rest = PAGE.read_text("utf-8").partition(begin)
    _, last, after = rest.partition(end)
    if not first or not last:
        raise ValueError(f"{PAGE.name} has no place for the figures")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8", newline="\n")


def rendered(figures: Figures, types: list[str]) -> str:
    """The tables; raises ValueError where a stage or a type was not measured."""
    missing = [name for name in (*WHAT, *types) if name not in figures]
    if missing:
        raise ValueError(f"not measured: {', '.join(missing)}")
    stages = [f"| {name} | {what} | {_cells(figures[name])} |" for name, what in WHAT.items()]
    each = [f"| {name} | {_cells(figures[name])} |" for name in types]
    head = " | ".join(f"first {count}" for count in COUNTS)
    return "\n".join(
        [
            f"`{COMMAND}` wrote these figures, in processor time, on {machine()}:",
            "each is the median of 5 fresh processes (of 9 rounds for `report` and for",
            "`ask a stream`). Behind a figure stands what it may be at most.",
            "",
            f"| stage | what it does | {head} |",
            "|---|---|---:|---:|",
            *stages,
            "",
            "The whole pipeline by type:",
            "",
            f"| type | {head} |",
            "|---|---:|---:|",
            *each,
        ]
    )


def _cells(figures: Mapping[int, Figure]) -> str:
    return " | ".join(_told(figures[count]) if count in figures else "" for count in COUNTS)


def _told(figure: Figure) -> str:
    return f"{figure.ratio:.2f}" + ("" if figure.most is None else f" (≤ {figure.most:.1f})")


def machine() -> str:
    """What it was measured on."""
    lxml = ".".join(map(str, etree.LXML_VERSION[:3]))
    return f"{os.cpu_count()} cores, Python {platform.python_version()} and lxml {lxml}"
