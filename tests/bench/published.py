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
    "write EI": "the 2.0 message, from its tree",
    "write XML": "the 2.1 message, from its tree",
    "read EI": "read and check the 2.0 message",
    "read XML": "validate the 2.1 message, and make its tree",
    "convert 2.0 to 2.1": "the reference converter: from what was read to a 2.1 message",
    "convert 2.1 to 2.0": "the reference converter: from what was read to a 2.0 message",
    "validate": "the 2.1 message: by the pattern of the type, or else by the XSD",
    "compare": "write the expected 2.1 message, and hold the answer against it",
    "report": "from events to all reports, of a run over all the messages, 1 of 20 with a finding",
    "whole pipeline": "generate, write and read EI, convert to 2.1, validate, compare",
    "ask a stream": "ask software over a stream, above what it takes itself",
}


@dataclass(frozen=True)
class Figure:
    """A ratio to the anchor, and the most it may be where a benchmark holds it to that."""

    ratio: float
    most: float | None = None


def publish(figures: Mapping[str, Figure], types: list[str], rounds: int) -> None:
    """Write the figures into the page; raises ValueError where one was not measured."""
    text = PAGE.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no place for the figures")
    tables = rendered(figures, types, rounds)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", "utf-8", newline="\n")


def rendered(figures: Mapping[str, Figure], types: list[str], rounds: int) -> str:
    """The tables; raises ValueError where a stage or a type was not measured."""
    missing = [name for name in (*WHAT, *types) if name not in figures]
    if missing:
        raise ValueError(f"not measured: {', '.join(missing)}")
    stages = [
        f"| {name} | {what} | {figures[name].ratio:.2f} | {_most(figures[name])} |"
        for name, what in WHAT.items()
    ]
    each = [
        f"| {name} | {figures[name].ratio:.2f} | {figures[name].ratio - 1:+.2f} |" for name in types
    ]
    return "\n".join(
        [
            f"`{COMMAND}` wrote these figures: the median of {rounds} rounds, in processor time,",
            f"on {_machine()}.",
            "",
            "| stage | what it does | times the anchor | at most |",
            "|---|---|---:|---:|",
            *stages,
            "",
            "The whole pipeline by type, and how far each is from the aim of 1.0 × the anchor:",
            "",
            "| type | times the anchor | from 1.0 × |",
            "|---|---:|---:|",
            *each,
        ]
    )


def _most(figure: Figure) -> str:
    return "" if figure.most is None else f"{figure.most:.1f}"


def _machine() -> str:
    lxml = ".".join(map(str, etree.LXML_VERSION[:3]))
    return f"{os.cpu_count()} cores, Python {platform.python_version()} and lxml {lxml}"
