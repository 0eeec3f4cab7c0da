"""Software that leaves anything behind: `leaves_behind.py command FROM TO INPUT OUTPUT`.

As `folder FROM TO IN OUT` it does so for each message that lies in IN. On the way to 2.1 it does
the next thing that the file HOWS lists, on the way back it refuses. A link leads into OUTSIDE.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HOWS, OUTSIDE = Path(os.environ["HOWS"]), Path(os.environ["OUTSIDE"])
# Deeper than functions may call each other, and more than are read at once.
DEPTH, MANY = 1_100, 2_000
Leave = Callable[[Path], object]
GIGABYTE = 1 << 30


def a_pipe(output: Path) -> None:
    os.mkfifo(output)


def a_socket(output: Path) -> None:
    # A path of a socket may have only so many bytes.
    os.chdir(output.parent)
    socket.socket(socket.AF_UNIX).bind(output.name)


def a_device(output: Path) -> None:
    os.mknod(output, 0o20666, os.makedev(1, 5))


def a_link_to_zero(output: Path) -> None:
    output.symlink_to("/dev/zero")


def a_link_outside(output: Path) -> None:
    output.symlink_to(OUTSIDE / "secret")


def a_link_to_nothing(output: Path) -> None:
    output.symlink_to(output.parent / "nothing")


def a_link_to_itself(output: Path) -> None:
    output.symlink_to(output)


def a_folder(output: Path) -> None:
    output.mkdir()
    (output / "secret").symlink_to(OUTSIDE)


def a_deep_folder(output: Path) -> None:
    output.mkdir()
    deep(output)


def two_gigabytes_of_nothing(output: Path) -> None:
    with output.open("wb") as file:
        file.truncate(2 * GIGABYTE)


def deep(place: Path) -> None:
    os.chdir(place if place.is_dir() else place.parent)
    for _ in range(DEPTH):
        Path("d").mkdir()
        os.chdir("d")
    Path("file").touch()
    Path("link").symlink_to(OUTSIDE)


def many_files(output: Path) -> None:
    os.chdir(output.parent)
    for number in range(MANY):
        os.close(os.open(f"f{number}", os.O_CREAT))


def odd_names(output: Path) -> None:
    folder = os.fsencode(output.parent)
    for name in (b"\xff\xfe", b"\x1b[31m\r\n\x07", b"x" * 255, b" ", b"-rf", b"*", b"\xe2\x80\xae"):
        Path(os.fsdecode(folder + b"/" + name)).touch()
        Path(os.fsdecode(folder + b"/d" + name[:200])).mkdir()


def no_rights(output: Path) -> None:
    for mode in (0o000, 0o555, 0o333):
        folder = output.parent / f"mode{mode:o}"
        (folder / "inner" / "more").mkdir(parents=True)
        (folder / "file").touch()
        folder.chmod(mode)
    output.parent.chmod(0o000)


def its_folder_as(make: Leave) -> Leave:
    """Put something in the place of the folder of its output, and of all that was in it."""

    def replace(output: Path) -> None:
        subprocess.run(["rm", "-rf", output.parent], check=True)
        make(output.parent)

    return replace


def moved_away(output: Path) -> None:
    (output.parent / "file").touch()
    output.parent.rename(f"{output.parent}-elsewhere")


def made_again(output: Path) -> None:
    subprocess.run(["rm", "-rf", output.parent], check=True)
    output.parent.mkdir()
    (output.parent / "file").touch()


def an_immutable_file(output: Path) -> None:
    folder = output.parent / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "stays").touch()
    subprocess.run(["chattr", "+i", folder / "stays"], check=True)


def a_process_that_writes_on(output: Path) -> None:
    words = "while mkdir -p $0; do echo > $0/$$; sleep 0.01; done"
    subprocess.Popen(["sh", "-c", words, output.parent], start_new_session=True)


def a_process_with_an_odd_name(output: Path) -> None:
    program = Path(os.fsdecode(os.fsencode(output.parent) + b"/\xff) \xfe"))
    program.write_bytes(Path("/bin/sleep").read_bytes())
    program.chmod(0o755)
    subprocess.Popen([program, "60"], start_new_session=True)


def nothing(output: Path) -> None:
    """Do as if all were done."""


def an_answer_to_the_next(output: Path) -> None:
    number, _, message = output.name.partition("-")
    output.with_name(f"{int(number) + 1:09}-{message}").write_bytes(b"<answer/>")


def an_answer_that_it_keeps_open(output: Path) -> None:
    with output.open("wb") as file:
        file.write(b"<answer/>")
        file.flush()
        time.sleep(60)


def a_core(output: Path) -> None:
    os.chdir(output.parent)
    with suppress(ValueError, OSError):
        limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
    os.abort()


HOW: dict[str, Leave] = {
    "its_folder_as_a_link_outside": its_folder_as(lambda path: path.symlink_to(OUTSIDE)),
    "its_folder_as_a_link_to_the_root": its_folder_as(lambda path: path.symlink_to("/")),
    "its_folder_as_a_link_home": its_folder_as(lambda path: path.symlink_to(Path.home())),
    "its_folder_as_a_file": its_folder_as(Path.touch),
    "its_folder_as_a_pipe": its_folder_as(os.mkfifo),
}


def next_how() -> str:
    """What is next on the list, which it is taken off unless a star stands behind it."""
    first, *others = [*HOWS.read_text().split(), ""]
    if not first.endswith("*"):
        HOWS.write_text("\n".join(others))
    return first.rstrip("*")


def leave(how: str, output: Path) -> None:
    (HOW.get(how) or globals()[how])(output)


def convert(data: bytes, output: Path) -> None:
    from harness.reference import converter as reference

    output.write_bytes(reference.convert(data, "2.0", "2.1"))


def command(source: Path, output: Path) -> int:
    if sys.argv[3] == "2.0":
        os.write(2, b"only to 2.1")
        return 3
    if how := next_how():
        leave(how, output)
    else:
        convert(source.read_bytes(), output)
    return 0


def folder(given: Path, taken: Path) -> int:
    for path in sorted(given.iterdir()):
        if sys.argv[3] == "2.0":
            (taken / f"{path.stem}.refused").write_bytes(b"only to 2.1")
        elif how := next_how():
            leave(how, taken / f"{path.stem}.xml")
        else:
            convert(path.read_bytes(), taken / f"{path.stem}.xml")
    return 0


def main() -> int:
    """Leave something behind, or convert where there is nothing left to do."""
    with suppress(ValueError):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    ways = {"command": command, "folder": folder}
    return ways[sys.argv[1]](Path(sys.argv[4]), Path(sys.argv[5]))


if __name__ == "__main__":
    sys.exit(main())
