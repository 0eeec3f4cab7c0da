"""What a bench does: lots of messages of one type and size, asked in rounds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.facts.message_types import MessageType

ROUTES = (("2.0", "2.1"), ("2.1", "2.0"))
DEFAULT_SIZES = (1, 50, 1000)
DEFAULT_ROUNDS = 3
# So many messages of one client a round has where nothing else is said.
_COUNT_OF_ONE = 20
# What a message costs that has hardly anything in it, as clients.
_OVERHEAD = 2


@dataclass(frozen=True)
class Settings:
    """What to measure; `sizes` in clients a message, `count` 0 for what fits each size."""

    messages: tuple[MessageType, ...]
    sizes: tuple[int, ...]
    rounds: int
    count: int
    seed: int
    lang: str = "en"

    def count_of(self, size: int) -> int:
        """How many messages of a size a round has: of large ones fewer, unless it is said."""
        return self.count or max(1, int(_COUNT_OF_ONE / math.sqrt(size)))


@dataclass(frozen=True)
class Lot:
    """Messages of one type and size; `size` is the number of clients that was asked for."""

    message: MessageType
    size: int
    count: int

    @property
    def work(self) -> int:
        """How much work a round with the lot is, for an estimate of the time."""
        return self.count * (self.size + _OVERHEAD)


def lots(settings: Settings) -> Iterator[Lot]:
    """The lots of a round, small messages first."""
    for size in sorted(set(settings.sizes)):
        for message in settings.messages:
            yield Lot(message, size, settings.count_of(size))
