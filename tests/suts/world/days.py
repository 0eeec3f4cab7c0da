"""Faults that show on certain days."""

from __future__ import annotations

from datetime import date, timedelta

from tests.suts.spoiling import Element, add
from tests.suts.world.tools import all_dates, births, dates, in_content, other_century

_DAY = timedelta(days=1)
_EPOCH, _SECONDS = date(1970, 1, 1), 86_400


@dates(births)
def writes_births_before_1910_a_century_late(day: date) -> date:
    return other_century(day, 100) if day.year < 1910 else day


@dates(births)
def writes_births_before_1900_as_its_first_day(day: date) -> date:
    return max(day, date(1900, 1, 1))


@dates(births)
def writes_births_before_1753_as_its_first_day(day: date) -> date:
    return max(day, date(1753, 1, 1))


@dates(births)
def takes_1900_for_a_leap_year(day: date) -> date:
    return day - _DAY if date(1900, 1, 1) <= day < date(1900, 3, 1) else day


@in_content
def takes_the_first_day_of_1900_for_unknown(root: Element) -> None:
    for day in births(root):
        group = day.getparent()
        if day.text == "1900-01-01" and group is not None:
            add(group, "DatumGebruik", "3")


def _in_31_bits(day: date) -> date:
    seconds = (day - _EPOCH).days * _SECONDS
    wrapped = (seconds + 2**31) % 2**32 - 2**31
    return _EPOCH + timedelta(seconds=wrapped)


@dates(births)
def counts_seconds_to_births_in_31_bits(day: date) -> date:
    return _in_31_bits(day) if day < _EPOCH else day


@dates(all_dates)
def counts_seconds_after_2038_in_31_bits(day: date) -> date:
    return _in_31_bits(day) if day > _EPOCH else day


@dates(births)
def loses_a_day_on_16_may_1940(day: date) -> date:
    return day - _DAY if day == date(1940, 5, 16) else day


@dates(births)
def loses_a_day_on_1_july_1937(day: date) -> date:
    return day - _DAY if day == date(1937, 7, 1) else day


@dates(all_dates)
def ends_time_in_2262(day: date) -> date:
    return min(day, date(2262, 4, 11))


@dates(all_dates)
def writes_years_from_2020_a_century_early(day: date) -> date:
    return other_century(day, -100) if 2020 <= day.year < 2100 else day


@dates(all_dates)
def writes_the_year_of_the_week(day: date) -> date:
    year = day.isocalendar().year
    return day.replace(year=year) if year != day.year and 1 < year < 9999 else day


@dates(all_dates)
def knows_no_leap_day_in_2000(day: date) -> date:
    return date(2000, 3, 1) if day == date(2000, 2, 29) else day


@dates(all_dates)
def writes_day_366_as_day_365(day: date) -> date:
    return day - _DAY if day.timetuple().tm_yday == 366 else day
