"""A file from outside is a regular file of a bounded size, or it is refused at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from schemas import outside


def _fifo(folder: Path) -> Path:
    path = folder / "fifo"
    os.mkfifo(path)
    return path


def _link(folder: Path, target: Path) -> Path:
    path = folder / "link"
    path.symlink_to(target)
    return path


def test_a_regular_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert outside.read(path, 5) == b"12345"
    with pytest.raises(OSError, match="larger than 4 bytes") as caught:
        outside.read(path, 4)
    assert (caught.value.errno, caught.value.filename) == (errno.EFBIG, str(path))


@pytest.mark.parametrize("through_a_link", [False, True])
@pytest.mark.parametrize("what", ["fifo", "/dev/zero"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(
    tmp_path: Path, what: str, through_a_link: bool
) -> None:
    path = _fifo(tmp_path) if what == "fifo" else Path(what)
    named = _link(tmp_path, path) if through_a_link else path
    with pytest.raises(OSError, match="not a regular file") as caught:
        outside.read(named, 5)
    assert (caught.value.errno, caught.value.filename) == (errno.EINVAL, str(named))


def test_a_link_is_only_followed_where_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"1")
    link = _link(tmp_path, path)
    assert outside.read(link, 1) == b"1"
    with pytest.raises(OSError, match=str(link)):
        outside.read(link, 1, follow=False)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    fifo, here = _fifo(tmp_path), Path("/proc/self/fd")
    before = len(list(here.iterdir()))
    kept = []
    for path in (fifo, tmp_path, fifo):
        with pytest.raises(OSError, match=str(path)) as caught:
            outside.read(path, 5)
        kept.append(caught)
    assert len(list(here.iterdir())) == before


def test_a_large_file_is_not_read_to_be_refused(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(OSError, match="larger than 5 bytes"):
        outside.read(path, 5)
    with pytest.raises(OSError, match="larger than 5 bytes"):
        outside.opened(path, most=5)


def test_a_file_that_tells_no_size_is_read_up_to_its_bound() -> None:
    status = Path("/proc/self/status")
    assert status.stat().st_size == 0
    assert outside.read(status, 2**20).startswith(b"Name:")
    with pytest.raises(OSError, match="larger than 5 bytes"):
        outside.read(status, 5)


def test_a_line_is_no_longer_than_its_bound(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"1234\n12345\n")
    with outside.opened(path) as file:
        found = outside.lines(file, 5)
        assert next(found) == b"1234\n"
        with pytest.raises(OSError, match="a line longer than 5 bytes") as caught:
            next(found)
    assert caught.value.filename == str(path)


def test_a_file_goes_on_behind_what_is_kept_of_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for keep, added, expected in ((0, b"12345", b"12345"), (3, b"6", b"1236"), (0, b"", b"")):
        with outside.continued(path, keep) as file:
            file.write(added)
        assert path.read_bytes() == expected


@pytest.mark.parametrize("what", ["fifo", "link", "/dev/null"])
def test_nothing_else_is_written_on(tmp_path: Path, what: str) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    named = _link(tmp_path, mine) if what == "link" else Path(what)
    named = _fifo(tmp_path) if what == "fifo" else named
    with pytest.raises(OSError, match=str(named)):
        outside.continued(named, 0)
    assert mine.read_bytes() == b"mine"


@pytest.mark.parametrize("what", ["fifo", "link", "file", "nothing"])
def test_a_file_made_anew_takes_the_place_of_what_stood_there(tmp_path: Path, what: str) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    path = tmp_path / what
    if what == "fifo":
        _fifo(tmp_path)
    elif what == "link":
        _link(tmp_path, mine)
    elif what == "file":
        path.write_bytes(b"before")
    with outside.anew(path) as file:
        file.write(b"new")
    assert (path.is_symlink(), path.read_bytes()) == (False, b"new")
    assert mine.read_bytes() == b"mine"
