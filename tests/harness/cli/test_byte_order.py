"""A byte order mark before a message, of either release, at every door that detects the release."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.facts.finding_codes import finding_codes
from tests.harness.cli.door import BROKEN, PASS, RED, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
EI = (GOLDEN / "WMO301.ei").read_bytes().decode("iso-8859-1")
XML = (GOLDEN / "WMO301.xml").read_bytes().decode("utf-8")
MARKED = {
    "UTF-8": ("EF BB BF", codecs.BOM_UTF8 + EI.encode("utf-8")),
    "UTF-16 of a PC": ("FF FE", codecs.BOM_UTF16_LE + EI.encode("utf-16-le")),
    "UTF-16 of a network": ("FE FF", codecs.BOM_UTF16_BE + EI.encode("utf-16-be")),
    "ISO 8859-1 behind it": ("EF BB BF", codecs.BOM_UTF8 + EI.encode("iso-8859-1")),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_2_0_message_behind_a_mark_is_one_with_a_mark_before_it(
    ikeur: Ikeur, tmp_path: Path, name: str
) -> None:
    mark, data = MARKED[name]
    path = tmp_path / "marked.ei"
    path.write_bytes(data)

    done = ikeur("validate", path, "--json")
    (told,) = done.json
    assert (done.code, told["message"], told["release"]) == (RED, "WMO301", "2.0")
    found = [(item["code"], item["actual"], item["expected"]) for item in told["findings"]]
    assert found == [("EI-BOM", mark, "no byte order mark")]
    meaning = finding_codes()["EI-BOM"].meaning
    assert meaning["nl"] in ikeur("validate", path, "--lang", "nl").said
    assert meaning["en"] in ikeur("explain", "EI-BOM").said

    for command in ("convert", "respond"):
        refused = ikeur(command, path)
        assert (refused.code, refused.out) == (BROKEN, b"")
        assert "EI-BOM" in refused.told
    assert ikeur("compare", path, GOLDEN / "WMO301.ei").code == PASS
    assert ikeur("compare", GOLDEN / "WMO301.xml", path).code == PASS


@pytest.mark.parametrize("name", MARKED)
def test_an_audit_of_a_mailbox_knows_it_too(ikeur: Ikeur, tmp_path: Path, name: str) -> None:
    mark, data = MARKED[name]
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.ei").write_bytes(data)
    told = ikeur("pairs", "mail", "--json").json
    assert told["messages"] == 1
    found = [item for item in told["problems"] if item["code"] == "EI-BOM"]
    assert [(item["file"], item["found"]) for item in found] == [("a.ei", mark)]


def test_the_rules_are_judged_behind_a_mark(ikeur: Ikeur, tmp_path: Path) -> None:
    for name, data in (("a.ei", MARKED["UTF-8"][1]), ("b.xml", codecs.BOM_UTF8 + XML.encode())):
        path = tmp_path / name
        path.write_bytes(data)
        (told,) = ikeur("validate", "--rules", "--json", path).json
        assert told["rules_judged"]
        assert [item["code"] for item in told["findings"]] in (["EI-BOM"], ["XML-BOM"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_2_1_message_behind_a_mark_is_still_one(
    ikeur: Ikeur, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "marked.xml"
    path.write_bytes(XML.partition("?>")[2].lstrip().encode(encoding))
    (told,) = ikeur("validate", path, "--json").json
    assert (told["message"], told["release"]) == ("WMO301", "2.1")
    code = "XML-BOM" if encoding == "utf-8-sig" else "XML-ENCODING"
    assert [item["code"] for item in told["findings"]] == [code]
    assert ikeur("compare", path, GOLDEN / "WMO301.xml").code == PASS


def test_what_is_no_message_behind_a_mark_is_none(ikeur: Ikeur, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(codecs.BOM_UTF8 + b"Beste collega,\r\n")
    (told,) = ikeur("validate", path, "--json").json
    assert [item["code"] for item in told["findings"]] == ["EI-BOM", "EI-TYPE"]
