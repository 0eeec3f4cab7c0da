"""The time that a run may spend on investigating failures."""

from __future__ import annotations

import time
from typing import Self

MOST_SECONDS_OF_RUN = 60.0


class Budget:
    """A time budget in seconds; time spent inside its context is deducted."""

    def __init__(self) -> None:
        self._left = MOST_SECONDS_OF_RUN
        self._begin: float | None = None

    @property
    def left(self) -> float:
        """The number of seconds left."""
        spent = 0.0 if self._begin is None else time.monotonic() - self._begin
        return self._left - spent

    @left.setter
    def left(self, seconds: float) -> None:
        self._left = seconds

    def __enter__(self) -> Self:
        self._begin = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self._left, self._begin = self.left, None
