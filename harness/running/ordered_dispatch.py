"""Dispatches batches to workers and yields results in submission order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import Protocol

from harness.crash_report import UnforeseenError
from harness.running.settings import Batch
from harness.running.worker import BatchResult
from schemas.errors import IkeurError, RunBroken

# The most consecutive losses of workers without a finished batch.
_MOST_LOST = 3
# The number of batches per worker that are submitted ahead of the one awaited.
_AHEAD = 3


class Workers(Protocol):
    """A pool of workers."""

    @property
    def size(self) -> int:
        """The number of workers."""
        ...

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The errors that indicate lost workers."""
        ...

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Submit a batch."""
        ...

    def restart(self) -> None:
        """Replace lost workers."""
        ...

    def end(self, *, at_once: bool) -> None:
        """Stop the workers and their software; `at_once` without waiting for their batches."""
        ...


def dispatch(workers: Workers) -> Callable[[Iterable[Batch]], Iterator[BatchResult]]:
    """A dispatcher of batches; those lost with a worker are submitted again, and no others."""

    def in_order(batches: Iterable[Batch]) -> Iterator[BatchResult]:
        source, waiting, lost = iter(batches), deque[Batch](), 0
        asked: dict[Batch, Future[BatchResult | UnforeseenError]] = {}
        try:
            while True:
                waiting.extend(islice(source, max(_AHEAD * workers.size - len(waiting), 0)))
                if not waiting:
                    return
                try:
                    for batch in waiting:
                        if batch not in asked:
                            asked[batch] = workers.submit(batch)
                    done = asked[waiting[0]].result()
                    if isinstance(done, UnforeseenError):
                        raise done
                except (IkeurError, UnforeseenError):
                    raise
                except workers.lost as error:
                    lost += 1
                    if lost > _MOST_LOST:
                        raise _too_many_losses(error) from None
                    asked = {batch: future for batch, future in asked.items() if _is_done(future)}
                    workers.restart()
                    continue
                lost = 0
                del asked[waiting.popleft()]
                yield done
        finally:
            workers.end(at_once=bool(waiting))

    return in_order


def _is_done(future: Future[BatchResult | UnforeseenError]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _too_many_losses(error: BaseException) -> RunBroken:
    return RunBroken(
        "RUN-WORKERS",
        f"the workers were lost again and again: {error or type(error).__name__}",
        do="see to memory and the software under test, and go on with --resume",
    )
