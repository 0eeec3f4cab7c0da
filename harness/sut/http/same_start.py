"""Lets many threads go on at the same moment."""

from __future__ import annotations

from threading import Condition

# The most seconds that a thread waits for the others.
_MOST_WAIT = 0.2


class SameStart:
    """Holds threads until all have joined or left, for a short time.

    `is_late`: they went on before all were there.
    """

    def __init__(self, count: int) -> None:
        self.missing = count
        self.is_late = False
        self._changed = Condition()

    def join(self) -> None:
        """Wait for the others."""
        with self._changed:
            self._count()
            if not self._changed.wait_for(lambda: self.missing <= 0, _MOST_WAIT):
                self.is_late, self.missing = True, 0
                self._changed.notify_all()

    def leave(self) -> None:
        """Let the others not wait for a thread that joins no more."""
        with self._changed:
            self._count()

    def _count(self) -> None:
        self.missing -= 1
        if self.missing <= 0:
            self._changed.notify_all()
