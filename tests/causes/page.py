"""The page of the benchmark: how many causes a run tells of, by the number of faults."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Protocol

from tests.causes.draw import MOST, Combination
from tests.paths import DOCS

PAGE = DOCS / "causes.md"
_INTRO = """# One fault, one cause

A report folds its findings into causes: what follows from something else is told with it.
`make causes` measures how well this works. It draws {count} combinations of one, two or three
faults of the [fault catalogue](fault-catalogue.md) by seed {seed}, puts each into a converter at
once, runs `ikeur run --quick` on the message types that show them, and counts the causes.

*Within the bound* are the combinations with at most one cause more than faults; the aim is 95 %.
*Findings* and *places* (findings of one code, message type and field) are medians. *Merged* are
the combinations in which two faults share one cause, of those that show where the catalogue
expects them.
"""


class Measured(Protocol):
    """What a run told of a combination."""

    @property
    def combination(self) -> Combination: ...
    @property
    def findings(self) -> int: ...
    @property
    def symptoms(self) -> int: ...
    @property
    def causes(self) -> int: ...
    @property
    def shown(self) -> int: ...
    @property
    def apart(self) -> int: ...
    @property
    def is_bound(self) -> bool: ...


def page(found: Sequence[Measured], seed: int) -> str:
    """The page in Markdown."""
    heads = ("faults", "combinations", "findings", "places", "causes", "most", "as many or fewer")
    rows: list[tuple[str, ...]] = [(*heads, "within the bound", "merged"), ("---:",) * 9]
    for number in range(1, MOST + 1):
        rows.append(_row(str(number), [one for one in found if _faults(one) == number]))
    rows.append(_row("all", found))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    parts = [_INTRO.format(count=len(found), seed=seed), table]
    for title, chosen in (
        ("Above the bound", [one for one in found if not one.is_bound]),
        ("Merged", [one for one in found if one.apart < one.shown]),
    ):
        lines = [f"- {_names(one)}: {one.causes} causes" for one in chosen]
        parts.append("\n".join([f"## {title}", "", *(lines or ["None."])]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def write_page(found: Sequence[Measured], seed: int) -> None:
    """Write the page into the documentation."""
    PAGE.write_text(page(found, seed), encoding="utf-8")


def _faults(one: Measured) -> int:
    return len(one.combination.parts)


def _names(one: Measured) -> str:
    return ", ".join(f"`{part.name}`" for part in one.combination.parts)


def _row(name: str, found: Sequence[Measured]) -> tuple[str, ...]:
    if not found:
        return (name, "0", *("–" for _ in range(7)))
    exact = sum(one.causes <= _faults(one) for one in found)
    bound = sum(one.is_bound for one in found)
    return (
        name,
        str(len(found)),
        f"{median(one.findings for one in found):,.0f}",
        f"{median(one.symptoms for one in found):g}",
        f"{median(one.causes for one in found):g}",
        str(max(one.causes for one in found)),
        f"{100 * exact / len(found):.1f} %",
        f"{100 * bound / len(found):.1f} %",
        str(sum(one.apart < one.shown for one in found)),
    )
