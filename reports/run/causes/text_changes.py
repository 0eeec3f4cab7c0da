"""Changes of texts that are the same in every field, such as another encoding."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from reports.run.causes.causes import Cause

DAY = "day"
_MOSTLY = 0.8
# A date of either release, as year, separator, month, separator and day.
_DATE = re.compile(r"(\d{4})(-?)(\d\d)(-?)(\d\d)")


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode("iso-8859-1")


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _replaced(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii")


def _day_for_month(text: str) -> str:
    match = _DATE.fullmatch(text)
    return "".join(match.group(1, 2, 5, 4, 3)) if match else text


# By the name of the change, what becomes of a text.
CHANGES: dict[str, Callable[[str], str]] = {
    "utf8": _utf8,
    "escaped": html.escape,
    "accents": _without_accents,
    "marks": _replaced,
    "upper": str.upper,
    "lower": str.lower,
    "spaces": lambda text: "".join(text.split()),
    "day_month": _day_for_month,
}


def change_of(cause: Cause) -> str:
    """The name of the change that the values of a cause show; empty if it is none of these."""
    values = [pair for pair in cause.trace.values.values() if all(pair) and len(set(pair)) > 1]
    for name, change in CHANGES.items():
        changed = sum(change(expected) == actual for expected, actual in values)
        if changed and changed >= _MOSTLY * len(values):
            return name
    days = {(_day(expected), _day(actual)) for expected, actual in values}
    one = days.pop() if len(days) == 1 else ("", "")
    # The one day that is wrong in every date, such as 29 February.
    return DAY if all(one) and one[0] != one[1] else ""


def _day(text: str) -> str:
    """The month and day of a date; empty for another text."""
    match = _DATE.fullmatch(text)
    return "".join(match.group(3, 5)) if match else ""
