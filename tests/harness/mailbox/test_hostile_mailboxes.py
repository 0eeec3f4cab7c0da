"""Damaged, strange or hostile files are listed with a reason, and cost the audit nothing."""

from __future__ import annotations

import io
import os
import random
import socket
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from harness.mailbox import zips
from harness.mailbox.pieces import Unread
from tests.harness.mailbox.audited import Audit
from tests.harness.mailbox.pair_messages import heen, retour

PAIR = {"z/a.ei": heen(), "z/b.ei": retour()}


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def only(audit: Audit, files: dict[str, bytes], *options: str) -> list[tuple[str, str, str]]:
    """What is found beside a pair that is in order."""
    done = audit({**PAIR, **files}, *options)
    assert done.json["answered"] >= 1
    return done.found


def test_files_that_are_no_messages_are_listed(audit: Audit) -> None:
    files = {
        "notes.pdf": b"%PDF-1.4",
        ".gitkeep": b"",
        "empty.ei": b"",
        "readme.txt": b"Read me",
        "cut.ei": heen(identification="M2")[:-30],
        "answer.ei": retour(identification="M2"),
    }
    assert only(audit, files) == [
        ("FILE-CUT", "cut.ei", ""),
        ("FILE-EMPTY", "empty.ei", ""),
        ("FILE-NO-MESSAGE", "readme.txt", ""),
        ("FILE-OTHER", ".gitkeep", ""),
        ("FILE-OTHER", "notes.pdf", ""),
    ]


def test_messages_in_zips_and_zips_in_zips_are_read_in_place(audit: Audit) -> None:
    inner = packed({"deep/b.ei": retour(identification="M2")}, zipfile.ZIP_STORED)
    outer = packed({"a.ei": heen(identification="M2"), "more.ZIP": inner})
    assert only(audit, {"mail.zip": outer}) == []
    lone = packed({"x.ei": heen(identification="M3")})
    path = "no-zip-by-name!/x.ei"
    assert only(audit, {"no-zip-by-name": lone}) == [("PAIRS-OPEN", path, "")]


