"""Runs batches in worker processes on this machine, each with its own system under test."""

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
from harness.crash_report import UnforeseenError, UnhandledErrors, traces_of
from harness.running.pace import Pace
from harness.running.settings import Batch, Settings
from harness.running.worker import BatchResult, Worker
from harness.sut import orphans, process
from harness.sut.files import scratch
from schemas.errors import IkeurError

# Trees have no cycles, so collecting often is wasted time.
COLLECT_AFTER = 100_000


class WorkerLost(Exception):
    """A worker process has died."""


def relax_gc() -> None:
    """Have the garbage collector run rarely, and skip the objects that exist already."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 50, 100)


def _serve(asked: Connection) -> None:
    """Run batches until there are no more; the process exits when its parent does.

    The settings come before the first batch.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _exit())
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    relax_gc()
    unhandled = UnhandledErrors()
    # The parent may exit at any moment.
    with contextlib.suppress(EOFError, BrokenPipeError), unhandled.watched():
        settings = asked.recv()
        worker = cache(lambda: _worker(settings, asked))
        while settings and (batch := asked.recv()) is not None:
            done = _result(worker, batch)
            asked.send(UnforeseenError(unhandled.found) if unhandled.found else done)
        if worker.cache_info().currsize:
            worker().breaker.sut.close()
        asked.send(scratch.left())


def _worker(settings: Settings, asked: Connection) -> Worker:
    sut = reach_all(settings.options, settings.config)
    util.Finalize(None, sut.close, exitpriority=1)
    return Worker(settings, sut, None if sut.shares_process else asked.send)


def _result(worker: Callable[[], Worker], batch: Batch) -> BatchResult | Exception:
    try:
        return worker().work(batch)
    except (IkeurError, OSError) as error:
        return error
    # The error itself may not be picklable.
    except Exception as error:
        return UnforeseenError(traces_of(error))


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        _exit()


def _exit() -> None:
    process.end_everything()
    scratch.remove_all()
    os._exit(1)


class Pool:
    """A pool of `size` worker processes, each served by a thread of its own.

    `tell_pace` gets the pace of all together, as each worker measures it if its software is a
    process per message.

    The process pools of the standard library fail when a process dies while others are starting or
    busy (CPython issue 87664 and similar): with a traceback, or by hanging.
    """

    lost = (WorkerLost,)

    def __init__(
        self, settings: Settings, size: int, tell_pace: Callable[[Pace], None] = lambda _: None
    ) -> None:
        self.settings = settings
        self.size = size
        self.tell_pace = tell_pace
        # Only this process can find what a killed worker leaves behind.
        orphans.adopt()
        resource_tracker.ensure_running()
        process.spare_children()
        self._since = orphans.now()
        self._start()

    def _start(self) -> None:
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        # Workers without settings. As arguments of a process these would go through a pipe that its
        # starter can read itself, and wait for ever where the process dies and they do not fit.
        self._new: set[Connection] = set()
        self._threads = ThreadPoolExecutor(self.size)
        spawn = multiprocessing.get_context("spawn")
        self._processes = []
        for _ in range(self.size):
            ours, theirs = spawn.Pipe()
            self._processes.append(spawn.Process(target=_serve, args=(theirs,)))
            self._processes[-1].start()
            theirs.close()
            self._new.add(ours)
            self._idle.put(ours)

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Submit a batch."""
        return self._threads.submit(self._ask, batch)

    def _ask(self, batch: Batch) -> BatchResult:
        worker = self._idle.get()
        try:
            if worker in self._new:
                self._new.remove(worker)
                worker.send(self.settings)
            worker.send(batch)
            while isinstance(done := worker.recv(), Pace):
                self.tell_pace(Pace(done.seconds / self.size))
        except (EOFError, OSError) as error:
            raise WorkerLost("a process that did batches has ended") from error
        finally:
            self._idle.put(worker)
        if isinstance(done, Exception):
            raise done
        assert isinstance(done, BatchResult)
        return done

    def restart(self) -> None:
        """Replace all worker processes."""
        self.end(at_once=True)
        self._start()

    def end(self, *, at_once: bool) -> None:
        """Stop the processes and their software; `at_once` terminates running batches."""
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
