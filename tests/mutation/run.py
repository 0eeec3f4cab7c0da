"""`make mutation`: every kind of fault, in every message type that it can strike, must be caught.

Runs `ikeur run` on each faulty converter, with more and more messages until all is found that must
be found, writes `docs/fault-catalogue.md`, and ends with 1 if a fault slips or is blamed elsewhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))

from kinds import Json, Kind, fits, kinds
from running import ROOT, SUTS, Ikeur
from spots import Spot

from harness.cases import parse

COUNTS = (1, 4, 20, 80)


@dataclass(frozen=True)
class Caught:
    """How one kind fared at one spot: what was found, and what was blamed that should not be.

    `count` is the smallest number of messages that shows all; 0 where something slipped.
    """

    kind: str
    message: str
    place: str
    count: int
    seconds: float
    missing: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        return self.count > 0 and not self.blamed


def _judged(kind: Kind, spot: Spot, cases: list[Json]) -> Caught:
    """What the cases of one message type say."""
    left, count, seconds = set(kind.finds), 0, 0.0
    blamed: set[str] = set()
    allowed = (*kind.finds, *kind.may)
    for case in sorted(cases, key=lambda case: parse(case["id"]).index):
        seconds += case["seconds"] if left else 0.0
        for item in case["findings"]:
            left -= {find for find in left if fits(find, spot, item)}
            if item["direction"] != kind.direction or not any(
                fits(find, spot, item) for find in allowed
            ):
                where = item["ei"] and f"{item['ei']['record']} {item['ei']['field']}"
                blamed.add(f"{item['code']} {where} {item['xml'] and item['xml']['path']}")
        if not left and not count:
            count = parse(case["id"]).index + 1
    place = (kind.name, spot.message, spot.text, count, seconds)
    return Caught(*place, tuple(sorted(left)), tuple(sorted(blamed)))


def _run(name: str, place: int) -> list[Caught]:
    """One kind at one place, in all message types at once."""
    kind = kinds()[name]
    left, found = kind.strike(place), []
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            outcome = Ikeur(Path(folder)).run(
                f"--python=mutants:{name}__{place}",
                suite="schema,convert",
                messages=",".join(left),
                count=count,
                block_on="ABCD",
            )
        for message, spot in list(left.items()):
            cases = [case for case in outcome.cases if case["message"] == message]
            caught = _judged(kind, spot, cases)
            if caught.count or caught.blamed or count == COUNTS[-1]:
                found.append(caught)
                del left[message]
        if not left:
            break
    return found


def _in_place() -> None:
    os.chdir(SUTS)
    os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{SUTS}"


def struck(names: list[str]) -> Iterator[Caught]:
    """How the kinds fare, as they are done."""
    jobs = [(name, place) for name in names for place in range(3) if kinds()[name].strike(place)]
    with ProcessPoolExecutor(2, initializer=_in_place) as pool:
        for found in pool.map(_run, *zip(*jobs, strict=True)):
            yield from found


def main() -> int:
    """Run everything; the exit code."""
    slipped = 0
    for caught in struck(sys.argv[1:] or list(kinds())):
        if not caught.is_right:
            slipped += 1
            print(caught)
    print(slipped)
    return bool(slipped)


if __name__ == "__main__":
    sys.exit(main())
