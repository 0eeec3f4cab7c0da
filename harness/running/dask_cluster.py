"""Workers on other machines, behind a scheduler of Dask; each has software under test of its own.

What runs on a worker is the version of ikeur that is installed there, so it must be this one.
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
from harness.crash_report import UnforeseenError, told_of
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
_one_at_a_time = threading.Lock()
# What a worker does for a run, by the key of the run.
_busy: dict[str, tuple[Worker, Sut]] = {}


def _about() -> tuple[str, str]:
    return version(), tables_digest()


def _work(key: str, folder: str, settings: Settings, batch: Batch) -> BatchResult | UnforeseenError:
    try:
        return _worked(key, folder, settings, batch)
    except (IkeurError, OSError):
        raise
    # Dask would print it there, with all that it says.
    except Exception as error:
        return UnforeseenError(told_of(error))


def _worked(key: str, folder: str, settings: Settings, batch: Batch) -> BatchResult:
    with _one_at_a_time:
        if key not in _busy:
            if Path(folder).is_dir():
                os.chdir(folder)
            relax_gc()
            sut = reach_all(settings.options, settings.config)
            _busy[key] = Worker(settings, sut), sut
        worker, sut = _busy[key]
        done = worker.work(batch)
        # The run ended meanwhile, and what it closed was started again.
        if key not in _busy:
            sut.close()
        return done


def _end(key: str) -> dict[str, str]:
    """End the software of a run; what it left behind that could not be removed."""
    if key in _busy:
        _busy.pop(key)[1].close()
    return scratch.told()


class Cluster:
    """The workers of a scheduler at an address such as `tcp://host:8786`."""

    def __init__(self, settings: Settings, address: str) -> None:
        """Raises UsageError where there is no such scheduler, or its workers are not like us."""
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
        # Whatever Dask raises of what is there, or of what a worker raised, the batch is lost.
        self.lost: tuple[type[BaseException], ...] = (Exception,)
        self.client: Any = None
        # What goes wrong is told here, in one line.
        logging.disable()
        with warnings.catch_warnings(action="ignore"):
            self._connect(distributed, address)
            self._alike(address)

    def _connect(self, distributed: Any, address: str) -> None:
        # One that is half made would wait, and complain, when it goes.
        client = type("Client", (distributed.Client,), {"__del__": lambda _: None})
        try:
            self.client = client(address, timeout=_PATIENCE, set_as_default=False)
            self.client.wait_for_workers(1, timeout=_PATIENCE)
        # An address may lead to anything, a Dask of another version too.
        except Exception as error:
            raise self._useless("no scheduler with a worker", error, address) from None

    def _alike(self, address: str) -> None:
        try:
            found = self.client.run(_about)
        except Exception as error:
            raise self._useless("a worker cannot run ikeur", error, address) from None
        for worker, about in found.items():
            if about != _about():
                what = f"a worker has ikeur {about[0]} with other tables: {worker}"
                self._close()
                raise UsageError("USE-CLUSTER", what, address, "install the same ikeur there")

    def _useless(self, what: str, error: Exception, address: str) -> UsageError:
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
        """How many workers there are now."""
        return max(len(self.client.scheduler_info()["workers"]), 1)

    def submit(self, batch: Batch) -> Future[BatchResult | UnforeseenError]:
        """Ask for a batch; the scheduler asks another worker where one is lost."""
        asked: Any = self.client.submit(
            _work, self.key, self.folder, self.settings, batch, pure=False
        )
        return cast("Future[BatchResult | UnforeseenError]", asked)

    def restart(self) -> None:
        """The scheduler puts workers in the place of lost ones by itself."""

    def end(self, *, at_once: bool) -> None:  # noqa: ARG002 - whatever they are at, they stay
        """End the software under test on the workers, which stay."""
        with contextlib.suppress(Exception):
            for worker, found in self.client.run(_end, self.key).items():
                scratch.add(found, str(worker))
        self._close()
