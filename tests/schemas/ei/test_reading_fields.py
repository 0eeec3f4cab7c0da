"""A 2.0 message broken in one way, in one field: one fault, at the exact place."""

from __future__ import annotations

import pytest

from schemas.ei import read as ei_read
from tests.schemas.ei.field_cases import FIELDS
from tests.schemas.ei_edit import Ei, places


@pytest.mark.parametrize("what", FIELDS)
def test_a_fault_of_one_field_is_found_once_and_where_it_stands(what: str) -> None:
    message, edit, expected = FIELDS[what]
    assert places(ei_read.read(edit(Ei(message)).data())) == expected


def test_a_fault_tells_what_was_expected_and_what_was_found() -> None:
    (fault,) = ei_read.read(Ei("WMO301").put(27, 59, "99Z99").data()).faults
    assert (fault.actual, fault.expected) == ("99Z99", "a code of ProductCode")
    (fault,) = ei_read.read(Ei("WMO305").put(1, 34, "20171301").data()).faults
    assert (fault.actual, fault.expected) == ("20171301", "a date, EEJJMMDD")
