"""The `inside` way: a Python function, called in the process of ikeur itself."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from harness.sut.history import History
from harness.sut.protocol import CRASH, ERROR_CODE, GATE, OK, REFUSED, Answer, Request
from harness.sut.way import SutSpec, Way
from schemas.errors import Refused, UsageError


class InsideSut:
    """A function that is called for each message."""

    way = "inside"
    shares_process = True

    def __init__(self, spec: SutSpec) -> None:
        (self.command,) = spec.words
        self.name, self.version = spec.name, spec.version
        self.function = _function(self.command)
        self.history = History()

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Call it for one after the other."""
        return self.history.annotate(requests, map(self._one, requests))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`: it does one thing at a time."""
        return self.ask(requests)

    def _one(self, request: Request) -> Answer:
        more = (request.direction, request.at) if request.op == GATE else ()
        try:
            output = self.function(request.data, request.source, request.target, *more)
        except Refused as error:
            return Answer(REFUSED, reason=str(error))
        except Exception as error:
            return Answer(CRASH, reason=repr(error), code=ERROR_CODE)
        return Answer(OK, output.encode() if isinstance(output, str) else output)

    def renew(self) -> bool:
        """Its process is not one that can be replaced."""
        return False

    def close(self) -> None:
        """Nothing is left running."""


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError("USE-PYTHON", str(error), name, "check the function") from None
    return found


def _files(
    words: tuple[str, ...], _interpreter: str, _folder: Path | None
) -> Iterator[tuple[str, Path]]:
    yield words[0], Path(inspect.getfile(_function(words[0])))


WAY = Way(
    name="inside",
    metavar="MODULE:FUNCTION",
    help="A Python function, called in this process.",
    reach=InsideSut,
    files=_files,
    is_command=False,
)
