"""Faults that show in periods, at times, and in dates beside that of the message."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.errors import Refused
from tests.suts.spoiling import Convert, Element, drop, every, faithful
from tests.suts.world.tools import all_dates, births, in_content, other_century, parsed, text_at

_DAY = timedelta(days=1)
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A begin, and the end that may stand in the same class.
_PERIODS = (
    ("Begindatum", "Einddatum"),
    ("Ingangsdatum", "Einddatum"),
    ("ToewijzingIngangsdatum", "ToewijzingEinddatum"),
)
# The classes in which the end of a period may be absent.
_OPEN = ("Beschikking", "BeschiktProduct", "ToegewezenProduct", "Contact", "Product")


def _begins_summer_time(day: date) -> bool:
    return day.month == 3 and day.day > 24 and day.isoweekday() == 7


@in_content
def moves_times_that_summer_time_skips(root: Element) -> None:
    for time in every(root, "ToegewezenProduct/Toewijzingstijd"):
        product = time.getparent()
        assert product is not None
        day = date.fromisoformat(text_at(product, "Toewijzingsdatum"))
        if _begins_summer_time(day) and (time.text or "").startswith("02"):
            time.text = "03" + (time.text or "")[2:]


def _ends(root: Element) -> list[tuple[Element, Element, date, date]]:
    """The class, the end, and both days of each period that has an end."""
    found = []
    for begin_name, end_name in _PERIODS:
        for begin in every(root, begin_name):
            group = begin.getparent()
            assert group is not None
            for end in group.findall(f"{{*}}{end_name}"):
                days = date.fromisoformat(begin.text or ""), date.fromisoformat(end.text or "")
                found.append((group, end, *days))
    return found


def _offset(day: date) -> timedelta:
    offset = datetime(day.year, day.month, day.day, 12, tzinfo=_AMSTERDAM).utcoffset()
    assert offset is not None
    return offset


@in_content
def counts_periods_in_hours_over_the_end_of_summer_time(root: Element) -> None:
    for _, end, first, last in _ends(root):
        if first.year > 1900 and last.year < 2100 and _offset(last) < _offset(first):
            end.text = (last - _DAY).isoformat()


@in_content
def loses_the_end_of_a_period_of_one_day(root: Element) -> None:
    for group, end, first, last in _ends(root):
        if first == last and _may_be_open(group):
            drop(end)


@in_content
def ends_periods_of_one_day_a_day_late(root: Element) -> None:
    for _, end, first, last in _ends(root):
        if first == last and last < date.max:
            end.text = (last + _DAY).isoformat()


@in_content
def takes_the_last_day_of_9999_for_an_open_end(root: Element) -> None:
    for group, end, _, last in _ends(root):
        if last == date.max and _may_be_open(group):
            drop(end)


def _may_be_open(group: Element) -> bool:
    parent = group.getparent() if str(group.tag).endswith("}Periode") else group
    return parent is not None and str(parent.tag).rpartition("}")[2] in _OPEN


@in_content
def writes_the_last_second_of_the_day_as_midnight(root: Element) -> None:
    for time in every(root, "ToegewezenProduct/Toewijzingstijd"):
        if time.text == "23:59:59":
            time.text = "00:00:00"


def _sent(root: Element) -> str:
    found = every(root, "BerichtIdentificatie/Dagtekening") + every(root, "FactuurDagtekening")
    return found[0].text or ""


@in_content
def writes_births_after_the_message_a_century_early(root: Element) -> None:
    for day in births(root):
        if (day.text or "") > _sent(root):
            day.text = other_century(date.fromisoformat(day.text or ""), -100).isoformat()


def _refuses(chosen: str) -> Convert:
    def convert(data: bytes, source: str, target: str) -> bytes:
        output = faithful(data, source, target)
        root = parsed(output if target == "2.1" else data)
        if chosen == "late" and any((day.text or "") >= "2020" for day in all_dates(root)):
            raise Refused("DATE", "a year that is not known")
        if chosen == "old":
            first = int(_sent(root)[:4]) - 110
            if any(int((day.text or "")[:4]) < first for day in births(root)):
                raise Refused("DATE", "a client of more than 110 years")
        return output

    return convert


refuses_years_from_2020 = _refuses("late")
refuses_clients_of_more_than_110_years = _refuses("old")
