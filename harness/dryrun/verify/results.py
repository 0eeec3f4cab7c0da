"""Reads the results of a bundle, one case at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, cast

from harness.cases.file_roles import role_order
from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen, parsed
from reports.events.deviations import DeviationEnded
from reports.events.events import (
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
    """The events from which `results.json` was written; every iteration opens it again.

    Raises Misshapen if its layout is not as it is written.
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
        """Yield the cases, one at a time."""
        yield from (item for item in self._behind_head() if isinstance(item, CaseFinished))

    def ends(self) -> Iterator[RunFinished]:
        """Yield the end of the run."""
        yield from (item for item in self._behind_head() if isinstance(item, RunFinished))

    def _behind_head(self) -> Iterator[Event]:
        found = self._lines()
        for line in found:
            if line == _CASES:
                break
        # Every report reads the file again; the first pass validates it.
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
    """The name and value on a line."""
    return dict(parsed(b"{%b}" % line.removesuffix(b",")))


def _case(data: dict[str, Any]) -> Event:
    """The event of a case, with its files in the order in which they were written."""
    files = sorted(data["files"].items(), key=lambda item: role_order(item[0]))
    return from_json({"event": "case-finished", **data, "files": dict(files)})


def lines_of(content: Iterable[bytes], most: int = MOST_OF_LINE) -> Iterator[bytes]:
    """Yield the lines of a content, with their newline; raises Misshapen for an overlong one."""
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
