"""The faults of the world, in a run as `ikeur run` makes it without options.

`make mutation` runs them with all others; this alone runs them alone, and writes their part of
`docs/fault-catalogue.md`. Names of faults as arguments run only these, and write nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from tests.mutation.catalogue_page import publish_world
from tests.mutation.place import in_place
from tests.mutation.world_results import CAUGHT, Fared, fared
from tests.suts.running import Ikeur
from tests.suts.world.recipes import WorldFault, world_faults

_LONGEST_START = 60


def _run(name: str) -> Fared:
    fault = world_faults()[name]
    with tempfile.TemporaryDirectory() as folder, _way(fault, Path(folder)) as way:
        # What a run has once asks for refusals, and adds to what one process is asked.
        quick = not fault.accepts and fault.kind != "state"
        outcome = Ikeur(Path(folder)).run(way, messages=fault.messages, quick=quick)
    if not outcome.cases:
        raise RuntimeError(f"{name} was not run: {outcome.said}")
    return fared(fault, outcome.cases)


@contextmanager
def _way(fault: WorldFault, folder: Path) -> Iterator[str]:
    """The option that reaches a fault, of which a server is started."""
    if fault.way == "python":
        yield f"--python=tests.suts.world:{fault.name}"
        return
    place = folder / "port"
    words = [sys.executable, "-m", "tests.suts.world.load", str(place), fault.name]
    with subprocess.Popen(words) as server:
        try:
            yield f"--url=http://127.0.0.1:{_port(place)}/"
        finally:
            server.terminate()


def _port(place: Path) -> int:
    deadline = time.monotonic() + _LONGEST_START
    while not place.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the server does not listen")
        time.sleep(0.05)
    return int(place.read_text())


def run_world(names: list[str]) -> dict[str, Fared]:
    """How all faults fare, or those that are named, in the order of the table."""
    left = [name for name in world_faults() if not names or name in names]
    found: dict[str, Fared] = {}
    with ProcessPoolExecutor(os.cpu_count(), initializer=in_place) as pool:
        done = [pool.submit(_run, name) for name in left]
        for number, future in enumerate(as_completed(done), 1):
            found[future.result().name] = future.result()
            if sys.stderr.isatty():
                print(f"\r{number} of {len(done)}", end="", file=sys.stderr)
    return {name: found[name] for name in left}


def tell(results: dict[str, Fared]) -> bool:
    """Print which are not caught everywhere; whether all are."""
    missed = [fared for fared in results.values() if fared.result != CAUGHT]
    for one in missed:
        print(f"{one.name} | {one.result}")
    caught = len(results) - len(missed)
    print(f"{caught} of {len(results)} faults of the world caught in every type and direction")
    return not missed


def main() -> int:
    """Run all, or those that are named; the exit code."""
    names = sys.argv[1:]
    results = run_world(names)
    if not names:
        publish_world(results)
    return not tell(results)


if __name__ == "__main__":
    sys.exit(main())
