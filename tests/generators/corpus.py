"""Messages by type, release and index, as `ikeur generate` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generators.message import generate
from harness.cli.generate import messages_of
from schemas.facts.catalogue import catalogue

COUNT = 30


def made(message: str, release: str, index: int) -> dict[str, bytes]:
    kind = catalogue().one(message)
    return dict(messages_of(kind, generate(kind, 1, index, release), release))


kept = lru_cache(maxsize=None)(made)


class Corpus:
    """Messages by type and release; made when they are asked for, the first thirty only once."""

    def ei(self, message: str, release: str = "both", count: int = COUNT) -> Iterator[bytes]:
        """The 2.0 messages of a type."""
        yield from self._all(message, release, count, ".ei")

    def xml(self, message: str, release: str = "both", count: int = COUNT) -> Iterator[bytes]:
        """The 2.1 messages of a type."""
        yield from self._all(message, release, count, ".xml")

    def _all(self, message: str, release: str, count: int, suffix: str) -> Iterator[bytes]:
        for index in range(count):
            yield (kept if index < COUNT else made)(message, release, index)[suffix]
