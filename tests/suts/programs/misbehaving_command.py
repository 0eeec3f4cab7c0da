"""A command that misbehaves on the way to 2.1: `misbehaving_command.py HOW FROM TO INPUT OUTPUT`.

On the way to 2.0 it converts, so that a test can see that the next message is not harmed.
INPUT and OUTPUT are `-` for stdin and stdout. What it starts, it lists in the file PIDS.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

INPUT, OUTPUT = Path(sys.argv[4]), Path(sys.argv[5])
MEGABYTE = b"x" * 1024 * 1024


def converts() -> int:
    """Do as asked."""
    from harness.reference.converter import convert

    data = sys.stdin.buffer.read() if str(INPUT) == "-" else INPUT.read_bytes()
    output = convert(data, sys.argv[2], sys.argv[3])
    if str(OUTPUT) == "-":
        sys.stdout.buffer.write(output)
    else:
        OUTPUT.write_bytes(output)
    return 0


def says(reason: bytes, code: int, output: bytes = b"") -> Callable[[], int]:
    """Write something to stderr and stdout, and end."""

    def end() -> int:
        os.write(2, reason)
        os.write(1, output)
        return code

    return end


def hangs() -> int:
    time.sleep(60)
    return 0


def hangs_with_a_child() -> int:
    _start(new_session=False)
    return hangs()


def ignores_the_end() -> int:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return hangs()


def floods_stdout() -> int:
    while True:
        os.write(1, MEGABYTE)


def floods_stderr() -> int:
    for _ in range(200):
        os.write(2, MEGABYTE)
    return converts()


def floods_its_file() -> int:
    with OUTPUT.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    return 0


def dies_by_signal() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def closes_stdin() -> int:
    os.close(0)
    time.sleep(0.3)
    return says(b"too large", 3)()


def writes_half_a_file() -> int:
    converts()
    OUTPUT.write_bytes(OUTPUT.read_bytes()[:200])
    return 1


def makes_a_folder_of_its_output() -> int:
    OUTPUT.mkdir()
    return 0


def removes_its_folder() -> int:
    shutil.rmtree(INPUT.parent)
    return 0


def _start(*, new_session: bool) -> None:
    child = subprocess.Popen(["sleep", "60"], start_new_session=new_session)
    with Path(os.environ["PIDS"]).open("a") as file:
        file.write(f"{child.pid}\n")


def leaves_a_child() -> int:
    _start(new_session=False)
    return converts()


def leaves_a_daemon() -> int:
    _start(new_session=True)
    return converts()


HOW: dict[str, Callable[[], int]] = {
    "fails": says(b"no licence", 1),
    "refuses_silently": says(b"", 3),
    "refuses_with_strange_letters": says(b"\xff\x00\x1b[31m\xed\xa0\x80 ]]>", 3),
    "gives_nothing": says(b"", 0),
}


def main() -> int:
    """Misbehave or convert."""
    name = sys.argv[1]
    if sys.argv[3] == "2.0":
        return converts()
    return (HOW.get(name) or globals()[name])()


if __name__ == "__main__":
    sys.exit(main())
