"""`make mailbox`: audits a synthetic mailbox of 100,000 files, and compares what was found exactly.

Also tells the seconds, and the peak memory beside that of a mailbox of 10,000 files. Ends with 1
where a fault is missed, something else is found, it takes two minutes, or memory grows. FILES makes
it more or less.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.harness.mailbox.mailbox_maker import make, write_times

FEW, MANY = 10_000, int(os.environ.get("FILES", "100000"))
MOST_SECONDS, MOST_MEMORY = 120, 1.1
PROGRAM = "from harness.cli import main; main()"


def audited(folder: Path, files: int) -> tuple[bool, float, float]:
    """Make and audit a mailbox: whether all is as expected, seconds, and peak memory in MiB."""
    folder.mkdir()
    made = make(folder / "box", files)
    write_times(folder / "times.csv", made)
    options = ["--manifest", str(folder / "times.csv"), "--out", str(folder / "out")]
    words = [sys.executable, "-c", PROGRAM, "pairs", str(folder / "box"), *options]
    begin = time.monotonic()
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(words, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    found = json.loads((folder / "out" / "pairs.json").read_text("utf-8"))
    problems = found["problems"]
    seen = Counter((item["code"], item["file"], item["other"], item["rule"]) for item in problems)
    expected = Counter(made.expected)
    for text, left in (("missed", expected - seen), ("not seeded", seen - expected)):
        for item in list(left)[:10]:
            print(f"{text}: {item}")
    print(f"{made.files:,} files, {expected.total():,} seeded: {seen.total():,} found; ", end="")
    print(f"{seconds:.1f} s, {used.ru_maxrss / 1024:.0f} MiB", flush=True)
    exact = seen == expected and found["files"] == made.files and process.returncode == 1
    return exact, seconds, used.ru_maxrss / 1024


def main() -> int:
    """Measure; the exit code."""
    with tempfile.TemporaryDirectory() as name:
        few_exact, _, few = audited(Path(name) / "few", FEW)
        many_exact, seconds, many = audited(Path(name) / "many", MANY)
    print(f"{many / few:.2f} times the memory (at most {MOST_MEMORY})")
    kept = seconds <= MOST_SECONDS and many <= few * MOST_MEMORY
    return not (few_exact and many_exact and kept)


if __name__ == "__main__":
    sys.exit(main())
