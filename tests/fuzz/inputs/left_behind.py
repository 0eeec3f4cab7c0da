"""What software may leave in a folder that it was lent, and what must be as it was."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from hypothesis import strategies as st

from harness.sut.files import scratch
from harness.sut.protocol import CRASH, OK, REFUSED, TIMEOUT, Answer
from schemas.facts.finding_codes import finding_codes

SECRET = b"a secret that nobody may read"
# So much is read here at most; what is larger is cheap to make.
MOST = 10_000
_DEPTH = 20
_TARGETS = (
    "OUTSIDE",
    "OUTSIDE/secret",
    "OUTSIDE/output.xml",
    "/",
    "/dev/zero",
    "/dev/tty",
    "nothing",
    ".",
    "..",
    "OUTPUT",
    "/proc/self/fd/0",
)


@dataclass(frozen=True)
class Left:
    """One thing that is left: its kind, its name, and what it holds or where it leads."""

    kind: str
    name: str
    data: bytes = b""
    target: str = ""
    mode: int = 0o644


def _names(own: Sequence[str]) -> st.SearchStrategy[str]:
    odd = ["a", "output.xml.part", " ", "-rf", "\n\x1b[2J", "x" * 255, os.fsdecode(b"\xff\xfe")]
    # What matters is most of all what stands where an answer belongs.
    return st.one_of(st.sampled_from(own), st.sampled_from(own), st.sampled_from(odd))


def left(own: Sequence[str]) -> st.SearchStrategy[list[Left]]:
    """Things that are left one after the other; `own` are the names that mean something."""
    one = st.builds(
        Left,
        st.sampled_from(
            ["file", "file", "file", "large", "pipe", "socket", "device", "link", "link", "folder",
             "deep", "hard", "gone", "renamed"]
        ),
        _names(own),
        st.binary(max_size=60) | st.sampled_from([b"", b"<a/>", b"no", b"x" * MOST]),
        st.sampled_from(_TARGETS),
        st.sampled_from([0o644, 0o644, 0o000, 0o200, 0o7777]),
    )  # fmt: skip
    return st.lists(one, max_size=6)


# What is made of the folder itself, when all else was left in it.
REPLACED = st.sampled_from(
    ["", "", "", "link", "file", "pipe", "gone", "moved", "new", "no rights"]
)


def leave(folder: Path, things: Sequence[Left], outside: Path) -> None:
    """Leave some things in a folder; what cannot be is passed over."""
    for thing in things:
        with suppress(OSError):
            _leave(folder / thing.name, thing, outside)


def _leave(path: Path, thing: Left, outside: Path) -> None:
    if thing.kind in ("file", "large"):
        with path.open("xb") as file:
            file.write(thing.data)
            if thing.kind == "large":
                file.truncate(2 << 30)
        path.chmod(thing.mode)
    elif thing.kind == "pipe":
        os.mkfifo(path)
    elif thing.kind == "socket":
        with socket.socket(socket.AF_UNIX) as heard:
            heard.bind(str(path))
    elif thing.kind == "device":
        os.mknod(path, 0o20666, os.makedev(1, 5))
    elif thing.kind == "link":
        path.symlink_to(thing.target.replace("OUTSIDE", str(outside)))
    elif thing.kind == "folder":
        path.mkdir()
        (path / "link").symlink_to(outside)
        (path / "file").write_bytes(thing.data)
        path.chmod(thing.mode)
    elif thing.kind == "deep":
        path.mkdir()
        _dig(path)
    elif thing.kind == "hard":
        path.hardlink_to(path.parent / "a")
    elif thing.kind == "gone":
        path.unlink()
    else:
        path.rename(path.parent / "a")


def _dig(path: Path) -> None:
    at = os.open(path, os.O_RDONLY)
    for _ in range(_DEPTH):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)


def put_in_place(folder: Path, how: str, outside: Path) -> None:
    """Put something in the place of a folder."""
    with suppress(OSError):
        if how == "no rights":
            folder.chmod(0)
        elif how == "moved":
            folder.rename(folder.with_name(f"{folder.name}-moved"))
        elif how:
            shutil.rmtree(folder, ignore_errors=True)
            make: dict[str, Callable[[], None]] = {
                "link": lambda: folder.symlink_to(outside),
                "file": folder.touch,
                "pipe": lambda: os.mkfifo(folder),
                "new": folder.mkdir,
            }
            if how in make:
                make[how]()


def _state(folder: Path) -> list[tuple[str, int, bytes]]:
    found = [folder, *sorted(folder.rglob("*"))]
    return [
        (str(path), path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in found
    ]


@contextmanager
def nothing_outside() -> Iterator[Path]:
    """A folder that must stay as it is, beside one for what is lent, which must end empty."""
    with tempfile.TemporaryDirectory() as name:
        outside, lent = Path(name) / "outside", Path(name) / "lent"
        (outside / "inner").mkdir(parents=True)
        lent.mkdir()
        for file in ("secret", "output.xml", "output.ei", "inner/file"):
            (outside / file).write_bytes(SECRET)
        before = _state(outside)
        with (
            mock.patch("tempfile.tempdir", str(lent)),
            mock.patch("harness.sut.process.MOST_OUTPUT", MOST),
        ):
            yield outside
        assert _state(outside) == before
        assert [*lent.iterdir()] == []
        assert scratch.take_left() == {}


def holds(answer: Answer) -> None:
    """What must hold of any answer."""
    assert answer.status in (OK, REFUSED, CRASH, TIMEOUT)
    assert answer.code in finding_codes() if answer.code else answer.status in (OK, REFUSED)
    assert SECRET not in answer.output
    assert SECRET.decode() not in answer.reason
    assert answer.status in (OK, REFUSED) or answer.reason
