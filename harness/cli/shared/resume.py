"""Resuming a run, and its dispatcher, for `run` and `dryrun`."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

from harness.cli.shared.options import MOST_WORKERS
from harness.configuration.ikeur_toml import SutConfig
from harness.running.ordered_dispatch import dispatch
from harness.running.process_pool import Pool
from harness.running.runner import Dispatch, Runner
from reports.events.events import NO_EVENT, RunStarted
from reports.events.journal import read, whole
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue

JOURNAL = "events.jsonl"


def claimed_by(config: SutConfig) -> frozenset[str] | None:
    """The message types that the software claims; None for all."""
    if config.messages is None:
        return None
    return frozenset(catalogue().one(name.upper()).name for name in config.messages)


def resumed(runner: Runner, path: Path) -> int:
    """Resume the run of a journal; returns its bytes to keep. Raises UsageError for another run."""
    kept = whole(path)
    if kept:
        started = next(read(path, kept))
        if not isinstance(started, RunStarted):
            raise UsageError("USE-RESUME", "not the journal of a run", str(path), "run anew")
        refuse_other(asdict(started), asdict(runner.started), path)
        try:
            runner.resume(read(path, kept))
        except NO_EVENT:
            raise UsageError("USE-RESUME", "damaged", str(path), "remove the folder") from None
    return kept


def refuse_other(was: dict[str, object], would_be: dict[str, object], path: Path) -> None:
    """Raise UsageError if the run begun before differs from this one."""
    names = dict.fromkeys([*was, *would_be])
    different = [
        name for name in names if name != "started_at" and was.get(name) != would_be.get(name)
    ]
    if different:
        what = f"another run than this one: {', '.join(different)}"
        raise UsageError("USE-RESUME", what, str(path), "give the options that it had")


def _default_workers(runner: Runner) -> int:
    """One for each processor if each message is a process, which disturbs no other; else one."""
    if runner.sut.shares_process:
        return 1
    return min(_processors(), runner.settings.number_of_batches, MOST_WORKERS)


def _processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def dispatch_of(runner: Runner, workers: int | None, cluster: str | None = None) -> Dispatch | None:
    """The dispatcher of a run, by default with the workers that suit it; None for this process."""
    if cluster is not None:
        from harness.running.dask_cluster import Cluster

        return dispatch(Cluster(runner.settings, cluster))
    size = workers or _default_workers(runner)
    return dispatch(Pool(runner.settings, size, runner.tell_pace)) if size > 1 else None
