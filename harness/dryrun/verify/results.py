"""What the results of a bundle tell, read a case at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, cast

from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen, parsed
from harness.running.case_files import role_order
from reports.stream.deviations import DeviationEnded
from reports.stream.events import (
    CaseFinished,
    Event,
    FieldsCounted,
    RunFinished,
    RunStarted,
    from_json,
)

MOST_OF_LINE = 2**30
_MOST_OF_HEAD = 20
_CASES, _END = b'"cases": [', b"],"


class ResultsFile:
    """The events that `results.json` was written from; it is opened anew for each look at it.

    Raises Misshapen where it is not laid out as it is written.
    """

    def __init__(self, opened: Callable[[], Iterable[bytes]]) -> None:
        self._opened = opened
        self._is_checked = False
        self.head: dict[str, Any] = shapes.results("head").hold(self._read_head())
        self.started = cast(RunStarted, from_json({"event": "run-started", **self.head["run"]}))
        self.fields = tuple(FieldsCounted(**item) for item in self.head["fields"])
        self.deviations = tuple(DeviationEnded(**item) for item in self.head["deviations"])

    def _read_head(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in self._lines():
            if line == _CASES:
                break
            if line != b"{":
                found |= _braced(line)
            if len(found) > _MOST_OF_HEAD:
                raise Misshapen
        return found

    def _lines(self) -> Iterator[bytes]:
        return (line.removesuffix(b"\n") for line in lines_of(self._opened()))

    def cases(self) -> Iterator[CaseFinished]:
        """The cases, one at a time."""
        yield from (item for item in self._behind_head() if isinstance(item, CaseFinished))

    def ends(self) -> Iterator[RunFinished]:
        """How the run ended."""
        yield from (item for item in self._behind_head() if isinstance(item, RunFinished))

    def _behind_head(self) -> Iterator[Event]:
        found = self._lines()
        for line in found:
            if line == _CASES:
                break
        # Each report is written from another look, and the first says as much as all.
        read = parsed if self._is_checked else shapes.results("case").read
        for number, line in enumerate(found, 1):
            if line == _END:
                break
            try:
                yield _case(read(line.removesuffix(b",")))
            except Misshapen as error:
                raise Misshapen(f"cases/{number}/{error.where}") from None
        end = _braced(next(found, b"")).get("end")
        held = shapes.results("end").hold(end)
        yield cast(RunFinished, from_json({"event": "run-finished", **held}))
        self._is_checked = True

    def __iter__(self) -> Iterator[Event]:
        return chain((self.started,), self.fields, self.deviations, self._behind_head())


def _braced(line: bytes) -> dict[str, Any]:
    """The one name on a line, with its value."""
    return dict(parsed(b"{%b}" % line.removesuffix(b",")))


def _case(data: dict[str, Any]) -> Event:
    """The event of a case, its files in the order in which they were kept."""
    files = sorted(data["files"].items(), key=lambda item: role_order(item[0]))
    return from_json({"event": "case-finished", **data, "files": dict(files)})


def lines_of(content: Iterable[bytes], most: int = MOST_OF_LINE) -> Iterator[bytes]:
    """The lines of a content, each with its end; raises Misshapen for one that is too long."""
    left = bytearray()
    for data in content:
        begin = len(left)
        left += data
        start = 0
        while (end := left.find(b"\n", max(begin, start))) >= 0:
            yield bytes(left[start : end + 1])
            start = end + 1
        del left[:start]
        if len(left) > most:
            raise Misshapen
    if left:
        yield bytes(left)
