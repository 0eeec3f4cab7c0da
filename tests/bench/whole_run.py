"""`make whole`: what a run costs per case, all included, published in `docs/performance.md`.

Runs the suite `convert` with growing numbers of messages of each type, each run in a process of its
own, and tells what the cases between two runs cost in processor time, over the anchor.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise

from harness.running.settings import BATCH
from schemas.facts.catalogue import catalogue
from tests.bench.prepared import anchor, prepare
from tests.bench.published import machine, put
from tests.bench.run_stages import STAGES, TYPES
from tests.paths import ROOT

COUNTS = (40, 400, 4_000)
BEGIN = "<!-- Whole run: what make whole measured; it writes all up to the next mark. -->"
END = "<!-- End of the whole run. -->"
SOFTWARE, ALL = "software", "all"
WHAT = {
    "making": "the messages, and what must come of them; among them those with a defect",
    "asking": "handing over requests and taking answers, without the software",
    "judging": "the answers",
    "counting": "what became of each field",
    "journal": "an event for each case",
    "reports": "all of them, from the journal",
    "rest": "start-up, and what runs one stage after the other",
    SOFTWARE: "the reference converter, which is the software here",
    ALL: "the above",
}
Costs = Mapping[str, float]


def run(count: int) -> Costs:
    """The cases of a run, and its seconds by stage."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "tests.bench.run_stages", str(count), f"{folder}/out"]
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    costs: dict[str, float] = json.loads(done.stdout)
    return costs


def anchored(first: int, last: int) -> float:
    """The seconds of the anchor for a message: the mean over some messages of each type."""
    times = []
    for name in TYPES.split(","):
        for start in range(first, last, BATCH):
            batch = [prepare(catalogue().one(name), start + place) for place in range(BATCH)]
            begin = time.process_time()
            for item in batch:
                anchor(item)
            times.append((time.process_time() - begin) / BATCH)
    return statistics.mean(times)


def per_case(few: Costs, many: Costs, seconds: float) -> dict[str, float]:
    """What each case costs that one run has more than another, over the anchor, by stage."""
    more = (many["cases"] - few["cases"]) * seconds
    found = {name: (many[name] - few[name]) / more for name in (*STAGES, SOFTWARE)}
    return found | {ALL: sum(found.values())}


def table(counts: Sequence[int]) -> str:
    """The costs between each two counts, as a table."""
    none: Costs = dict.fromkeys(("cases", *STAGES, SOFTWARE), 0.0)
    # On both sides of the runs, as the machine may be slower in the end.
    before = anchored(counts[0], counts[0] + 5 * BATCH)
    runs = [none, *map(run, counts)]
    seconds = (before + anchored(counts[0], counts[0] + 5 * BATCH)) / 2
    costs = [per_case(few, many, seconds) for few, many in pairwise(runs)]
    heads = [f"first {counts[0]:,}", *(f"to {count:,}" for count in counts[1:])]
    cells = {name: " | ".join(f"{cost[name]:.2f}" for cost in costs) for name in WHAT}
    lines = [f"| {name} | {what} | {cells[name]} |" for name, what in WHAT.items()]
    cases = " | ".join(f"{many['cases'] - few['cases']:,.0f}" for few, many in pairwise(runs))
    head = [f"| stage | what it does | {' | '.join(heads)} |", f"|---|---|{'---:|' * len(costs)}"]
    return "\n".join([*head, *lines, f"| cases | how many | {cases} |"])


def main() -> None:
    """Measure the counts given, or publish the usual ones."""
    text = table([int(word) for word in sys.argv[1:]] or COUNTS)
    print(text)
    if not sys.argv[1:]:
        told = f"`make whole` wrote these figures, in processor time, on {machine()}:"
        put(f"{told}\n\n{text}", BEGIN, END)


if __name__ == "__main__":
    main()
