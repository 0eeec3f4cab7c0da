"""`make volume`: what a run of very many cases takes, and what a second worker gives.

Peak memory of 1,000,000 cases over that of 10,000, of ikeur and the converter that it tests
together; the time of one worker over that of two, taken in turns; and a run killed at a random
moment and resumed against one that ran through. Ends with 1 where a promise is not kept. Takes half
an hour on two cores; CASES makes it less.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.harness.running.same_results import assert_same
from tests.suts.steadily import kill, start

# A run of all suites has so many cases for each of --count.
CASES_EACH = 305
FEW, MANY = 10_000, int(os.environ.get("CASES", "1000000"))
MOST_MEMORY, LEAST_SPEED = 1.1, 1.7
ROUNDS, PER_ROUND = 3, 100_000
# Seconds.
_BETWEEN = 0.2


def run(folder: Path, cases: int, *options: str) -> tuple[float, float]:
    """Run so many cases with the built-in converter; seconds, and the peak memory in MiB."""
    begin, peaks = time.monotonic(), dict[int, int]()
    process = start(folder, "--reference", f"--count={cases // CASES_EACH}", *options)
    while process.poll() is None:
        peaks |= dict(_peaks(process.pid))
        time.sleep(_BETWEEN)
    assert process.returncode == 0, process.returncode
    return time.monotonic() - begin, sum(peaks.values()) / 1024


def _peaks(pid: int) -> Iterator[tuple[int, int]]:
    """A process and all below it, each with the most memory that it has had, in KiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    if peak := re.search(r"VmHWM:\s+(\d+)", status):
        yield pid, int(peak[1])
    for child in below.split():
        yield from _peaks(int(child))


def memory(folder: Path) -> bool:
    """Whether memory does not grow with the cases."""
    _, few = run(folder / "few", FEW)
    seconds, many = run(folder / "many", MANY)
    print(
        f"{FEW:,} cases: {few:.0f} MiB; {MANY:,} cases: {many:.0f} MiB, {seconds:.0f} s; ", end=""
    )
    print(f"{many / few:.2f} times the memory (at most {MOST_MEMORY})", flush=True)
    return many / few <= MOST_MEMORY


def speed(folder: Path) -> bool:
    """Whether a second worker is worth its core."""
    ratios = []
    for number in range(ROUNDS):
        one, _ = run(folder / f"one-{number}", PER_ROUND)
        two, _ = run(folder / f"two-{number}", PER_ROUND, "--workers=2")
        ratios.append(one / two)
    found = statistics.median(ratios)
    print(f"two workers: {found:.2f} times as fast as one (at least {LEAST_SPEED}); ", end="")
    print(", ".join(f"{ratio:.2f}" for ratio in ratios), flush=True)
    return found >= LEAST_SPEED


def resumed(folder: Path) -> bool:
    """Whether a run killed at random moments ends as one that ran through."""
    whole, _ = run(folder / "whole", FEW)
    count, kills = f"--count={FEW // CASES_EACH}", 0
    while kills < ROUNDS:
        process = start(folder / "cut", "--reference", count, "--workers=2", "--resume")
        try:
            process.wait(random.uniform(0.1, 0.5) * whole)
            break
        except subprocess.TimeoutExpired:
            kill(process)
            kills += 1
    process = start(folder / "cut", "--reference", count, "--resume")
    process.communicate()
    assert_same(folder / "whole", folder / "cut")
    print(f"killed {kills} times and resumed: the same results", flush=True)
    return process.returncode == 0


def main() -> int:
    """Measure all; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        kept = [part(Path(folder)) for part in (speed, resumed, memory)]
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())
