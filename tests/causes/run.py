"""`make causes`: how many causes a run tells of, with one to three faults put in at once.

Runs `ikeur run --quick` on 200 converters, each with faults of the catalogue that were drawn by a
seed, writes `docs/causes.md`, and ends with 1 if more than 5 % have more than one cause above the
number of faults. The journals of the runs stay in the folder that is named, and what is there is
not run again.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reports.events.events import Event, from_json
from reports.run.summary import Summary, summarise
from tests.causes.draw import Combination, combinations
from tests.causes.page import write_page
from tests.causes.told_apart import told_apart
from tests.mutation.place import in_place
from tests.suts.running import Ikeur

COMBINATIONS, SEED = 200, 1
LEAST_SHARE = 0.95


@dataclass(frozen=True)
class Told:
    """What a run told of a combination: findings, symptoms, causes, and faults.

    `shown` faults have a finding at all, and `apart` of these have a cause of their own.
    """

    combination: Combination
    findings: int
    symptoms: int
    causes: int
    shown: int
    apart: int

    @property
    def is_bound(self) -> bool:
        """Whether there is at most one cause more than there are faults."""
        return self.causes <= len(self.combination.parts) + 1


@dataclass(frozen=True)
class _Events:
    """The events of a kept journal, which can be read more than once."""

    path: Path

    def __iter__(self) -> Iterator[Event]:
        with gzip.open(self.path, "rt", encoding="utf-8") as file:
            yield from map(from_json, map(json.loads, file))


def _journal(found: Combination, folder: Path) -> Path:
    """The journal of a combination, from a run if there is none."""
    what = " ".join((found.target, *found.messages))
    path = folder / f"{zlib.crc32(what.encode()):08x}.jsonl.gz"
    if not path.exists():
        with tempfile.TemporaryDirectory() as place:
            outcome = Ikeur(Path(place)).run(found.target, messages=",".join(found.messages))
            aside = path.with_suffix(".part")
            with (outcome.folder / "events.jsonl").open("rb") as file, gzip.open(aside, "wb") as to:
                shutil.copyfileobj(file, to)
            aside.replace(path)
    return path


def _told(found: Combination, folder: Path) -> Told:
    summary: Summary = summarise(_Events(_journal(found, folder)))
    findings, symptoms = sum(summary.findings.values()), len(summary.symptoms)
    apart = told_apart(found.parts, summary.causes)
    shown, own = apart
    return Told(found, findings, symptoms, len(summary.causes), shown, own)


def measured(folder: Path, count: int = COMBINATIONS, seed: int = SEED) -> list[Told]:
    """What each run told, in the order of the draw."""
    drawn = list(combinations(count, seed))
    with ProcessPoolExecutor(os.cpu_count(), initializer=in_place) as pool:
        found = []
        for told in pool.map(_told, drawn, [folder] * count):
            found.append(told)
            if sys.stderr.isatty():
                print(f"\r{len(found)} of {count}", end="", file=sys.stderr)
        return found


def main() -> int:
    """Run everything; the exit code."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else place).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        found = measured(folder)
    bound = sum(told.is_bound for told in found)
    write_page(found, SEED)
    for told in found:
        if not told.is_bound:
            print(told)
    print(f"{bound} of {len(found)} combinations have at most one cause more than faults")
    return int(bound < LEAST_SHARE * len(found))


if __name__ == "__main__":
    sys.exit(main())
