"""What the measures of time let pass, and what they catch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import timing
from tests.timing import grows_with_its_size

Task = Callable[[], object]


def _linear(size: int) -> Task:
    return lambda: sum(part for part in range(size))


def _quadratic(size: int) -> Task:
    return lambda: sum(part for _ in range(size) for part in range(size // 100))


def test_what_is_linear_passes() -> None:
    grows_with_its_size(_linear, 1_000)


@pytest.mark.parametrize("most", [1_000_000, 4_000], ids=["any size", "sizes that end soon"])
def test_what_is_quadratic_is_caught(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "PATIENCE", 0.2)
    with pytest.raises(AssertionError):
        grows_with_its_size(_quadratic, 1_000, most=most)


def test_no_size_is_asked_above_the_most() -> None:
    asked: list[int] = []

    def make(size: int) -> Task:
        asked.append(size)
        return _linear(size)

    grows_with_its_size(make, 100, most=1_000)
    assert max(asked) == 800
