"""The journal of a run: its events as JSON lines, from which reports are written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from reports.events.events import NO_EVENT, BatchFinished, Event, RunStarted, from_json, to_json
from schemas import outside
from schemas.errors import RunBroken, UsageError

# The starts of lines after which the journal is complete.
_WHOLE = (b'{"event": "batch-finished"', b'{"event": "run-started"')

# Once for all events, as `json.dumps` makes an encoder for each.
_text = json.JSONEncoder(ensure_ascii=False).encode


class Journal:
    """The events of a run as JSON lines in a file, written as they happen.

    The file is flushed after each batch, so that an interrupted run can resume there.
    """

    def __init__(self, path: Path, keep: int = 0) -> None:
        """Start a journal, or continue after the first `keep` bytes of an existing one."""
        self.path = path
        # Lone surrogates become JSON escapes.
        self._file = TextIOWrapper(
            outside.continued(path, keep), "utf-8", "backslashreplace", newline="\n"
        )

    def add(self, event: Event) -> None:
        """Append an event."""
        self._file.write(_text(to_json(event)) + "\n")
        if isinstance(event, (BatchFinished, RunStarted)):
            self._file.flush()

    def close(self) -> None:
        """Flush and close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Event]:
        return read(self.path)


def read(path: Path, size: int | None = None) -> Iterator[Event]:
    """Yield the events of a journal one by one, so that memory use stays constant.

    `size` limits the bytes read. Raises RunBroken for a line that is no event.
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
    """The number of bytes up to the last checkpoint; 0 without a journal.

    Raises UsageError if the file is no journal.
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
    """Whether a line is the start of a journal, possibly cut off."""
    start = _WHOLE[-1]
    return line.startswith(start) or start.startswith(line)
