"""Opens the results of an earlier run, as `report` and `diff` read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from harness.dryrun.verify.results import ResultsFile
from reports.events.events import NO_EVENT
from reports.run.results_json import NAME
from schemas import outside
from schemas.errors import UsageError


def results_path(path: Path) -> Path:
    """The results file that a path names: the file itself, or the one in a report folder."""
    return path / NAME if path.is_dir() else path


@contextmanager
def earlier_run(path: Path) -> Iterator[ResultsFile]:
    """The events of the results in a file or report folder.

    Raises UsageError if there are none, or if they are not results as ikeur writes them, at any
    time while they are read.
    """
    file = results_path(path)
    try:
        yield ResultsFile(lambda: _opened(file))
    except NO_EVENT as error:
        place = getattr(error, "where", "")
        what = f"not results as ikeur writes them{place and f': {place}'}"
        do = "name a results.json as this version of ikeur wrote it"
        raise UsageError("USE-RESULTS", what, str(file), do) from None


def _opened(file: Path) -> BufferedReader:
    try:
        return outside.opened(file)
    except FileNotFoundError:
        do = "name a results.json or its folder; `ikeur run --resume` completes an interrupted run"
        raise UsageError("USE-RESULTS", "no results of a run", str(file), do) from None
    except OSError as error:
        do = "name a results.json or its folder"
        raise UsageError("USE-FILE", str(error.strerror), str(file), do) from None
