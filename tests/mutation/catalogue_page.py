"""The pages of the fault catalogue: what the tables of faults say, and what a run measured."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.world_results import HEADING, Fared, section
from tests.paths import DOCS
from tests.suts.fault_kinds.kinds import Kind, converted, kinds
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_table import Fault, faults
from tests.suts.world.recipes import world_faults

PAGE, PLACES = DOCS / "fault-catalogue.md", DOCS / "fault-catalogue.csv"
# The last columns are measured, and no test compares them.
MEASURED = 2
_STEPS = (0.1, 1, 10)
_TO = ("2.1", "2.0")
_INTRO = """# The fault catalogue

Faults that a converter can have, and what `ikeur run` says of each. `make mutation` makes every
faulty converter, runs it through the public command, and writes this page; it fails if a fault
slips, is not found at its own field, or makes ikeur blame anything else. Faults of the world, at
the end, are published as they fare, and fail it where they are not caught.

*Messages* is the smallest `--count` that shows all that must be found (of more message types: the
lowest and the highest), *time* how long the cases of one message type took until then.
"""


@dataclass(frozen=True)
class Measured:
    """What a run needed: the smallest count, and the seconds until then."""

    count: int
    seconds: float


Key = tuple[str, str, str]
Results = Mapping[Key, Measured]


def key(kind: Kind, spot: Spot) -> Key:
    """What a result is kept under."""
    return kind.name, spot.message, " ".join((spot.ei, str(spot.start), *spot.paths))


def strikes() -> list[tuple[Kind, Spot]]:
    """Every fault that the kinds make, in the order of the tables."""
    return [
        (kind, spot)
        for kind in kinds().values()
        for name in converted()
        for spot in kind.spots(name)
    ]


def _found_as(items: Iterable[tuple[str, str]]) -> str:
    """Suites with their codes."""
    found: dict[str, list[str]] = {}
    for suite, code in items:
        codes = found.setdefault(suite, [])
        if code not in codes:
            codes.append(code)
    return "; ".join(f"{s}: {', '.join(codes).replace('*', 'any')}" for s, codes in found.items())


def _of_kind(kind: Kind) -> str:
    return _found_as((find.split()[0], find.split()[1]) for find in kind.finds)


def _types(names: Iterable[str]) -> str:
    found = list(names)
    return "all 20" if found == list(converted()) else ", ".join(found)


def _measured(results: Iterable[Measured]) -> list[str]:
    known = list(results)
    if not known:
        return ["", ""]
    counts = sorted(item.count for item in known)
    text = str(counts[0]) if counts[0] == counts[-1] else f"{counts[0]} to {counts[-1]}"
    slowest = max(item.seconds for item in known)
    step = next((f"< {step:g} s" for step in _STEPS if slowest < step), f"> {_STEPS[-1]} s")
    return [text, step]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(head: str, rows: Iterable[list[str]]) -> list[str]:
    names = [*head.split("|"), "messages", "time"]
    return [_row(names), _row("---" for _ in names), *map(_row, rows)]


def _kind_rows(results: Results) -> Iterable[list[str]]:
    for kind in kinds().values():
        found = [key(kind, spot) for name in converted() for spot in kind.spots(name)]
        types = dict.fromkeys(message for _, message, _ in found)
        measured = _measured(results[item] for item in found if item in results)
        places = str(len(found))
        yield [
            f"`{kind.name}`",
            kind.what,
            kind.to,
            _types(types),
            places,
            _of_kind(kind),
            *measured,
        ]


def _places(fault: Fault) -> str:
    places = dict.fromkeys(find.ei or find.xml for find in fault.finds)
    return "; ".join(place for place in places if place not in ("", "*"))


def _fault_rows(results: Results) -> Iterable[list[str]]:
    for fault in faults().values():
        found = _found_as((find.suite, find.code) for find in fault.finds if find.code != "*")
        known = results.get((fault.name, "", ""))
        measured = ["not yet", ""] if fault.missed else _measured([known] if known else [])
        types = fault.messages.replace(",", ", ")
        yield [f"`{fault.name}`", fault.what, types, _places(fault), found, *measured]


def _matrix() -> list[str]:
    """How many kinds strike each message type, in each direction."""
    head = ["message type", "kinds from 2.0 to 2.1", "kinds from 2.1 to 2.0"]
    rows = [[name, *(str(len(striking(name, to))) for to in _TO)] for name in converted()]
    return [_row(head), _row("---" for _ in head), *map(_row, rows)]


def striking(message: str, to: str) -> list[Kind]:
    """The kinds that strike what is written of a message type for a release."""
    return [kind for kind in kinds().values() if kind.to == to and kind.spots(message)]


def page(results: Results, world: Mapping[str, Fared]) -> str:
    """The page for people, in Markdown."""
    made = strikes()
    parts = [
        _INTRO,
        f"{len(kinds())} kinds of faults, at {len(made):,} places in 20 message types; and "
        f"{len(faults())} faults that were written one by one; "
        f"and {len(world_faults())} of the world.\n",
        "## Message types\n",
        *_matrix(),
        "\n## Kinds of faults\n",
        "*Written* is the release that the converter writes wrongly. `fault-catalogue.csv` has a "
        "row for each place with what strikes it, and the smallest `--count` that shows it.\n",
        *_table("kind|what it does|written|types|places|found as", _kind_rows(results)),
        "\n## Faults written one by one\n",
        *_table("fault|what it does|types|place|found as", _fault_rows(results)),
        "",
        section(world),
    ]
    return "\n".join(parts) + "\n"


def places(results: Results) -> str:
    """What strikes each place, as a table for programs; behind each kind its smallest count."""
    found: dict[tuple[str, ...], list[str]] = {}
    for kind, spot in strikes():
        known = results.get(key(kind, spot))
        # What is written in 2.0 has one place, though it may come from more of them.
        path = spot.paths[0] if spot.paths and kind.to == "2.1" else ""
        row = found.setdefault((spot.message, kind.to, spot.ei, str(spot.start or ""), path), [])
        row.append(f"{kind.name} {known.count}" if known else kind.name)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["message", "written", "place_20", "column", "place_21", "kinds"])
    order = {name: number for number, name in enumerate(converted())}
    for place in sorted(found, key=lambda place: (order[place[0]], *place[1:])):
        writer.writerow([*place, "; ".join(found[place])])
    return file.getvalue()


def publish(results: Results, world: Mapping[str, Fared]) -> None:
    """Write both pages."""
    _write(PAGE, page(results, world))
    _write(PLACES, places(results))


def publish_world(world: Mapping[str, Fared]) -> None:
    """Write the part of the page on the faults of the world anew, and leave the rest."""
    others = PAGE.read_text(encoding="utf-8").partition(HEADING)[0]
    others = re.sub(r"\d+ of the world", f"{len(world_faults())} of the world", others)
    _write(PAGE, f"{others}{section(world)}\n")


def _write(path: Path, text: str) -> None:
    """Write a page aside, and then in its place."""
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)  # noqa: PTH105
