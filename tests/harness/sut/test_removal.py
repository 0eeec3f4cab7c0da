"""A folder is emptied however deep it is and whatever stands in it, and nothing outside it."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.sut.files import scratch
from harness.sut.files.removal import emptied, entered, removed
from harness.sut.files.scratch import Scratch
from tests.paths import ROOT

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "folder"
    path.mkdir()
    yield path
    # Pytest keeps the last folders, and cannot remove what is so deep.
    subprocess.run(["rm", "-rf", path], check=True)


def _deep(place: Path, depth: int, name: str = "d") -> None:
    """Make a folder so deep that the path of it is longer than the system takes."""
    at = entered(place)
    for _ in range(depth):
        os.mkdir(name, dir_fd=at)
        below = entered(name, at=at)
        os.close(at)
        at = below
    os.close(os.open("file", os.O_CREAT, dir_fd=at))
    os.close(at)


def test_a_folder_of_5000_deep_is_removed(folder: Path) -> None:
    _deep(folder, 5_000)
    (folder / "beside" / "it").mkdir(parents=True)
    assert removed(folder) is None
    assert not folder.exists()


def test_no_more_files_are_open_than_a_few_however_deep_and_wide(folder: Path) -> None:
    for number in range(40):
        (folder / f"d{number}" / "below").mkdir(parents=True)
    _deep(folder, 200, "d" * 255)
    most = 16
    words = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({most}, {most}))"
    removing = f"from harness.sut.files.removal import removed; print(removed({str(folder)!r}))"
    done = subprocess.run(
        ["python3", "-c", f"{words}; {removing}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "None\n"
    assert not folder.exists()


def test_links_and_what_is_no_file_go_and_what_they_lead_to_stays(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (outside / "inner").mkdir(parents=True)
    (outside / "file").write_text("kept")
    (folder / "inner").mkdir()
    for place in (folder, folder / "inner"):
        for number, target in enumerate((outside, outside / "file", Path("/"), Path(".."))):
            (place / f"link{number}").symlink_to(target)
        os.mkfifo(place / "pipe")
        (place / "hard").hardlink_to(outside / "file")
    at = entered(folder / "inner")
    with socket.socket(socket.AF_UNIX) as heard:
        heard.bind(f"/proc/self/fd/{at}/s" if Path("/proc").exists() else "s")
    os.close(at)

    assert removed(folder) is None
    assert not folder.exists()
    assert (outside / "file").read_text() == "kept"
    assert [item.name for item in sorted(outside.iterdir())] == ["file", "inner"]


def test_a_link_to_a_folder_is_removed_and_not_entered(tmp_path: Path) -> None:
    (tmp_path / "kept" / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    assert removed(tmp_path / "link") is None
    assert [*tmp_path.rglob("*")] == [tmp_path / "kept", tmp_path / "kept" / "inner"]
    assert removed(tmp_path / "nothing") is None


def test_names_that_nobody_can_read_are_no_hindrance(folder: Path) -> None:
    for name in (b"\xff", b"\n\r\x1b[2J", b" ", b"x" * 255, b"-rf", "é€".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).mkdir()
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b"/" + name)).touch()
    at = entered(folder)
    assert emptied(at) is None
    os.close(at)
    assert [*folder.iterdir()] == []


def test_a_folder_without_rights_is_emptied_by_who_it_belongs_to() -> None:
    # Whoever may do all has no need of rights, so that another must try.
    folder = Path(tempfile.mkdtemp())
    child = os.fork()
    if not child:
        code = 1
        try:
            folder.chmod(0o777)
            if os.geteuid() == 0:
                os.setresuid(NOBODY, NOBODY, NOBODY)
            for mode in (0o000, 0o111, 0o333, 0o444, 0o555):
                path = folder / f"{mode:o}"
                (path / "inner" / "more").mkdir(parents=True)
                (path / "inner" / "more").chmod(mode)
                (path / "inner" / "file").touch()
                (path / "inner").chmod(mode)
                path.chmod(mode)
                if removed(path) is None and not path.exists():
                    code = 0
                else:
                    code = 1
                    break
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    subprocess.run(["rm", "-rf", folder], check=True)
    assert os.waitstatus_to_exitcode(status) == 0


def test_what_stays_is_told_with_its_name_and_the_rest_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "stays", "z"):
        (folder / "inner" / "more").mkdir(parents=True, exist_ok=True)
        (folder / "inner" / "more" / name).touch()
        (folder / name).touch()
    unlink = os.unlink

    def refuses(path: str, **where: int) -> None:
        if path == "stays":
            raise PermissionError(1, "Operation not permitted", path)
        unlink(path, **where)

    monkeypatch.setattr(os, "unlink", refuses)
    error = removed(folder)
    assert error is not None
    assert (error.filename, error.strerror) == ("stays", "Operation not permitted")
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"stays"}
    monkeypatch.undo()
    assert removed(folder) is None


def test_a_folder_that_is_written_to_all_the_time_is_given_up_in_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.sut.files.removal._MOST_SECONDS", 0.3)
    writes = 'i=0; while :; do i=$((i+1)); mkdir -p "$0"; : >"$0/$i"; done 2>/dev/null'
    process = subprocess.Popen(["sh", "-c", writes, folder])
    try:
        for _ in range(3):
            removed(folder)
    finally:
        process.kill()
        process.wait()
    assert removed(folder) is None


@pytest.fixture
def lent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scratch.take_left()
    return tmp_path


def test_a_lent_folder_that_is_moved_away_is_removed_where_it_is(lent: Path) -> None:
    (lent / "kept").mkdir()
    (lent / "kept" / "file").touch()
    one = Scratch()
    (one.path / "file").touch()
    one.path.rename(lent / "kept" / "elsewhere")
    one.path.symlink_to(lent / "kept")
    one.close()
    assert [*lent.rglob("*")] == [lent / "kept", lent / "kept" / "file"]
    assert scratch.take_left() == {}


def test_what_was_lent_is_removed_when_the_process_goes_suddenly(lent: Path) -> None:
    lent_ones = [Scratch() for _ in range(3)]
    (lent_ones[1].path / "file").touch()
    scratch.remove_all()
    assert [*lent.iterdir()] == []
    lent_ones[1].close()


def test_what_can_be_removed_later_is_not_told(lent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Scratch(), Scratch()
    (other.path / "file").touch()
    rmdir = os.rmdir

    def refuses(path: object, **where: int) -> None:
        raise PermissionError(16, "Device or resource busy", path)

    monkeypatch.setattr(os, "rmdir", refuses)
    one.close()
    other.close()
    assert [*scratch.left().values()] == [
        f"{path.name}: Device or resource busy" for path in (one.path, other.path)
    ]
    monkeypatch.setattr(os, "rmdir", rmdir)
    assert scratch.take_left() == {}
    assert [*lent.iterdir()] == []


def test_what_is_left_on_another_machine_is_told_and_not_sought_here(lent: Path) -> None:
    (lent / "ikeur-1").mkdir()
    scratch.add({str(lent / "ikeur-1"): "busy"}, "tcp://other:1")
    assert scratch.take_left() == {f"tcp://other:1 {lent / 'ikeur-1'}": "busy"}
    assert (lent / "ikeur-1").exists()
    assert scratch.take_left() == {}
