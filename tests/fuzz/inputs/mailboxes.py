"""Mailboxes: messages, damaged and hostile things, in folders and zips in one another."""

from __future__ import annotations

import io
import os
import random
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.fuzz.inputs.start_messages import CONVERTED, TYPES
from tests.paths import GOLDEN

MESSAGES = [
    *((GOLDEN / f"{name}.ei").read_bytes() for name in TYPES),
    *((GOLDEN / f"{name}.xml").read_bytes() for name in CONVERTED),
]
NAMES = st.sampled_from(
    ["a.ei", "b.xml", "a.EI", "x", ".a.ei", "é €.txt", "a\nb.ei", "a\x1b[2J.xml", "a!", "-a.ei",
     os.fsdecode(b"\xff.ei"), "x" * 200, "notes.pdf", "a.zip", "'; rm", "=1+1.csv",
     "CON", " ", "a\u202eie.b", "manifest.csv", "ikeur.toml"]
)  # fmt: skip
# In a zip a name may be anything at all.
INSIDE = NAMES | st.sampled_from(
    ["../../up.ei", "/etc/up.ei", "a/../b.ei", "C:\\a.ei", "a//b.ei", "./a.ei", "d/", "", "a\0b.ei",
     "/", "..", "x/" * 200 + "a.ei"]
)  # fmt: skip
LINKS = ["/dev/zero", "/dev/stdin", ".", "..", "self", "nowhere", "/"]
Lay = Callable[[Path], None]


@dataclass(frozen=True)
class Thing:
    """Something in a folder: what it is, and the call that lays it there under a name."""

    kind: str
    lay: Lay


@st.composite
def contents(draw: DrawFn) -> bytes:
    """A message, one with wounds, or no message at all."""
    kind = draw(st.sampled_from(["whole", "wounded", "cut", "any", "none"]))
    if kind in ("any", "none"):
        return draw(st.binary(max_size=200)) if kind == "any" else b""
    data = draw(st.sampled_from(MESSAGES))
    if kind == "cut":
        return data[: draw(st.integers(0, len(data)))]
    return _wounded(data, draw(st.randoms(use_true_random=False))) if kind == "wounded" else data


def _wounded(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(found) + 1)
        part = found[at : at + chance.randrange(1, 80)]
        if chance.random() < 0.5:
            del found[at : at + len(part)]
        else:
            found[at:at] = chance.choice([part, b"\xff", b"PK", b"\0", b"9", b"<"])
    return bytes(found)


@st.composite
def zips(draw: DrawFn, nested: int = 0) -> bytes:
    """A zip, with zips in it, bombs, names of any kind, and now and then wounds."""
    whole = io.BytesIO()
    # A name may stand in it twice.
    with zipfile.ZipFile(whole, "w") as archive, warnings.catch_warnings(action="ignore"):
        for _ in range(draw(st.integers(0, 4))):
            name = draw(INSIDE).encode(errors="surrogateescape").decode("latin-1")
            info = zipfile.ZipInfo(name or "a")
            info.compress_type = draw(
                st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
            )
            info.external_attr = draw(st.sampled_from([0, 0o120777 << 16, 0o010644 << 16]))
            kind = draw(st.sampled_from(["file", "file", "zip", "bomb"]))
            data = draw(contents()) if kind == "file" else bytes(2_000_000)
            if kind == "zip" and nested < 4:
                data = draw(zips(nested + 1))
            archive.writestr(info, data)
    found = whole.getvalue()
    chance: random.Random = draw(st.randoms(use_true_random=False))
    return _wounded(found, chance) if draw(st.integers(0, 2)) == 0 else found


def _file(data: bytes) -> Lay:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _link(to: str) -> Lay:
    return lambda path: path.symlink_to(path.name if to == "self" else to)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 10**9)


@st.composite
def things(draw: DrawFn) -> Thing:
    """Anything but a folder that can stand in one."""
    kind = draw(st.sampled_from(["file"] * 6 + ["zip"] * 3 + ["link", "fifo", "sparse"]))
    if kind == "file":
        return Thing(kind, _file(draw(contents())))
    if kind == "zip":
        return Thing(kind, _file(draw(zips())))
    if kind == "link":
        return Thing(kind, _link(draw(st.sampled_from(LINKS))))
    return Thing(kind, os.mkfifo if kind == "fifo" else _sparse)


def mailboxes() -> st.SearchStrategy[list[tuple[list[str], Thing]]]:
    """The things of a mailbox, each with the folders that it is in and its name."""
    folders = st.lists(NAMES, max_size=2) | st.just(["d"] * 70)
    places = st.tuples(folders, NAMES).map(lambda pair: [*pair[0], pair[1]])
    return st.lists(st.tuples(places, things()), max_size=6)


def lay(root: Path, mailbox: list[tuple[list[str], Thing]]) -> None:
    """Lay the things of a mailbox down; what stands in the way of another stays."""
    root.mkdir()
    for steps, thing in mailbox:
        path = root.joinpath(*steps)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if not os.path.lexists(path) and path.parent.resolve().is_relative_to(root.resolve()):
            thing.lay(path)


def seen(root: Path) -> list[tuple[str, int, int, int]]:
    """All that stands in a folder, without looking behind a link."""
    found = []
    for folder, names, files in os.walk(root):
        for name in (*names, *files):
            path = os.path.join(folder, name)  # noqa: PTH118 - names of any bytes
            status = os.lstat(path)
            found.append((path, status.st_mode, status.st_size, status.st_mtime_ns))
    return sorted(found)


CELLS = st.sampled_from(
    ["a.ei", "b.xml", "2017-06-06T16:59", "2017-06-06T16:59+02:00", "2017-06-06", "", " ", "x",
     "9999-12-31T23:59", "0001-01-01T00:00+14:00", "1e9", "\0", "é", '"', "a\nb", "0344",
     "98026987", "declaration", "heen", "retour", "agreed", "x" * 300, "=1+1"]
)  # fmt: skip
HEADS = st.sampled_from(
    ["file,sent,read", "file;sent;read", "partner,deadline,moment,reason", "file", "", "a,b,c",
     "\ufefffile,sent,read", "partner;deadline;moment;reason"]
)  # fmt: skip


@st.composite
def tables(draw: DrawFn) -> bytes:
    """A table of times or of agreements, in order or not."""
    separator = draw(st.sampled_from([",", ";"]))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=4))
    lines = [draw(HEADS), *(separator.join(row) for row in rows)]
    data = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines).encode()
    return data if draw(st.integers(0, 5)) else draw(st.binary(max_size=200)) + data
