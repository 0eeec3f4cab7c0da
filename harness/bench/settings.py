"""The settings of a bench: lots of messages of one type and size, asked in rounds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.facts.message_types import MessageType

ROUTES = (("2.0", "2.1"), ("2.1", "2.0"))
DEFAULT_SIZES = (1, 50, 1000)
DEFAULT_ROUNDS = 3
# The default number of messages per round with one client.
_COUNT_OF_ONE = 20
# The cost of a nearly empty message, in clients.
_OVERHEAD = 2


@dataclass(frozen=True)
class Settings:
    """What to measure; `sizes` in clients per message, `count` 0 to let the size decide."""

    messages: tuple[MessageType, ...]
    sizes: tuple[int, ...]
    rounds: int
    count: int
    seed: int
    lang: str = "en"

    def count_of(self, size: int) -> int:
        """The number of messages of a size per round; fewer large ones, unless `count` is set."""
        return self.count or max(1, int(_COUNT_OF_ONE / math.sqrt(size)))


@dataclass(frozen=True)
class Lot:
    """Messages of one type and size; `size` is the requested number of clients.

    `among` is the size of the messages that they are asked among, 0 if they are asked alone.
    """

    message: MessageType
    size: int
    count: int
    among: int = 0

    @property
    def work(self) -> int:
        """The work of a round with the lot, to estimate its time."""
        return self.count * (self.size + _OVERHEAD)


def lots(settings: Settings) -> Iterator[Lot]:
    """The lots of a round, small messages first."""
    for size in sorted(set(settings.sizes)):
        for message in settings.messages:
            yield Lot(message, size, settings.count_of(size))
