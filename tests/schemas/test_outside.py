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
