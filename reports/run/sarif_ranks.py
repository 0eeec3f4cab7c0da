"""Selects the most important results for `results.sarif`, within the limits of code scanning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Self

# GitHub takes this many results, and shows the first 5,000.
MOST_RESULTS = 25_000
# GitHub takes 10 MB; this leaves room for the rules.
MOST_BYTES = 9_900_000
FIRST, BLOCKS, OTHER = range(3)
_IN_MEMORY = 100_000


class Ranks:
    """Collects results by rank, and yields them by rank within the limits.

    `added` is the number of results added, `shown` the number yielded.
    """

    def __init__(self) -> None:
        self.added = 0
        self.shown = 0
        self._stack = ExitStack()
        self._ranks = [_Rank(self._file()) for _ in range(3)]

    def _file(self) -> IO[bytes]:
        return self._stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, rank: int, text: Callable[[], str]) -> None:
        """Add a result; its text, on one line, is made only if there is room."""
        self.added += 1
        if not self._ranks[rank].full:
            self._ranks[rank].add(text())

    def __iter__(self) -> Iterator[str]:
        size = 0
        for rank in self._ranks:
            for line in rank:
                size += len(line)
                if self.shown == MOST_RESULTS or size > MOST_BYTES:
                    return
                self.shown += 1
                yield line.decode().rstrip("\n")


class _Rank:
    """The results of one rank, as many as could fit without any others."""

    def __init__(self, file: IO[bytes]) -> None:
        self.count = 0
        self.size = 0
        self._file = file

    @property
    def full(self) -> bool:
        return self.count == MOST_RESULTS or self.size > MOST_BYTES

    def add(self, text: str) -> None:
        line = f"{text}\n".encode("utf-8", "backslashreplace")
        self.count += 1
        self.size += len(line)
        self._file.write(line)

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        return iter(self._file)