def test_a_zip_is_not_unpacked_to_where_it_says(audit: Audit, tmp_path: Path) -> None:
    evil = packed({"../../up.ei": heen(identification="M2"), "/abs\n.ei": b"?"})
    assert only(audit, {"e.zip": evil}) == [
        ("PAIRS-OPEN", "e.zip!/../../up.ei", ""),
        ("FILE-NO-MESSAGE", "e.zip!//abs\n.ei", ""),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["box"]


def _locked() -> bytes:
    data = bytearray(packed({"a.ei": heen()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _changed(old: bytes, new: bytes) -> bytes:
    return packed({"a.ei": heen()}, zipfile.ZIP_STORED).replace(old, new)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (packed({"a.ei": heen()})[:-30], ("FILE-ZIP", "x.zip", "")),
        (b"PK\x03\x04", ("FILE-ZIP", "x.zip", "")),
        (b"PK\x05\x06" + bytes(17), ("FILE-ZIP", "x.zip", "")),
        (_changed(b"M1", b"M2"), ("FILE-ZIP", "x.zip!/a.ei", "")),
        (_locked(), ("FILE-ZIP-LOCKED", "x.zip!/a.ei", "")),
        (packed({"a.ei": heen()}, zipfile.ZIP_LZMA), ("FILE-ZIP", "x.zip!/a.ei", "")),
        (packed({"a.ei": heen()}, zipfile.ZIP_BZIP2), ("FILE-ZIP", "x.zip!/a.ei", "")),
    ],
)
def test_a_damaged_or_encrypted_zip_is_listed(
    audit: Audit, data: bytes, expected: tuple[str, str, str]
) -> None:
    assert only(audit, {"x.zip": data}) == [expected]


def test_a_file_in_a_zip_may_have_no_name(audit: Audit) -> None:
    data = packed({"a": heen(identification="M2")})
    place = data.index(b"PK\x01\x02")
    nameless = bytearray(data[: place + 46] + data[place + 47 :])
    nameless[place + 28] = 0
    end = nameless.index(b"PK\x05\x06")
    struct.pack_into("<L", nameless, end + 12, end - place)
    # Its own head has another name, so that it is not read.
    assert only(audit, {"x.zip": bytes(nameless)}) == [("FILE-ZIP", "x.zip!/", "")]


def test_no_change_to_the_bytes_of_a_zip_ends_the_audit() -> None:
    draw = random.Random(1)
    inner = packed({"x.xml": heen(release="2.1")})
    whole = packed({"a.ei": heen(), "b/in.zip": inner}, zipfile.ZIP_STORED)
    codes = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(draw.choice((1, 3, 10))):
            place = draw.choice((draw.randrange(len(data)), len(data) - 1 - draw.randrange(200)))
            data[place : place + draw.randrange(3)] = draw.randbytes(draw.randrange(3))
        for item in zips.members(io.BytesIO(data), len(data), "x.zip"):
            assert item.path.startswith("x.zip")
            codes.add(item.code if isinstance(item, Unread) else "")
    assert codes >= {"", "FILE-ZIP"}


def test_zips_too_deep_in_one_another_are_listed(audit: Audit) -> None:
    data = packed({"a.ei": heen(identification="M2")})
    for _ in range(4):
        data = packed({"in.zip": data})
    assert only(audit, {"x.zip": data}) == [
        ("FILE-DEEP", "x.zip!/in.zip!/in.zip!/in.zip", ""),
    ]


def test_no_more_comes_out_of_a_zip_than_may(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "FREE_BYTES", 1_000_000)
    bomb = packed({f"{number}.xml": bytes(900_000) for number in range(20)})
    assert len(bomb) * zips.MOST_TIMES + 1_000_000 < 18_000_000
    found = only(audit, {"bomb.zip": bomb})
    assert ("FILE-ZIP-LIMIT", "bomb.zip", "") in found
    assert ("FILE-NO-MESSAGE", "bomb.zip!/0.xml", "") in found
    assert not [item for item in found if "/19.xml" in item[1]]


def test_a_member_that_says_it_is_huge_is_not_read(audit: Audit) -> None:
    data = bytearray(packed({"a.ei": heen()}))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 300 * 1024 * 1024)
    assert only(audit, {"x.zip": bytes(data)}) == [("FILE-SIZE", "x.zip!/a.ei", "")]


def test_a_list_of_files_that_is_too_long_is_not_read(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = packed({f"{number}.ei": b"" for number in range(40)})
    monkeypatch.setattr(zips, "MOST_MEMBERS", 39)
    assert only(audit, {"x.zip": many}) == [("FILE-ZIP-LIMIT", "x.zip", "")]
    monkeypatch.undo()
    # However few files it says to have.
    monkeypatch.setattr(zips, "MOST_LIST_BYTES", 1000)
    end = many.rindex(b"PK\x05\x06")
    lying = many[: end + 8] + struct.pack("<2H", 1, 1) + many[end + 12 :]
    assert only(audit, {"x.zip": lying}) == [("FILE-ZIP-LIMIT", "x.zip", "")]


def test_a_file_too_large_for_a_message_is_listed(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    with (tmp_path / "box" / "big.ei").open("wb") as file:
        file.write(heen(identification="M2"))
        file.truncate(257 * 1024 * 1024)
    assert only(audit, {}) == [("FILE-SIZE", "big.ei", "")]


def test_of_a_large_message_both_ends_are_read(audit: Audit) -> None:
    data = heen("JW321", identification="M2")
    lines = data.split(b"\r\n")
    large = b"\r\n".join([lines[0], *[lines[1]] * 700, *lines[1:]])
    assert len(large) > 200_000
    files = {"a.ei": large, "b.ei": retour("JW322", identification="M2"), "c.ei": large[:150_000]}
    done = audit(files)
    assert done.found == [("PAIRS-REUSED", "c.ei", "a.ei"), ("FILE-CUT", "c.ei", "")] or (
        done.found == [("PAIRS-REUSED", "a.ei", "c.ei"), ("FILE-CUT", "c.ei", "")]
    )


def test_links_are_not_followed_nor_pipes_waited_for(audit: Audit, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "loop").symlink_to(box)
    (box / "self").symlink_to("self")
    (box / "gone.ei").symlink_to(tmp_path / "nothing")
    (tmp_path / "outside.ei").write_bytes(heen(identification="M9"))
    (box / "out.ei").symlink_to(tmp_path / "outside.ei")
    os.mkfifo(box / "pipe.ei")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(box / "socket.ei"))
    links = [("FILE-LINK", name, "") for name in ("gone.ei", "loop", "out.ei", "self")]
    assert only(audit, {}) == [
        *links,
        ("FILE-SPECIAL", "pipe.ei", ""),
        ("FILE-SPECIAL", "socket.ei", ""),
    ]


def test_a_mailbox_named_by_a_link_is_read(
    audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "box").symlink_to(tmp_path / "real")
    assert only(audit, {}) == []


def test_folders_too_deep_in_one_another_are_listed(audit: Audit) -> None:
    deep = "/".join(["d"] * 65)
    assert only(audit, {f"{deep}/a.ei": b""}) == [("FILE-DEEP", deep, "")]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read all")
def test_what_may_not_be_read_is_listed(audit: Audit, tmp_path: Path) -> None:
    audit({**PAIR, "a.ei": b"", "d/b.ei": b""})
    (tmp_path / "box" / "a.ei").chmod(0)
    (tmp_path / "box" / "d").chmod(0)
    try:
        assert only(audit, {}) == [("FILE-UNREADABLE", "a.ei", ""), ("FILE-UNREADABLE", "d", "")]
    finally:
        (tmp_path / "box" / "d").chmod(0o700)


def test_a_file_that_cannot_be_opened_is_listed(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, *args: int, **kwargs: int) -> int:
        if str(path).endswith("locked.ei"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    files = {"locked.ei": b""}
    assert only(audit, files) == [("FILE-UNREADABLE", "locked.ei", "")]


def test_names_may_hold_any_bytes(audit: Audit, tmp_path: Path) -> None:
    odd = [os.fsdecode(b"\xff\xfe.ei"), "new\nline.ei", "=1+1.ei", "é☃.ei", "\x1b[31m.ei"]
    out = tmp_path / "out"
    found = only(audit, dict.fromkeys(odd, b"?"), "--out", str(out))
    assert sorted(name for _, name, _ in found) == sorted(odd)
    page = (out / "pairs.html").read_text("utf-8")
    assert "\x1b" not in page
    rows = (out / "pairs.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(odd)
    assert any(",'=1+1.ei," in row for row in rows)


def test_the_mailbox_is_not_changed(audit: Audit, tmp_path: Path) -> None:
    files = {**PAIR, "x.zip": packed({"in.zip": packed({"a.ei": heen()})}), "b.ei": b"?"}
    audit(files)
    box = tmp_path / "box"

    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
            for path in sorted([box, *box.rglob("*")])
        }

    before = state()
    audit({})
    assert state() == before


def test_a_million_copies_of_one_message_take_no_more_memory(tmp_path: Path) -> None:
    """Not a million here, but enough to see a list grow."""
    box = tmp_path / "box"
    box.mkdir()
    few, many = (_peak(box, count) for count in (200, 4000))
    assert many < few + 4 * 1024, (few, many)


def _peak(box: Path, count: int) -> int:
    """The peak memory in KiB of an audit of so many files under one key."""
    for number in range(count):
        path = box / f"{number}.ei"
        if not path.exists():
            path.write_bytes(heen(variant=number))
    code = (
        "import resource, sys; from harness.cli import main\n"
        "try: main(['pairs', sys.argv[1], '--json'])\n"
        "except SystemExit: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,"
        " file=sys.stderr)"
    )
    words = [sys.executable, "-c", code, str(box)]
    done = subprocess.run(words, capture_output=True, check=True)
    assert done.stdout.count(b'"PAIRS-COPY"') > count * 0.9
    return int(done.stderr.split()[-1])
