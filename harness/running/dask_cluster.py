"""Runs batches on the workers of a Dask scheduler, each with its own system under test.

A worker runs the ikeur that is installed there, so the versions must match.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import uuid
import warnings
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from harness.configuration.connect import reach_all
from harness.crash_report import UnforeseenError, traces_of
from harness.running.process_pool import relax_gc
from harness.running.settings import Batch, Settings
from harness.running.worker import BatchResult, Worker
from harness.sut.files import scratch
from harness.sut.http import address as addresses
from harness.sut.protocol import Sut
from harness.version import tables_digest, version
from schemas.errors import IkeurError, UsageError

# Seconds to wait for the scheduler, and for a first worker.
_PATIENCE = 10
_SCHEMES = ("tcp", "tls", "ws", "wss")
_work_lock = threading.Lock()
# The worker and the software of each run, by the key of the run.
_workers: dict[str, tuple[Worker, Sut]] = {}


def _installed() -> tuple[str, str]:
    return version(), tables_digest()


def _work(key: str, folder: str, settings: Settings, batch: Batch) -> BatchResult | UnforeseenError:
    try:
        return _locked_work(key, folder, settings, batch)
    except (IkeurError, OSError):
        raise
    # Dask would log the error with everything in it.
    except Exception as error:
        return UnforeseenError(traces_of(error))


def _locked_work(key: str, folder: str, settings: Settings, batch: Batch) -> BatchResult:
    with _work_lock:
        if key not in _workers:
            if Path(folder).is_dir():
                os.chdir(folder)
            relax_gc()
            sut = reach_all(settings.options, settings.config)
            _workers[key] = Worker(settings, sut), sut
        worker, sut = _workers[key]
        done = worker.work(batch)
        # The run ended meanwhile, so the software that it closed was started again.
        if key not in _workers:
            sut.close()
        return done


def _end(key: str) -> dict[str, str]:
    """Close the software of a run; returns the files that could not be removed."""
    if key in _workers:
        _workers.pop(key)[1].close()
    return scratch.take_left()


class Cluster:
    """The workers of a Dask scheduler at an address such as `tcp://host:8786`."""

    def __init__(self, settings: Settings, address: str) -> None:
        """Raises UsageError if there is no scheduler, or a worker has another ikeur."""
        if addresses.parts(address if "://" in address else f"tcp://{address}", _SCHEMES) is None:
            what = f"{addresses.shown(address)!r} is no address of a scheduler"
            raise UsageError("USE-CLUSTER", what, do="give tcp://HOST:PORT")
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise UsageError(
                "USE-CLUSTER", "what a cluster needs is not installed", do="install ikeur[cluster]"
            ) from None
        self.settings = settings
        self.key, self.folder = uuid.uuid4().hex, str(Path.cwd())
        # Any error that Dask raises, or passes on from a worker, loses the batch.
        self.lost: tuple[type[BaseException], ...] = (Exception,)
        self.client: Any = None
        # Errors are reported here, on one line.
        logging.disable()
        with warnings.catch_warnings(action="ignore"):
            self._connect(distributed, address)
            self._require_same_ikeur(address)

    def _connect(self, distributed: Any, address: str) -> None:
        # A client that failed to connect would block and log in its destructor.
        client = type("Client", (distributed.Client,), {"__del__": lambda _: None})
        try:
            self.client = client(address, timeout=_PATIENCE, set_as_default=False)
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        # The address may be anything, even a Dask of another version.
        except Exception as error:
            raise self._usage_error("no scheduler with a worker", error, address) from None

    def _require_same_ikeur(self, address: str) -> None:
        try:
            found = self.client.run(_installed)
        except Exception as error:
            raise self._usage_error("a worker cannot run ikeur", error, address) from None
        for worker, about in found.items():
            if about != _installed():
                what = f"a worker has ikeur {about[0]} with other tables: {worker}"
                self._close()
                raise UsageError("USE-CLUSTER", what, address, "install the same ikeur there")

    def _usage_error(self, what: str, error: Exception, address: str) -> UsageError:
        self._close()
        do = "check the address, and install the same ikeur and the same Dask there"
        said = str(error) or type(error).__name__
        return UsageError("USE-CLUSTER", f"{what}: {said}", address, do)

    def _close(self) -> None:
        if self.client is not None:
            with contextlib.suppress(Exception):
                self.client.close(timeout=_PATIENCE)

    @property
    def size(self) -> int:
        """The current number of workers."""
        return max(len(self.client.scheduler_info()["workers"]), 1)

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Submit a batch; the scheduler moves it to another worker if one is lost."""
        asked: Any = self.client.submit(
            _work, self.key, self.folder, self.settings, batch, pure=False
        )
        return cast("Future[BatchResult | UnforeseenError]", asked)

    def restart(self) -> None:
        """Do nothing: the scheduler replaces lost workers."""

    def end(self, *, at_once: bool) -> None:  # noqa: ARG002 - whatever they are at, they stay
        """Close the software under test on the workers, which keep running."""
        with contextlib.suppress(Exception):
            for worker, found in self.client.run(_end, self.key).items():
                scratch.add(found, str(worker))
        self._close()
