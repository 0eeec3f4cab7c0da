"""Runs a Python function as a system under test: `python_shim.py package.module:function`.

Further arguments are passed to the function once, which then returns the one that answers.

This file imports nothing from ikeur, so it runs in any interpreter from 3.8 on.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

Answering = Callable[..., Any]
_ASKED = ("From", "To")
_ASKED_OF_GATE = ("From", "To", "Direction", "At")


def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    # Our folder must not hide a module of theirs; theirs are found from the working directory.
    sys.path[0] = str(Path.cwd())
    function: Any = importlib.import_module(module)
    for part in name.split("."):
        function = getattr(function, part)
    return function


def _read(stream: BinaryIO) -> tuple[dict[str, str] | None, bytes]:
    fields: dict[str, str] = {}
    while True:
        line = stream.readline()
        if not line:
            return None, b""
        line = line.rstrip(b"\r\n")
        if not line:
            break
        name, _, value = line.decode("utf-8").partition(":")
        fields[name.strip()] = value.strip()
    length = int(fields["Content-Length"])
    data = stream.read(length)
    # A request that is cut off is dropped.
    return (fields, data) if len(data) == length else (None, b"")


def _refusal(error: Exception) -> bool:
    return any(kind.__name__ == "Refused" for kind in type(error).__mro__)


def _answer(function: Answering, fields: dict[str, str], data: bytes) -> tuple[str, bytes]:
    try:
        asked = _ASKED_OF_GATE if fields["Op"] == "gate" else _ASKED
        output = function(data, *[fields[name] for name in asked])
        if isinstance(output, str) and fields["Op"] == "gate":
            output = output.encode()
        if not isinstance(output, (bytes, bytearray)):
            return "error", f"the function gave {type(output).__name__}, not bytes".encode()
        return "ok", bytes(output)
    except Exception as error:
        if _refusal(error):
            return "refused", str(error).encode("utf-8", "replace")
        return "error", f"{type(error).__name__}: {error}".encode("utf-8", "replace")


def main() -> None:
    """Answer requests until the input ends.

    With --check only load the function; with --file print the file of its module.
    """
    if sys.argv[1] in ("--check", "--file"):
        _load(sys.argv[2])
        if sys.argv[1] == "--file":
            print(getattr(sys.modules[sys.argv[2].partition(":")[0]], "__file__", None) or "")
        return
    frames = os.fdopen(os.dup(1), "wb")
    # Output of the function must not land between the frames.
    os.dup2(2, 1)
    function = _load(sys.argv[1])
    if sys.argv[2:]:
        function = function(*sys.argv[2:])
    while True:
        fields, data = _read(sys.stdin.buffer)
        if fields is None:
            return
        status, body = _answer(function, fields, data)
        head = f"Id: {fields['Id']}\r\nStatus: {status}\r\nContent-Length: {len(body)}\r\n\r\n"
        frames.write(head.encode() + body)
        frames.flush()


if __name__ == "__main__":
    main()
