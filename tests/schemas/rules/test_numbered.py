"""What is found by its numbers is what looking through all of it finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.rules.registers.history import same
from schemas.rules.registers.numbered import UNSUPPORTED, Numbered

NUMBERS = st.tuples(*[st.sampled_from([UNSUPPORTED, None, "1", "2", "3"])] * 2)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(entered=st.lists(NUMBERS, max_size=60), asked=st.lists(NUMBERS, min_size=1, max_size=5))
def test_what_is_found_is_what_may_be_the_same(
    entered: list[tuple[object, ...]], asked: list[tuple[object, ...]]
) -> None:
    found = Numbered[int]()
    for place, numbers in enumerate(entered):
        found.add(numbers, place)
        # What is asked meanwhile leaves what is asked later as it is.
        one = asked[place % len(asked)]
        expected = [
            other for other in range(place, -1, -1) if same(one, entered[other]) is not False
        ]
        told = [*found.newest_first(one)]
        assert told == sorted(told, reverse=True)
        assert [other for other in told if same(one, entered[other]) is not False] == expected
