"""Resuming a run, and its dispatcher, for `run` and `dryrun`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from harness.configuration.ikeur_toml import SutConfig
from harness.running.ordered_dispatch import dispatch
from harness.running.process_pool import Pool
from harness.running.runner import Dispatch, Runner
from harness.running.settings import Settings
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


def dispatch_of(settings: Settings, workers: int, cluster: str | None = None) -> Dispatch | None:
    """The dispatcher of a run; None to run in this process."""
    if cluster is not None:
        from harness.running.dask_cluster import Cluster

        return dispatch(Cluster(settings, cluster))
    return dispatch(Pool(settings, workers)) if workers > 1 else None
