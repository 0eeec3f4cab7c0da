"""Reads the shifts of the table of moments, and writes moments as it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from schemas.errors import TableError
from schemas.facts.table_rows import Row
from schemas.switch.tables import ZONE

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LOCAL, _UTC = "local", "Z"


def shifts(row: Row, column: str) -> tuple[timedelta, ...]:
    """The shifts of a cell, such as `-1m 0s 2d`; raises TableError for another text."""
    try:
        return tuple(
            timedelta(**{_UNITS[word[-1]]: int(word[:-1])}) for word in row[column].split()
        )
    except (KeyError, ValueError):
        what = f"{column} is {row[column]!r}, not shifts such as '-1m 0s 2d'"
        raise TableError("TABLE-VALUE", what, row.where) from None


def notations(row: Row, column: str) -> tuple[str, ...]:
    """The notations of a cell, such as `local Z +05:45.500`; raises TableError for another text.

    A notation is a zone, and the digits of a fraction of a second.
    """
    found = tuple(row[column].split())
    try:
        for notation in found:
            written(datetime.now(UTC), notation)
    except ValueError:
        what = f"{column} is {row[column]!r}, not notations such as 'local Z.500'"
        raise TableError("TABLE-VALUE", what, row.where) from None
    return found


def written(at: datetime, notation: str) -> str:
    """A moment of whole seconds in ISO 8601; the fraction of the notation is added to it."""
    zone, _, fraction = notation.partition(".")
    text = at.astimezone(_zone(zone)).replace(microsecond=0).isoformat()
    time, offset = text[:19], _UTC if zone == _UTC else text[19:]
    return f"{time}.{fraction}{offset}" if fraction else f"{time}{offset}"


def _zone(name: str) -> tzinfo:
    if name in (_LOCAL, _UTC):
        return ZONE if name == _LOCAL else UTC
    zone = datetime.strptime(name, "%z").tzinfo
    assert zone is not None
    return zone
