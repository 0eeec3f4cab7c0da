"""A 2.0 message broken in one way, between its records: what stands where, and whose it is."""

from __future__ import annotations

import pytest

from schemas.ei import read as ei_read
from tests.schemas.ei.record_cases import KEYS, PLACES
from tests.schemas.ei_edit import Ei, places


@pytest.mark.parametrize("what", PLACES)
def test_a_record_in_the_wrong_place_or_number_is_found_there(what: str) -> None:
    message, edit, expected = PLACES[what]
    assert places(ei_read.read(edit(Ei(message)).data())) == expected


@pytest.mark.parametrize("what", KEYS)
def test_a_key_that_differs_is_found_where_it_is_repeated(what: str) -> None:
    message, edit, expected = KEYS[what]
    assert places(ei_read.read(edit(Ei(message)).data())) == expected
