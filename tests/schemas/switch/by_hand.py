"""`switch_20_21.csv`: decisions at the switch, typed by hand from the published deadlines."""

from __future__ import annotations

import csv
from pathlib import Path

_TABLE = Path(__file__).with_name("switch_20_21.csv")


def decisions() -> list[dict[str, str]]:
    """The rows of the table."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
