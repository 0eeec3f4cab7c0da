"""What a fault does to one written value: each takes the text and where it stands.

In 2.0 a text comes without its padding and a number with its zeros; what is given back is padded
to the field again, unless it has its full width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from tests.suts.fault_kinds.spot import Spot

Change = Callable[[str, Spot], str]
CHANGES: dict[str, Change] = {}


def _named(change: Change) -> Change:
    CHANGES[change.__name__.replace("_", " ").strip()] = change
    return change


def _plain(name: str, change: Callable[[str], str]) -> None:
    CHANGES[name] = lambda value, _: change(value)


def _date(name: str, change: Callable[[date], date]) -> None:
    def changed(value: str, _: Spot) -> str:
        digits = value.replace("-", "")
        try:
            day = change(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
        except ValueError:
            return value
        return day.isoformat() if "-" in value else f"{day:%Y%m%d}"

    CHANGES[name] = changed


def _rewritten(name: str, change: Callable[[str, str, str], str]) -> None:
    """A date in another notation, from its year, month and day."""

    def changed(value: str, _: Spot) -> str:
        digits = value.replace("-", "")
        return change(digits[:4], digits[4:6], digits[6:])

    CHANGES[name] = changed


def _number(name: str, change: Callable[[int], int]) -> None:
    CHANGES[name] = lambda value, _: str(change(int(value))) if value.isdigit() else value


_plain("empty", lambda _: "")
_plain("swap case", str.swapcase)
_plain("lose the last character", lambda value: value[:-1])
_plain("lose the first character", lambda value: value[1:])
_plain("keep half", lambda value: value[: (len(value) + 1) // 2])
_plain("keep the first word", lambda value: value.partition(" ")[0])
_plain("double spaces", lambda value: value.replace(" ", "  "))
_plain("lose spaces", lambda value: value.replace(" ", ""))
_plain("start with a space", lambda value: f" {value}")
_plain("end with a space", lambda value: f"{value} ")
_plain("end with a point", lambda value: f"{value}.")
_plain("write twice", lambda value: value * 2)
_plain("quote", lambda value: f'"{value}"')
_plain("write a tab in it", lambda value: f"{value[:-1]}\t")
_plain("write a control character", lambda value: f"{value[:-1]}\x05")
_plain("write as a placeholder", lambda value: "ONBEKEND"[: max(len(value), 3)])
_plain("lose leading zeros", lambda value: value.lstrip("0") or "0")
_plain("swap the last two", lambda value: value[:-2] + value[:-3:-1])
_plain("swap the first two", lambda value: value[1::-1] + value[2:])
_plain("write zeros", lambda value: "0" * len(value))
_plain("add a zero in front", lambda value: f"0{value}")
_plain("write the letter O for zero", lambda value: value.replace("0", "O"))
_plain("write with decimals", lambda value: f"{value}.0")
_plain("write with a minus", lambda value: f"-{value}")
_plain("write seconds of zero", lambda value: value[:-2] + "00")
_plain("leave out seconds", lambda value: value[:-3])
_plain("write an hour later", lambda v: f"{(int(v[:2]) + 1) % 24:02}{v[2:]}")
_plain("end with a zone", lambda value: f"{value}Z")
_plain("end with a time", lambda value: f"{value}T00:00:00")
_plain("write UTF-8 as ISO 8859-1", lambda value: value.encode().decode("iso-8859-1"))
_plain("write question marks", lambda value: value.encode("ascii", "replace").decode())
_plain("double apostrophes", lambda value: value.replace("'", "''"))
_plain("escape ampersands again", lambda value: value.replace("&", "&amp;"))

_date("a day earlier", lambda day: day - timedelta(days=1))
_date("a day later", lambda day: day + timedelta(days=1))
_date("the first of the month", lambda day: day.replace(day=1))
_date("a month later", lambda day: (day.replace(day=1) + timedelta(days=31)).replace(day=day.day))
_date("a year later", lambda day: day.replace(year=day.year + 1))
_date("a century later", lambda day: day.replace(year=day.year + 100))
_date("day and month swapped", lambda day: day.replace(month=day.day, day=day.month))
_rewritten("as in EI", lambda year, month, day: f"{year}{month}{day}")
_rewritten("day first", lambda year, month, day: f"{day}-{month}-{year}")
_rewritten("day first in digits", lambda year, month, day: f"{day}{month}{year}")
_rewritten("year of two digits", lambda year, month, day: f"00{year[2:]}{month}{day}")
_rewritten("30 February", lambda year, month, day: f"{year}0230")

_number("one more", lambda number: number + 1)
_number("ten times", lambda number: number * 10)
_number("a tenth", lambda number: number // 10)


@_named
def _strip_accents(value: str, _: Spot) -> str:
    letters = unicodedata.normalize("NFD", value)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@_named
def _pad_to_the_field(value: str, spot: Spot) -> str:
    return value.ljust(spot.length)


@_named
def _to_the_right(value: str, spot: Spot) -> str:
    return value.rjust(spot.length)


@_named
def _spaces_before(value: str, spot: Spot) -> str:
    return value.lstrip("0").rjust(spot.length)


@_named
def _to_the_left(value: str, spot: Spot) -> str:
    return value.lstrip("0").ljust(spot.length)


@_named
def _spaces(_: str, spot: Spot) -> str:
    return " " * spot.length


@_named
def _zeros(_: str, spot: Spot) -> str:
    return "0" * spot.length


@_named
def _nines(_: str, spot: Spot) -> str:
    return "9" * spot.length


@_named
def _nines_as_a_date(_: str, spot: Spot) -> str:
    return "99991231" if spot.release == "2.0" else "9999-12-31"


@_named
def _number_one(_: str, __: Spot) -> str:
    return "1"


@_named
def _next_code(value: str, spot: Spot) -> str:
    """The code behind it in the list."""
    place = spot.codes.index(value) if value in spot.codes else -1
    return spot.codes[(place + 1) % len(spot.codes)]


@_named
def _first_code(_: str, spot: Spot) -> str:
    return spot.codes[0]


@_named
def _unknown_code(value: str, spot: Spot) -> str:
    """A code that is in no list, as long as the one that stands there."""
    length = len(value)
    for digit in "879":
        if digit * length not in spot.codes:
            return digit * length
    return value
