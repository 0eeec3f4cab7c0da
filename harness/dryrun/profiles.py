"""The profiles of a dry-run: how many cases, and how many are kept as evidence."""

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
    """A profile; `count` is the number of cases per message type, direction and suite.

    Passing cases are kept for one in `kept_one_in` messages. A `quick` profile leaves out the
    sweep.
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
