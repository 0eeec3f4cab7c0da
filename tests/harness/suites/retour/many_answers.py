"""`make retour`: the reference answers 2,000 messages of every kind without a finding."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from harness.cases.specimen import Specimen
from harness.reference.converter import respond
from harness.suites.retour.defective_input import defective
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.kinds import kinds, kinds_of
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import write

# Of each type, release and kind so many messages.
COUNT, SEED = 18, 11
Task = tuple[str, str, str]


def tasks() -> list[Task]:
    """Every kind of message to be answered, of every type and release."""
    return [
        (name, release, item.kind)
        for name in catalogue().messages
        for release in ("2.0", "2.1")
        for item in kinds_of(name, release)
    ]


def judged(task: Task, count: int = COUNT, seed: int = SEED) -> list[str]:
    """What is found in the answers to some messages of a kind."""
    name, release, kind = task
    message, found = catalogue().one(name), []
    for index in range(count):
        tree = defective(kinds()[kind], release, Specimen(message, seed, index))
        data = write(message, tree, release)
        for fault in retour_faults(
            read_heenbericht(data, release), respond(data, release, release)
        ):
            found.append(f"{name} {release} {kind} index {index}: {fault.code} {fault.where}")
    return found


def main() -> int:
    """Judge all; the exit code."""
    begin, red, todo = time.monotonic(), 0, tasks()
    with ProcessPoolExecutor() as pool:
        for found in pool.map(judged, todo):
            red += len(found)
            for line in found[:5]:
                print(line, flush=True)
    print(f"{len(todo) * COUNT:,} messages, {red} findings, {time.monotonic() - begin:.0f} s")
    return bool(red)


if __name__ == "__main__":
    sys.exit(main())
