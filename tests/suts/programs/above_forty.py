"""A converter of many messages at once: `above_forty.py stream`, or `above_forty.py folder IN OUT`.

It is right as long as it has no more than 40 under way: each beyond these gets the answer to the
one before.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.reference.converter import convert
from harness.sut.frames import Frame, take, write

_MOST = 40
# The input must be quiet for so many seconds before a batch is answered.
_QUIET = 0.1
_OTHER = {".ei": ("2.0", "2.1", ".xml"), ".xml": ("2.1", "2.0", ".ei")}


def answers(asked: Sequence[tuple[bytes, str, str]]) -> list[bytes]:
    """The answers to what is under way, in order."""
    right = [convert(*one) for one in asked]
    return [*right[:_MOST], *right[_MOST - 1 : -1]]


def batches() -> Iterator[list[Frame]]:
    """The requests that come in without a pause."""
    waiting, found = bytearray(), list[Frame]()
    while True:
        is_quiet = not select.select([0], [], [], _QUIET if found else None)[0]
        if is_quiet:
            yield found
            found = []
            continue
        data = os.read(0, 1 << 20)
        if not data:
            return
        waiting += data
        while frame := take(waiting):
            found.append(frame)


def stream() -> None:
    """Answer requests until the input ends."""
    for batch in batches():
        asked = [(one.body, one.fields["From"], one.fields["To"]) for one in batch]
        for one, body in zip(batch, answers(asked), strict=True):
            sys.stdout.buffer.write(write({"Id": one.fields["Id"], "Status": "ok"}, body))
        sys.stdout.buffer.flush()


def folder(given: Path, taken: Path) -> None:
    """Answer all files."""
    paths = sorted(path for path in given.iterdir() if path.suffix in _OTHER)
    asked = [(path.read_bytes(), *_OTHER[path.suffix][:2]) for path in paths]
    for path, body in zip(paths, answers(asked), strict=True):
        (taken / path.stem).with_suffix(_OTHER[path.suffix][2]).write_bytes(body)


if __name__ == "__main__":
    if sys.argv[1] == "stream":
        stream()
    else:
        folder(Path(sys.argv[2]), Path(sys.argv[3]))
