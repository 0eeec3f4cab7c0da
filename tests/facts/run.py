"""`make facts`: one fact changed at a time, and the list of those that no test notices.

`--count N` changes so many (default 100), of each kind in turn; `--all` changes every row in every
way; `--seed N` draws others. Ends with 1 if something goes unnoticed that `unnoticed.csv` does not
have.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.facts.changed_copy import ChangedCopy
from tests.facts.changes import Change, changes, kinds, sample
from tests.facts.known import reason
from tests.paths import ROOT

SCHEMAS = ROOT / "schemas"
SHARED = ROOT.parent / "shared" / "published"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make facts")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _judged(drawn: list[Change], seed: int) -> list[Change]:
    """The changes that nothing notices; what does is told as it is found."""
    unseen: list[Change] = []
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[ChangedCopy] = SimpleQueue()
        workers = os.cpu_count() or 1
        for worker in range(workers):
            copies.put(ChangedCopy(Path(folder) / str(worker)))
        first = copies.get()
        if told := first.failing():
            sys.exit(f"The tests fail before anything is changed: {told}")
        copies.put(first)

        def judge(change: Change) -> None:
            copy = copies.get()
            try:
                told = copy.told(change, seed)
            finally:
                copies.put(copy)
            known = "" if told else reason(SCHEMAS, change)
            print(f"{change}: {told or known or 'NOT NOTICED'}", flush=True)
            if not told and not known:
                unseen.append(change)

        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(judge, drawn))
    return unseen


def main() -> int:
    """Change facts and tell what goes unnoticed; the exit code."""
    begin, asked = time.monotonic(), _asked()
    if not SHARED.is_dir():
        print("WARNING: the published facts in ../shared/published are missing, and hold nothing")
    if asked.all:
        drawn = [change for kind in kinds() for change in changes(SCHEMAS, kind, asked.seed)]
    else:
        drawn = sample(SCHEMAS, asked.seed, asked.count)
    unseen = _judged(drawn, asked.seed)
    seconds = time.monotonic() - begin
    print(f"\n{len(drawn):,} facts changed with seed {asked.seed}, in {seconds:.0f} s")
    print(f"{len(unseen)} not noticed", *sorted(map(str, unseen)), sep="\n  ")
    return bool(unseen)


if __name__ == "__main__":
    sys.exit(main())
