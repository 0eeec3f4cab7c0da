"""How long the software takes for a case, told once after its first answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# The number of answers that tell enough.
_ENOUGH = 10


@dataclass(frozen=True)
class Pace:
    """The seconds that a run takes for a case, counting those that it skips."""

    seconds: float


class PaceMeter:
    """Measures the first answers, and tells the pace once; tells nothing if `tell` is None."""

    def __init__(self, tell: Callable[[Pace], None] | None) -> None:
        self._tell = tell
        self._count, self._seconds, self._per_case = 0, 0.0, 1.0

    @property
    def is_measuring(self) -> bool:
        """Whether the pace is still to be told."""
        return self._tell is not None

    def begin(self, requests: int, cases: int) -> None:
        """Start a batch of `cases`, which take so many requests."""
        self._per_case = requests / cases if cases else 0.0

    def answered(self, count: int, seconds: float) -> None:
        """Add answers and the time that they took together."""
        self._count, self._seconds = self._count + count, self._seconds + seconds
        if self._tell and self._count >= _ENOUGH:
            self._tell(Pace(self._seconds / self._count * self._per_case))
            self._tell = None
