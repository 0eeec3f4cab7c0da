"""`make mutation`: every fault, in every message type that it can strike, must be caught.

Runs `ikeur run` on each faulty converter, with more and more messages until all is found that must
be found, writes `docs/fault-catalogue.md`, and ends with 1 if a fault slips or is blamed elsewhere.
The faults of the world (`run_world.py`) are published as they fare, and must be caught as well.
Names of kinds or faults as arguments run only these, and write nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.mutation.catalogue_page import key, publish, publish_world
from tests.mutation.judging import Caught, judged_fault, judged_kind
from tests.mutation.place import in_place
from tests.mutation.run_world import run_world, tell
from tests.suts.fault_kinds.kinds import MOST_SPOTS, Json, kinds
from tests.suts.fault_table import faults
from tests.suts.running import Ikeur

COUNTS = (5, 20, 80, 320)
Job = tuple[str, int]
_ALONE = -1


def _cases(
    sut: str, suites: str, messages: str, count: int, block_on: str, quick: bool = True
) -> list[Json]:
    with tempfile.TemporaryDirectory() as folder:
        options: Json = {
            "suite": suites,
            "messages": messages,
            "count": count,
            "block_on": block_on,
        }
        return Ikeur(Path(folder)).run(f"--python={sut}", quick=quick, **options).cases


def _run_kind(name: str, place: int) -> list[Caught]:
    """One kind at one place, in all message types at once."""
    kind, found = kinds()[name], []
    left = kind.strike(place)
    for count in COUNTS:
        cases = _cases(
            f"tests.suts.mutants:{name}__{place}", "schema,convert", ",".join(left), count, "ABCD"
        )
        for message, spot in list(left.items()):
            own = [case for case in cases if case["message"] == message]
            caught = judged_kind(kind, spot, key(kind, spot), own)
            if caught.count or caught.blamed or count == COUNTS[-1]:
                found.append(caught)
                del left[message]
        if not left:
            break
    return found


def _run_fault(name: str) -> list[Caught]:
    """One faulty converter that was written by itself."""
    fault = faults()[name]
    for count in COUNTS:
        cases = _cases(
            f"tests.suts.faulty:{name}",
            fault.suites,
            fault.messages,
            count,
            fault.block_on,
            quick=False,
        )
        caught = judged_fault(fault, (name, "", ""), cases)
        if caught.count or caught.blamed:
            break
    return [caught]


def _run(job: Job) -> list[Caught]:
    name, place = job
    return _run_fault(name) if place == _ALONE else _run_kind(name, place)


def _jobs(names: list[str]) -> list[Job]:
    made = [(kind, place) for kind in kinds().values() for place in range(MOST_SPOTS)]
    jobs = [(kind.name, place) for kind, place in made if kind.strike(place)]
    jobs += [(fault.name, _ALONE) for fault in faults().values() if not fault.missed]
    return [job for job in jobs if not names or job[0] in names]


def _all(jobs: list[Job]) -> Iterator[Caught]:
    """How all fare, as they are done."""
    with ProcessPoolExecutor(os.cpu_count(), initializer=in_place) as pool:
        done = [pool.submit(_run, job) for job in jobs]
        for number, future in enumerate(as_completed(done), 1):
            if sys.stderr.isatty():
                print(f"\r{number} of {len(jobs)}", end="", file=sys.stderr)
            yield from future.result()


def main() -> int:
    """Run everything; the exit code."""
    begin, names = time.monotonic(), sys.argv[1:]
    results = list(_all(_jobs(names)))
    wrong = [caught for caught in results if not caught.is_right]
    for caught in wrong:
        print(caught)
    right = len(results) - len(wrong)
    print(f"{right:,} of {len(results):,} faults caught at their own field", end="")
    print(f", in {time.monotonic() - begin:.0f} s")
    missed = [fault.name for fault in faults().values() if fault.missed]
    print(f"{len(missed)} more are marked as not caught yet", *missed, sep="\n  ")
    world = run_world(names)
    if not names and wrong:
        publish_world(world)
    elif not names:
        publish({caught.key: caught.measured for caught in results}, world)
    return not tell(world) or bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
