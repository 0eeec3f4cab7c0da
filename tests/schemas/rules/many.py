"""`make rules`: generated messages break no rule, in 50,000 messages and more."""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from generators.content.sides import SOURCE
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge

# Of each type, seed and kind so many contents; those for both releases are two messages each.
COUNT, SEEDS, KINDS = 220, (1, 2, 3), ("both", "2.0", "2.1")
Task = tuple[str, int, str]


def judged(task: Task) -> tuple[int, Counter[str], list[str]]:
    """How many messages of a task were judged one after the other, and what they break."""
    name, seed, kind = task
    message, judge = catalogue().one(name), RuleJudge()
    count, found, told = 0, Counter[str](), []
    for index in range(COUNT):
        content = generate(message, seed, index, kind)
        for release in ("2.0", "2.1") if kind == "both" else (kind,):
            if release == "2.1" and message.root is None:
                continue
            reading = read(written(message, content, SOURCE[release]), release)
            faults = judge.faults(reading, release)
            count += 1
            if faults is None:
                found["not judged"] += 1
            for fault in faults or ():
                found[fault.rule] += 1
                told.append(f"{name} {kind} seed {seed} index {index}: {fault.rule} {fault.where}")
    return count, found, told


def main() -> int:
    """Judge all; the exit code."""
    begin, total, broken = time.monotonic(), 0, Counter[str]()
    tasks = list(product(catalogue().messages, SEEDS, KINDS))
    with ProcessPoolExecutor() as pool:
        for count, found, told in pool.map(judged, tasks):
            total += count
            broken += found
            for line in told[:5]:
                print(line, flush=True)
    print(f"{total:,} messages, {broken.total()} findings, {time.monotonic() - begin:.0f} s")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
