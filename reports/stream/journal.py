"""The journal of a run: its events as lines of JSON, from which reports are written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from reports.stream.events import NO_EVENT, BatchFinished, Event, RunStarted, from_json, to_json
from schemas import outside
from schemas.errors import RunBroken, UsageError

# How the lines begin behind which all is whole.
_WHOLE = (b'{"event": "batch-finished"', b'{"event": "run-started"')


class Journal:
    """The events of a run as lines of JSON in a file, written as they happen.

    Behind each batch all is written out, so that a run that is cut off can go on from there.
    """

    def __init__(self, path: Path, keep: int = 0) -> None:
        """Begin a journal, or go on behind the first `keep` bytes of one that is there."""
        self.path = path
        # What no encoding can say becomes an escape of JSON.
        self._file = TextIOWrapper(
            outside.continued(path, keep), "utf-8", "backslashreplace", newline="\n"
        )

    def add(self, event: Event) -> None:
        """Append one event."""
        self._file.write(json.dumps(to_json(event), ensure_ascii=False) + "\n")
        if isinstance(event, (BatchFinished, RunStarted)):
            self._file.flush()

    def close(self) -> None:
        """Write out what is still buffered."""
        self._file.close()

    def __iter__(self) -> Iterator[Event]:
        return read(self.path)


def read(path: Path, size: int | None = None) -> Iterator[Event]:
    """The events of a journal, one at a time, so that memory does not grow with a run.

    With `size` only those in so many bytes. Raises RunBroken where a line is no event.
    """
    with outside.opened(path, follow=False) as file:
        for number, line in enumerate(outside.lines(file), 1):
            try:
                yield from_json(json.loads(line))
            except NO_EVENT:
                where = f"{path}, line {number}"
                raise RunBroken(
                    "RUN-JOURNAL", "no event of a run", where, "run again in a new folder"
                ) from None
            if size is not None and file.tell() >= size:
                return


def whole(path: Path) -> int:
    """How many bytes of a journal hold whole batches; 0 where there is no journal.

    Raises UsageError where another file stands at its place.
    """
    size = whole_size = 0
    if os.path.lexists(path):
        with outside.opened(path, follow=False) as file:
            for line in outside.lines(file):
                if not size and not _begins(line):
                    what, do = "not the journal of a run", "name the folder of a run"
                    raise UsageError("USE-RESUME", what, str(path), do)
                size += len(line)
                if line.startswith(_WHOLE) and line.endswith(b"\n"):
                    whole_size = size
    return whole_size


def _begins(line: bytes) -> bool:
    """Whether a line is how a journal begins, as far as it was written."""
    start = _WHOLE[-1]
    return line.startswith(start) or start.startswith(line)
