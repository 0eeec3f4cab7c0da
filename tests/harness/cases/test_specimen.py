"""Whether an answer is to the letter what is expected, where any value will do in some places."""

from __future__ import annotations

import pytest

from harness.cases.specimen import Specimen
from schemas.facts.catalogue import catalogue

pytestmark = pytest.mark.fast
# Here the software chooses a reference for each product.
CHOOSING = ["WMO315", "WMO316", "JW315", "JW316"]


def specimen_with_two(name: str) -> tuple[Specimen, bytes]:
    """A message with two references to choose, and the expected one with ANY-1, ANY-2 …"""
    for index in range(50):
        specimen = Specimen(catalogue().one(name), 1, index)
        expected = specimen.expected_bytes("2.1")
        if b"ANY-2" in expected:
            return specimen, expected
    raise AssertionError(name)


@pytest.mark.parametrize("name", CHOOSING)
@pytest.mark.parametrize("value", ["x", "A-B 1", "Ünïek", "9" * 40])
def test_any_value_that_is_unique_is_as_expected(name: str, value: str) -> None:
    specimen, expected = specimen_with_two(name)
    assert specimen.says_expected(expected, "2.1")
    assert specimen.says_expected(expected.replace(b"ANY-1", value.encode()), "2.1")


@pytest.mark.parametrize("name", CHOOSING)
@pytest.mark.parametrize(
    "value",
    [b"ANY-2", b"", b" ", b"\n", b"\xc2\xa0", b"\xff", b"\0", b"a&b", b"&#32;", b"<b/>", b"a>b"],
)
def test_a_value_that_is_not_or_is_hard_to_judge_is_looked_at(name: str, value: bytes) -> None:
    specimen, expected = specimen_with_two(name)
    assert not specimen.says_expected(expected.replace(b"ANY-1", value), "2.1")


@pytest.mark.parametrize("name", CHOOSING)
def test_anything_else_is_to_the_letter(name: str) -> None:
    specimen, expected = specimen_with_two(name)
    first, second = expected.index(b"ANY-1"), expected.index(b"ANY-2")
    for place in (0, first - 2, second - 2, second + 6, len(expected) - 1):
        for other in (expected[:place], expected[:place] + b"~" + expected[place + 1 :]):
            assert not specimen.says_expected(other, "2.1")
    assert not specimen.says_expected(expected + b" ", "2.1")
