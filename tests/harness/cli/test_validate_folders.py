"""`ikeur validate` of a folder or a zip passes over nothing in silence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
EI, XML = (GOLDEN / "WMO305.ei").read_bytes(), (GOLDEN / "WMO305.xml").read_bytes()
NAMES = ["a.xml", "b.asc", "c", "d.dat", "e.XML.bak", "f.ei", "g.edi", "h.TXT", ".hidden", "j k.in"]


def filled(folder: Path, **files: bytes) -> Path:
    """A folder with some files; of a name `_` stands for a point."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def test_files_are_messages_by_what_is_in_them(ikeur: Ikeur, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    for place, name in enumerate(NAMES):
        (folder / name).write_bytes((EI, XML)[place % 2])
    done = ikeur("validate", folder, "--json")
    assert (done.code, done.told) == (PASS, f"{len(NAMES)} messages, 0 not valid\n")
    assert [row["file"] for row in done.json] == sorted(f"{folder}/{name}" for name in NAMES)
    assert {(row["message"], row["valid"], row["left_out"]) for row in done.json} == {
        ("WMO305", True, False)
    }
    pairs = ikeur("pairs", folder, "--json").json
    assert (pairs["files"], pairs["messages"]) == (len(NAMES), len(NAMES))
    (folder / "b.asc").write_bytes(XML.replace(b">Hooft<", b"><b/><"))
    assert ikeur("validate", folder).code == RED
    assert ikeur("validate", "--rules", folder).code == RED


@pytest.mark.parametrize("rules", [(), ("--rules",)])
def test_what_is_no_message_is_left_out_and_named(
    ikeur: Ikeur, tmp_path: Path, rules: tuple[str, ...]
) -> None:
    filled(tmp_path / "mail", a_ei=EI, notes_md=b"# Notes\n", nothing_log=b"")
    done = ikeur("validate", *rules, "mail")
    assert done.code == PASS
    assert "mail/notes.md: left out\n  FILE-OTHER at the file" in done.said
    assert "mail/nothing.log: left out\n" in done.said
    assert done.told == "1 message, 0 not valid, 2 files left out\n"
    rows = ikeur("validate", *rules, "mail", "--json").json
    assert [(row["file"], row["left_out"], row["valid"]) for row in rows] == [
        ("mail/a.ei", False, True),
        ("mail/notes.md", True, None),
        ("mail/nothing.log", True, None),
    ]
    assert [item["code"] for row in rows for item in row["findings"]] == ["FILE-OTHER"] * 2


def test_what_is_left_out_and_blocks_is_not_counted_as_a_message(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    filled(tmp_path / "mail", a_ei=EI, b_xml=b"", notes_md=b"# Notes\n")
    (tmp_path / "mail" / "gone").symlink_to("nowhere")
    done = ikeur("validate", "mail")
    assert done.code == RED
    assert done.told == "2 messages, 1 not valid, 2 files left out (blocking: 1)\n"


def test_what_is_named_like_a_message_and_is_none_is_not_valid(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    filled(tmp_path / "mail", a_ei=EI, b_xml=b"", c_txt=b"Geachte heer,\r\n", d=b"-\r\n")
    rows = ikeur("validate", "mail", "--json").json
    assert {row["file"]: row["valid"] for row in rows} == {
        "mail/a.ei": True, "mail/b.xml": False, "mail/c.txt": False, "mail/d": False,
    }  # fmt: skip


def test_a_folder_of_no_messages_gives_no_green_answer(ikeur: Ikeur, tmp_path: Path) -> None:
    filled(tmp_path / "mail", notes_md=b"# Notes\n")
    for words in ((), ("--rules",), ("--json",)):
        done = ikeur("validate", *words, "mail")
        assert done.code == USAGE
        assert "mail/notes.md" in done.said
        assert "USE-FILE" in done.told


def test_folders_and_zips_within_are_read_as_pairs_reads_them(ikeur: Ikeur, tmp_path: Path) -> None:
    mail = filled(tmp_path / "mail", z_ei=EI)
    filled(mail / "below", b_asc=XML)
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep/c.xml", XML.replace(b">Hooft<", b"><b/><"))
    with zipfile.ZipFile(mail / "a.dat", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "inner.zip")
        archive.writestr("d.ei", EI)
        archive.writestr("readme.md", "# No message")
    done = ikeur("validate", "mail", "--json")
    assert done.code == RED
    assert [(row["file"], row["valid"]) for row in done.json] == [
        ("mail/a.dat!/inner.zip!/deep/c.xml", False),
        ("mail/a.dat!/d.ei", True),
        ("mail/below/b.asc", True),
        ("mail/z.ei", True),
        ("mail/a.dat!/readme.md", None),
    ]
    alone = ikeur("validate", mail / "a.dat", "--json").json
    assert [row["file"] for row in alone] == [
        f"{mail}/{row['file'][5:]}" for row in done.json if "!/" in row["file"]
    ]
    pairs = ikeur("pairs", "mail", "--json").json
    assert pairs["files"] == len(done.json)


def test_a_long_message_in_a_zip_is_read_to_its_end(ikeur: Ikeur, tmp_path: Path) -> None:
    # Longer than what an audit holds of a file.
    client = XML[XML.index(b"    <wmo305:Client>") : XML.index(b"  </wmo305:Clienten>")]
    long = XML.replace(client, client * 200)
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.writestr("good.xml", long)
        archive.writestr("bad.xml", long.replace(b"</wmo305:Clienten>", b"<b/></wmo305:Clienten>"))
    rows = ikeur("validate", "mail.zip", "--json").json
    assert len(long) > 3 * 64 * 1024
    assert [row["valid"] for row in rows] == [True, False]


def test_the_rules_look_back_over_folders_and_zips_in_order(ikeur: Ikeur, tmp_path: Path) -> None:
    mail = filled(tmp_path / "mail", a_dat=EI)
    with zipfile.ZipFile(mail / "b.zip", "w") as archive:
        archive.writestr("again.ei", EI)
    rows = ikeur("validate", "--rules", mail, "--json", "--block-on", "ABCD").json
    by_name = {row["file"].rpartition("/")[2]: row for row in rows}
    assert by_name["a.dat"]["rules_judged"]
    assert by_name["again.ei"]["rules_judged"]
    # The same message again: its keys were delivered before.
    assert by_name["a.dat"]["findings"] == []
    assert {item["code"] for item in by_name["again.ei"]["findings"]} == {"RULE"}


def test_what_cannot_be_read_is_told_and_is_not_valid(ikeur: Ikeur, tmp_path: Path) -> None:
    mail = filled(tmp_path / "mail", a_ei=EI, b_zip=b"PK\x03\x04 and no more")
    (mail / "c.ei").symlink_to(mail / "a.ei")
    done = ikeur("validate", "mail", "--json")
    assert done.code == RED
    told = {row["file"]: [item["code"] for item in row["findings"]] for row in done.json}
    assert told == {"mail/a.ei": [], "mail/b.zip": ["FILE-ZIP"], "mail/c.ei": ["FILE-LINK"]}
    assert ikeur("validate", mail / "c.ei").code == PASS
