"""Workers that are processes on this machine, each with software under test of its own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, resource_tracker, util

from harness import process, strays
from harness.reach import reach_all
from harness.settings import Batch, Settings
from harness.worker import BatchDone, Worker

# Trees have no cycles: looking for them only costs time.
COLLECT_AFTER = 100_000
_worker: Worker


def quick_to_collect() -> None:
    """Have the collector look seldom, and not at what is there already."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 50, 100)


def _begin(settings: Settings) -> None:
    """Make this process a worker; it goes when the run does, and its software with it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _go())
    threading.Thread(target=_go_with_the_run, daemon=True).start()
    quick_to_collect()
    sut = reach_all(settings.options, settings.config)
    util.Finalize(None, sut.close, exitpriority=1)
    _worker = Worker(settings, sut)


def _go_with_the_run() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        _go()


def _go() -> None:
    process.end_everything()
    os._exit(1)


def _work(batch: Batch) -> BatchDone:
    return _worker.work(batch)


class Pool:
    """Processes that do batches; `size` of them."""

    lost = (BrokenProcessPool,)

    def __init__(self, settings: Settings, size: int) -> None:
        self.settings = settings
        self.size = size
        # What a worker leaves behind that is killed can be found by this process alone.
        strays.adopt()
        resource_tracker.ensure_running()
        process.spare_children()
        self._since = strays.now()
        self._start()

    def _start(self) -> None:
        self._executor = ProcessPoolExecutor(
            self.size, multiprocessing.get_context("spawn"), _begin, (self.settings,)
        )

    def submit(self, batch: Batch) -> Future[BatchDone]:
        """Ask for a batch."""
        return self._executor.submit(_work, batch)

    def restart(self) -> None:
        """Put new processes in the place of lost ones."""
        self.end(at_once=True)
        self._start()

    def end(self, *, at_once: bool) -> None:
        """End the processes and what they started; `at_once` whatever they are at."""
        if at_once:
            for child in multiprocessing.active_children():
                child.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
        process.end_strays(self._since)
