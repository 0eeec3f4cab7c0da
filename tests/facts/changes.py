"""One fact of one table changed: what `changes.csv` says may be another, for every row that has it.

Everything is drawn from a seed: the same seed changes the same rows into the same others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.facts.ways import WAYS, Rows

Kind = tuple[str, str, str]


@dataclass(frozen=True)
class Change:
    """A table of `schemas`, a row of it (0 is the first below the header), and what changes."""

    table: str
    row: int
    column: str
    way: str

    def __str__(self) -> str:
        return f"{self.table}.csv:{self.row + 2} {self.column} ({self.way})"

    def made(self, folder: Path, seed: int) -> Rows | None:
        """The rows of the table with the change; None where the row has nothing to change."""
        return self.of(read(folder / f"{self.table}.csv"), seed)

    def of(self, rows: Rows, seed: int) -> Rows | None:
        """The rows of its table changed, as `made` gives them."""
        changed = [dict(row) for row in rows]
        if not WAYS[self.way](changed, self.row, self.column, Random(f"{seed} {self}")):
            return None
        return changed if changed != rows else None


def read(path: Path) -> Rows:
    """The rows of a table by their columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(rows: Rows) -> str:
    """The text of a table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def kinds() -> list[Kind]:
    """What may change: the pattern of the tables, the column, and the way."""
    rows = read(Path(__file__).with_name("changes.csv"))
    return [(row["table"], row["column"], row["change"]) for row in rows]


def changes(folder: Path, kind: Kind, seed: int) -> Iterator[Change]:
    """All changes of a kind that change something."""
    pattern, column, way = kind
    for path in sorted(folder.glob(f"{pattern}.csv")):
        rows = read(path)
        if column not in rows[0]:
            continue
        for row in range(len(rows)):
            change = Change(str(path.relative_to(folder).with_suffix("")), row, column, way)
            if change.of(rows, seed):
                yield change


def sample(folder: Path, seed: int, count: int) -> list[Change]:
    """So many changes, of each kind in turn: the kinds and their rows are in a drawn order."""
    random = Random(seed)
    queues = []
    for kind in kinds():
        queue = list(changes(folder, kind, seed))
        random.shuffle(queue)
        queues.append(queue)
    random.shuffle(queues)
    found: list[Change] = []
    while len(found) < count and any(queues):
        found += [queue.pop() for queue in queues if queue]
    return found[:count]
