"""Describes an unexpected error by types and code positions only, without any user data."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

_MOST_ERRORS, _MOST_FRAMES = 8, 60


@dataclass(frozen=True)
class ErrorTrace:
    """An error by its type, and its calls as `module:function:line`, innermost last."""

    error: str
    calls: tuple[str, ...]


class UnforeseenError(Exception):
    """An error from another thread, process or machine."""

    def __init__(self, traces: tuple[ErrorTrace, ...]) -> None:
        super().__init__(traces)
        self.traces = traces


def traces_of(error: BaseException) -> tuple[ErrorTrace, ...]:
    """The traces of an error and its causes, latest first."""
    found: list[ErrorTrace] = []
    for item in _chain(error):
        found += item.traces if isinstance(item, UnforeseenError) else (_trace(item),)
    return tuple(found[:_MOST_ERRORS])


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left and len(seen) < _MOST_ERRORS:
        item = left.pop()
        if item is None or id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        left.append(item.__cause__ or item.__context__)
        if isinstance(item, BaseExceptionGroup):
            left += item.exceptions


def _trace(error: BaseException) -> ErrorTrace:
    kind = type(error)
    calls = list(_calls(error.__traceback__))
    if len(calls) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        calls = [*calls[:half], f"({len(calls) - _MOST_FRAMES} calls)", *calls[-half:]]
    return ErrorTrace(f"{kind.__module__}.{kind.__qualname__}", tuple(calls))


def _calls(at: TracebackType | None) -> Iterator[str]:
    while at is not None:
        code = at.tb_frame.f_code
        module = at.tb_frame.f_globals.get("__name__", "?")
        yield f"{module}:{code.co_qualname}:{at.tb_lineno}"
        at = at.tb_next


class UnhandledErrors:
    """Collects errors that nobody waits for, as in a thread, without printing them."""

    def __init__(self) -> None:
        self.found: tuple[ErrorTrace, ...] = ()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Collect errors within this context."""
        hooks = threading.excepthook, sys.unraisablehook
        threading.excepthook, sys.unraisablehook = self._in_thread, _ignored
        try:
            yield
        finally:
            threading.excepthook, sys.unraisablehook = hooks

    def _in_thread(self, ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
            self.found = self.found or traces_of(ended.exc_value)


def _ignored(_: object) -> None:
    """Errors while an object is destroyed do not affect its results."""
