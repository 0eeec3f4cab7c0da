"""The clock; expiry is judged by the start of a run, an answer by the day on which it is given."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.switch.tables import ZONE


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def day() -> str:
    """The day of today in the Netherlands, as EEJJ-MM-DD."""
    return now().astimezone(ZONE).date().isoformat()
