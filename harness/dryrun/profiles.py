"""How wide a dry-run is, and how much of what passes is kept as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.suites.registry import dryrun_suites, select
from schemas.errors import TableError, UsageError
from schemas.facts import table_rows as tables

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Profile:
    """A dry-run: `count` is cases per message type, direction and suite.

    Of every `kept_one_in` messages those that pass are kept of one. A `quick` one leaves the sweep
    out.
    """

    name: str
    suites: tuple[str, ...]
    count: int
    kept_one_in: int
    quick: bool


@cache
def profiles() -> dict[str, Profile]:
    """All profiles by name, in the order of the table."""
    return {
        row["profile"]: Profile(
            row["profile"],
            (*_suites(row), *dryrun_suites()),
            row.number("count"),
            row.number("kept_one_in"),
            not row.flag("sweep"),
        )
        for row in tables.rows("profiles", FOLDER)
    }


def _suites(row: tables.Row) -> list[str]:
    try:
        return select(row["suites"])
    except UsageError as error:
        raise TableError("TABLE-VALUE", f"suites: {error.what}", row.where) from None
