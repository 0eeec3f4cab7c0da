"""Batches done by several at once, given back in the order in which they were asked for."""

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

# How often in a row workers may be lost without a batch done in between.
_MOST_LOST = 3
# So many batches for each worker are asked for ahead of the one that is waited for.
_AHEAD = 3


class Workers(Protocol):
    """What does batches elsewhere."""

    @property
    def size(self) -> int:
        """How many workers there are."""
        ...

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """The errors that tell of workers that are gone."""
        ...

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Ask for a batch."""
        ...

    def restart(self) -> None:
        """Put new workers in the place of lost ones."""
        ...

    def end(self, *, at_once: bool) -> None:
        """End the workers and what they started; `at_once` whatever they are at."""
        ...


def dispatch(workers: Workers) -> Callable[[Iterable[Batch]], Iterator[BatchResult]]:
    """A way to do batches; what was lost with a worker is done again, and nothing twice."""

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
                        raise _given_up(error) from None
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


def _given_up(error: BaseException) -> RunBroken:
    return RunBroken(
        "RUN-WORKERS",
        f"the workers were lost again and again: {error or type(error).__name__}",
        do="see to memory and the software under test, and go on with --resume",
    )
