"""`make defects`: every message with a defect gives the findings of its manifest, no others."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

from schemas.facts.catalogue import catalogue
from tests.harness.defects.manifest_held import disagreements, generated

SEEDS = (1, 2, 3)
Task = tuple[str, int]


def judged(task: Task) -> tuple[int, int, Counter[str], list[str]]:
    """How many messages of a type and seed were judged and how many sets, the rules, the errors."""
    name, seed = task
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        manifest = generated(out, "--messages", name, "--seed", str(seed))
        rules = Counter[str](item["rule"] for item in manifest["defects"] if item["rule"])
        sets = sum(bool(item["earlier"]) for item in manifest["defects"])
        return len(manifest["defects"]), sets, rules, list(disagreements(out, manifest))


def main() -> int:
    """Judge all; the exit code."""
    begin, total, sets, rules, wrong = time.monotonic(), 0, 0, Counter[str](), 0
    with ProcessPoolExecutor() as pool:
        for count, last, found, lines in pool.map(judged, product(catalogue().messages, SEEDS)):
            total, rules, wrong = total + count, rules + found, wrong + len(lines)
            sets += last
            for line in lines:
                print(line, flush=True)
    print(
        f"{total:,} messages with a defect, {sets} of them the last of a set, ",
        f"of {len(rules)} rules; {wrong} are not as told, ",
        sep="",
        end="",
    )
    print(f"{time.monotonic() - begin:.0f} s")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
