"""Functions that misbehave on the way to 2.1, and convert on the way to 2.0."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path

Convert = Callable[[bytes, str, str], bytes]


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert as asked."""
    from harness.reference.converter import convert as faithful

    return faithful(data, source, target)


class Refused(Exception):
    """The refusal of another project: only its name counts."""


class Mute(Exception):
    """An error that cannot even be shown."""

    def __str__(self) -> str:
        raise RuntimeError


def before(misbehave: Callable[[], None]) -> Convert:
    """A converter that misbehaves before it converts to 2.1."""

    @wraps(misbehave)
    def misbehaving(data: bytes, source: str, target: str) -> bytes:
        if target == "2.1":
            misbehave()
        return convert(data, source, target)

    return misbehaving


@before
def raises() -> None:
    raise ValueError("no such street")


@before
def raises_what_cannot_be_shown() -> None:
    raise Mute


@before
def refuses() -> None:
    raise Refused("a street is missing")


@before
def interrupts() -> None:
    raise KeyboardInterrupt


@before
def exits_well() -> None:
    sys.exit(0)


@before
def exits_as_refused() -> None:
    sys.exit(3)


@before
def dies_at_once() -> None:
    os._exit(0)


@before
def dies_by_signal() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@before
def hangs() -> None:
    time.sleep(60)


@before
def reads_stdin() -> None:
    sys.stdin.read()


@before
def prints() -> None:
    print("Id: 1\r\nStatus: ok\r\nContent-Length: 0\r\n\r\n")
    sys.stdout.flush()
    os.write(1, b"converting ...\n")
    subprocess.run(["echo", "converted"], check=True)


@before
def floods_stdout() -> None:
    for _ in range(200):
        print("x" * 1024 * 1024)


@before
def floods_stderr() -> None:
    for _ in range(200):
        print("x" * 1024 * 1024, file=sys.stderr)


@before
def closes_stdout() -> None:
    sys.stdout.close()
    with suppress(OSError):
        os.close(1)


@before
def changes_folder() -> None:
    os.chdir("/")


@before
def leaves_a_child() -> None:
    child = subprocess.Popen(["sleep", "60"])
    with Path(os.environ["PIDS"]).open("a") as file:
        file.write(f"{child.pid}\n")


@before
def leaves_a_thread() -> None:
    threading.Thread(target=time.sleep, args=(60,)).start()
    with Path(os.environ["PIDS"]).open("a") as file:
        file.write(f"{os.getpid()}\n")


@before
def ends_after_its_answer() -> None:
    _end_of_input()


@before
def ends_slowly_after_its_answer() -> None:
    atexit.register(time.sleep, 5)
    _end_of_input()


def _end_of_input() -> None:
    """Let the reader of requests see the end of its input, as soon as it has answered."""
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    with Path(os.environ["PIDS"]).open("a") as file:
        file.write(f"{os.getpid()}\n")


def answers_with_a_flood(data: bytes, source: str, target: str) -> bytes:
    return bytes(200 * 1024 * 1024) if target == "2.1" else convert(data, source, target)


def answers_with_nothing(data: bytes, source: str, target: str) -> bytes:
    return b"" if target == "2.1" else convert(data, source, target)


def answers_with_none(data: bytes, source: str, target: str) -> bytes:
    return None if target == "2.1" else convert(data, source, target)  # type: ignore[return-value]
