"""A part of many alike tests for every run; `make long` has them all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet


def sampled(values: Iterable[object], one_in: int = 4) -> list[ParameterSet]:
    """Parameters of which every run has one in so many, and the long tests have the others."""
    return [
        pytest.param(value, marks=[pytest.mark.long] if place % one_in else [])
        for place, value in enumerate(values)
    ]
