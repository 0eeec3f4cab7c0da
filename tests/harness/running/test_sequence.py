"""The search for the shortest sequence of messages behind which a case fails again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from harness.running.failed_cases.sequence import Search
from harness.sut.protocol import Request

BEFORE = tuple(Request("WMO305", "2.0", "2.1", b"", about=str(number)) for number in range(1, 201))


def names(messages: Sequence[Request]) -> list[int]:
    return [int(message.about) for message in messages]


@pytest.mark.parametrize(
    ("fails", "shortest"),
    [
        (lambda asked: asked[-1:] == [200], [200]),
        (lambda asked: asked[:1] == [1], [1]),
        (lambda asked: 77 in asked, [77]),
        (lambda asked: {12, 150} <= {*asked}, [12, 150]),
        (lambda asked: len(asked) > 98, [*range(102, 201)]),
    ],
)
def test_nothing_more_can_be_left_out(
    fails: Callable[[list[int]], bool], shortest: list[int]
) -> None:
    found = Search(lambda messages: fails(names(messages)), 60).run(BEFORE)

    assert (names(found.messages), found.ended) == (shortest, "complete")


def test_no_sequence_is_told_of_what_does_not_show_again() -> None:
    found = Search(lambda _: False, 60).run(BEFORE)

    assert (found.messages, found.ended) == ((), "not-shown")


def test_the_search_ends_in_time_with_the_shortest_that_it_has() -> None:
    asked = 0

    def fails(messages: Sequence[Request]) -> bool:
        nonlocal asked
        asked += 1
        time.sleep(0.02)
        return len(messages) > 120

    found = Search(fails, 0.3).run(BEFORE)

    # As many questions as fit in the time, and the one that goes beyond it.
    assert asked <= 16
    assert found.ended == "cut-off"
    assert len(found.messages) > 120
