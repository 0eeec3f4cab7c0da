"""Converters over HTTP that share something between requests: `mixing_http.py PORTFILE HOW`.

Each is right as long as it has one request at a time. It writes its port to the file when it
listens.
"""

from __future__ import annotations

import queue
import re
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from harness.reference.converter import convert
from tests.suts.programs.one_function import serve

_FOLDER = Path(tempfile.mkdtemp())
_PAUSE = 0.002
_shared: dict[str, Any] = {}
_done: queue.Queue[bytes] = queue.Queue()
_slots: list[bytes] = [b""] * 32
_numbers = iter(range(10**9))
_counting = threading.Lock()
_busy: list[int] = []


def shares_the_target(data: bytes, source: str, target: str) -> bytes:
    """Keeps the release to convert to in a field that all requests share."""
    _shared["target"] = source, target
    time.sleep(_PAUSE)
    same = _shared["target"] == (source, target)
    return convert(data, source, target) if same else data


def shares_the_output(data: bytes, source: str, target: str) -> bytes:
    """Writes into one buffer, and sends what stands in it."""
    _shared["output"] = convert(data, source, target)
    time.sleep(_PAUSE)
    return bytes(_shared["output"])


def writes_one_file(data: bytes, source: str, target: str) -> bytes:
    """Keeps each input in a file of the same name."""
    path = _FOLDER / f"input-{source}"
    path.write_bytes(data)
    time.sleep(_PAUSE)
    return convert(path.read_bytes(), source, target)


def takes_the_next_answer(data: bytes, source: str, target: str) -> bytes:
    """Takes an answer from the queue into which all threads put theirs."""
    output = convert(data, source, target)
    time.sleep(_PAUSE if len(output) % 2 else 0)
    _done.put(output)
    time.sleep(_PAUSE)
    return _done.get()


def faithful(data: bytes, source: str, target: str) -> bytes:
    """Shares nothing."""
    return convert(data, source, target)


def has_32_slots(data: bytes, source: str, target: str) -> bytes:
    """Has room for 32 requests, of which the 33rd takes that of the first."""
    with _counting:
        slot = next(_numbers) % 32
    _slots[slot] = convert(data, source, target)
    time.sleep(0.1)
    return _slots[slot]


def fails_above_40(data: bytes, source: str, target: str) -> bytes:
    """Answers another message where more than 40 are under way."""
    output = convert(data, source, target)
    with _counting:
        _busy.append(1)
        is_full = len(_busy) > 40
    # Long enough for all to come in on a busy machine.
    time.sleep(1)
    with _counting:
        _busy.pop()
    if not is_full:
        return output
    return re.sub(rb"[0-9]{8}(?=[ <])", b"98025566", output, count=1) + b"\n"


def main() -> None:
    serve(globals()[sys.argv[2]], sys.argv[1])


if __name__ == "__main__":
    main()
