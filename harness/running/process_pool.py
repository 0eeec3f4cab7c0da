"""Workers that are processes on this machine, each with software under test of its own."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from multiprocessing import connection, resource_tracker, util
from multiprocessing.connection import Connection
from queue import SimpleQueue

from harness.configuration.connect import reach_all
from harness.crash_report import Elsewhere, UnforeseenError, told_of
from harness.running.settings import Batch, Settings
from harness.running.worker import BatchResult, Worker
from harness.sut import orphans, process
from harness.sut.files import scratch
from schemas.errors import IkeurError

# Trees have no cycles: looking for them only costs time.
COLLECT_AFTER = 100_000


class WorkerLost(Exception):
    """A process that did batches is gone."""


def relax_gc() -> None:
    """Have the collector look seldom, and not at what is there already."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 50, 100)


def _serve(settings: Settings, asked: Connection) -> None:
    """Do batches until there are no more; this process goes when the run does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _go())
    threading.Thread(target=_go_with_the_run, daemon=True).start()
    relax_gc()
    worker, elsewhere = cache(lambda: _worker(settings)), Elsewhere()
    # What asks may end at any moment.
    with contextlib.suppress(EOFError, BrokenPipeError), elsewhere.watched():
        while (batch := asked.recv()) is not None:
            done = _done(worker, batch)
            asked.send(UnforeseenError(elsewhere.found) if elsewhere.found else done)
        if worker.cache_info().currsize:
            worker().patience.sut.close()
        asked.send(scratch.left())


def _worker(settings: Settings) -> Worker:
    sut = reach_all(settings.options, settings.config)
    util.Finalize(None, sut.close, exitpriority=1)
    return Worker(settings, sut)


def _done(worker: Callable[[], Worker], batch: Batch) -> BatchResult | Exception:
    try:
        return worker().work(batch)
    except (IkeurError, OSError) as error:
        return error
    # An error may not be one that can be sent.
    except Exception as error:
        return UnforeseenError(told_of(error))


def _go_with_the_run() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        _go()


def _go() -> None:
    process.end_everything()
    scratch.remove_all()
    os._exit(1)


class Pool:
    """Processes that do batches; `size` of them, each spoken to by a thread of its own.

    The process pools of the standard library lose their word when a process dies while others
    are still being started or asked (CPython issue 87664 and its like): a traceback, or silence.
    """

    lost = (WorkerLost,)

    def __init__(self, settings: Settings, size: int) -> None:
        self.settings = settings
        self.size = size
        # What a worker leaves behind that is killed can be found by this process alone.
        orphans.adopt()
        resource_tracker.ensure_running()
        process.spare_children()
        self._since = orphans.now()
        self._start()

    def _start(self) -> None:
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._threads = ThreadPoolExecutor(self.size)
        spawn = multiprocessing.get_context("spawn")
        self._processes = []
        for _ in range(self.size):
            ours, theirs = spawn.Pipe()
            self._processes.append(spawn.Process(target=_serve, args=(self.settings, theirs)))
            self._processes[-1].start()
            theirs.close()
            self._idle.put(ours)

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Ask for a batch."""
        return self._threads.submit(self._ask, batch)

    def _ask(self, batch: Batch) -> BatchResult:
        worker = self._idle.get()
        try:
            worker.send(batch)
            done: BatchResult | Exception = worker.recv()
        except (EOFError, OSError) as error:
            raise WorkerLost("a process that did batches has ended") from error
        finally:
            self._idle.put(worker)
        if isinstance(done, Exception):
            raise done
        return done

    def restart(self) -> None:
        """Put new processes in the place of lost ones."""
        self.end(at_once=True)
        self._start()

    def end(self, *, at_once: bool) -> None:
        """End the processes and what they started; `at_once` whatever they are at."""
        if at_once:
            for child in self._processes:
                child.terminate()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for _ in range(self.size):
            with self._idle.get() as worker, contextlib.suppress(EOFError, OSError):
                worker.send(None)
                scratch.add(worker.recv())
        for child in self._processes:
            child.join()
        process.end_orphans(self._since)
