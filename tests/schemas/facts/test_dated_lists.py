"""Lists that change in time: what stands in them when, and tables that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import TableError
from schemas.facts import catalogue
from schemas.facts.dated_lists import dated_lists
from tests.schemas.tables_edit import Tables

MUNICIPALITIES = dated_lists()["municipalities"]


# The numbers of municipalities that the CBS published for 1 January.
@pytest.mark.parametrize(
    ("year", "number"), [(2015, 393), (2016, 390), (2017, 388), (2018, 380), (2019, 355)]
)
def test_the_list_has_as_many_municipalities_as_there_were(year: int, number: int) -> None:
    day = date(year, 1, 1)
    assert sum(MUNICIPALITIES.has(code, day) is True for code in MUNICIPALITIES.periods) == number


# The one that lapsed, the one that came, and the first day of the latter.
@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        ("1921", "1940", date(2015, 7, 1)),  # De Friese Meren, De Fryske Marren
        ("0381", "1942", date(2016, 1, 1)),  # Bussum, Gooise Meren
        ("0860", "1948", date(2017, 1, 1)),  # Veghel, Meierijstad
        ("0018", "1952", date(2018, 1, 1)),  # Hoogezand-Sappemeer, Midden-Groningen
        ("0005", "1966", date(2019, 1, 1)),  # Bedum, Het Hogeland
    ],
)
def test_a_municipality_follows_another_from_one_day_to_the_next(
    old: str, new: str, first: date
) -> None:
    last = date.fromordinal(first.toordinal() - 1)
    assert [MUNICIPALITIES.has(code, last) for code in (old, new)] == [True, False]
    assert [MUNICIPALITIES.has(code, first) for code in (old, new)] == [False, True]


def test_what_never_was_a_municipality_is_not_in_the_list() -> None:
    # Unknown, abroad, and the registry of those who do not live in the Netherlands.
    for code in ("0000", "0998", "1999", "9999"):
        assert MUNICIPALITIES.has(code, date(2017, 1, 1)) is False


def test_a_day_that_the_list_says_nothing_of_is_neither() -> None:
    assert MUNICIPALITIES.has("0363", date(2015, 1, 1)) is True
    assert MUNICIPALITIES.has("0363", date(2014, 12, 31)) is None
    assert MUNICIPALITIES.has("0363", date(2019, 12, 31)) is True
    assert MUNICIPALITIES.has("0363", date(2020, 1, 1)) is None


def test_those_of_all_days_were_there_before_and_after_every_merger() -> None:
    always = MUNICIPALITIES.on_all_days()
    assert {"0363", "0599"} < set(always)
    assert not {"0005", "0381", "0860", "1921", "1940", "1948", "1966"} & set(always)
    assert list(always) == sorted(always)


NAME = "dated/municipalities"
# Code, table, the row that is added to its end.
ADDED = {
    "a municipality that stands twice": ("TABLE-CODE", NAME, "0363,Mokum,,,C"),
    "a first day that is none": ("TABLE-VALUE", NAME, "2000,Nergens,2015-02-30,,C"),
    "a last day before the first": ("TABLE-VALUE", NAME, "2000,Nergens,2016-01-02,2016-01-01,C"),
    "one of before the list begins": ("TABLE-VALUE", NAME, "2000,Nergens,,2014-12-31,C"),
    "one of after the list ends": ("TABLE-VALUE", NAME, "2000,Nergens,2020-01-01,,C"),
    "an unknown grade": ("TABLE-EVIDENCE", NAME, "2000,Nergens,,,E"),
    "a list without a first day": ("TABLE-VALUE", "dated_lists", "others,,2019-12-31,C"),
}


@pytest.mark.parametrize("what", ADDED)
def test_a_row_that_cannot_be_is_refused_at_that_row(tmp_path: Path, what: str) -> None:
    code, table, row = ADDED[what]
    tables = Tables(tmp_path)
    tables.add(table, row)
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert (error.value.code, error.value.where) == (code, tables.at(table, row))


@pytest.mark.parametrize("table", ["dated_lists", NAME])
def test_a_list_that_is_missing_is_named(tmp_path: Path, table: str) -> None:
    tables = Tables(tmp_path)
    tables.path(table).unlink()
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert (error.value.code, error.value.where) == ("TABLE-MISSING", str(tables.path(table)))
