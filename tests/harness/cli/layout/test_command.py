"""`ikeur layout` at its door: what it prints, what it writes, and bad use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.harness.cli.door import CONVERTED, PASS, RED, STAYS_EI, USAGE, Done
from tests.paths import GOLDEN, ROOT

Ikeur = Callable[..., Done]
SCHEMA = ROOT / "reports" / "layout.schema.json"


def test_all_layouts_as_json_are_as_their_schema_says(ikeur: Ikeur) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    found = ikeur("layout", "--json").json
    jsonschema.Draft202012Validator(schema).validate(found)
    names = [item["name"] for item in found["messages"]]
    assert sorted(names) == sorted([*CONVERTED, *STAYS_EI])


def test_the_schema_refuses_what_is_no_layout(ikeur: Ikeur) -> None:
    judge = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    found = ikeur("layout", "WMO307", "--json").json
    assert judge.is_valid(found)
    found["messages"][0]["records"][0]["fields"][0]["to_21"]["kind"] = "moved"
    assert not judge.is_valid(found)


def test_a_code_list_is_whole_in_json(ikeur: Ikeur) -> None:
    lists = {item["name"]: item for item in ikeur("layout", "WMO307", "--json").json["codelists"]}
    sexes = [(code["code"], code["releases"]) for code in lists["Geslacht"]["codes"]]
    assert sorted(sexes) == [
        ("0", ["2.1"]),
        ("1", ["2.0", "2.1"]),
        ("2", ["2.0", "2.1"]),
        ("9", ["2.0"]),
    ]
    # Each list is that of the standard of its messages.
    assert {item["standard"] for item in lists.values()} == {"iwmo"}


def test_a_record_in_one_release(ikeur: Ikeur) -> None:
    done = ikeur("layout", "WMO305", "--release", "2.0", "--record", "07")
    assert (done.code, done.told) == (PASS, "")
    lines = done.said.splitlines()
    (line,) = [item for item in lines if " BEGINDATUM LEVERING " in item]
    # Columns 72 to 79 of record 07, typed from its table.
    assert line.split()[:5] == ["72-79", "N", "8", "M", "BEGINDATUM"]
    assert "CLIENTRECORD" not in "\n".join(item for item in lines if item[:2] == "02")
    assert not any("wmo305:" in item and "..1" in item for item in lines)


def test_the_class_of_a_record_in_the_other_release(ikeur: Ikeur) -> None:
    found = ikeur("layout", "WMO305", "--release", "2.1", "--record", "07", "--json").json
    (message,) = found["messages"]
    assert message["records"] == []
    assert message["releases"] == ["2.1"]
    paths = [row["path"] for row in message["elements"]]
    assert paths
    assert all("StartProduct" in path for path in paths)


def test_an_element_refers_to_its_field_where_that_is_shown(ikeur: Ikeur) -> None:
    both = ikeur("layout", "WMO307").said.splitlines()
    (place,) = [number for number, line in enumerate(both) if "wmo307:Bsn  " in line]
    assert both[place + 1].strip() == "↔ 02 BSN: see that field (mapping B)"
    (field,) = [number for number, line in enumerate(both) if " M  BSN " in line]
    assert "→ Clienten/Client/Bsn: kept: all digits" in both[field + 1]
    alone = ikeur("layout", "WMO307", "--release", "2.1").said.splitlines()
    (place,) = [number for number, line in enumerate(alone) if "wmo307:Bsn  " in line]
    assert "← 02 BSN: kept: all digits, with leading zeros" in alone[place + 1]
    assert not any("see that field" in line for line in alone)


@pytest.mark.parametrize("record", ["01", "99"])
def test_the_first_and_the_last_record_have_the_header(ikeur: Ikeur, record: str) -> None:
    found = ikeur("layout", "WMO303", "--release", "2.1", "--record", record, "--json").json
    (message,) = found["messages"]
    assert {row["path"].partition("/")[0] for row in message["elements"]} == {"Header"}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_long_list_names_the_command_that_shows_it(ikeur: Ikeur, lang: str) -> None:
    done = ikeur("layout", "WMO307", "--lang", lang)
    (line, *_) = [item for item in done.said.splitlines() if "ProductCode:" in item]
    assert "338 codes" in line
    assert "`ikeur layout WMO307 --json`" in line
    (line, *_) = [item for item in done.said.splitlines() if ": Geslacht: " in item]
    assert "1 MANNELIJK; 2 VROUWELIJK; 9 NIET GESPECIFICEERD" in line


def test_a_type_without_2_1_says_so(ikeur: Ikeur) -> None:
    done = ikeur("layout", "JW321")
    assert done.code == PASS
    assert "JW321 has no 2.1 form: it stays EI and is not converted." in done.said
    dutch = ikeur("layout", "JW322", "--lang", "nl").said
    assert "JW322 heeft geen vorm in 2.1" in dutch


BAD = [
    (("WMO37",), "USE-MESSAGE", "WMO307"),
    (("NIETS",), "USE-MESSAGE", "`ikeur messages`"),
    ((), "USE-MESSAGE", "WMO305"),
    (("WMO305", "--record", "77"), "USE-RECORD", "01, 02, 07, 99"),
    (("WMO305", "--release", "2.2"), "USE-OPTION", "'2.0', '2.1'"),
    (("JW321", "--release", "2.1"), "USE-RELEASE", "--release 2.0"),
]


@pytest.mark.parametrize(("words", "code", "advice"), BAD, ids=lambda item: str(item))
def test_bad_use_is_one_line_with_a_code_and_advice(
    ikeur: Ikeur, words: tuple[str, ...], code: str, advice: str
) -> None:
    done = ikeur("layout", *words)
    assert (done.code, done.said) == (USAGE, "")
    (line,) = done.told.splitlines()
    assert line.startswith(f"ikeur: {code}: ")
    assert advice in line


def test_a_hostile_name_is_shown_harmless(ikeur: Ikeur) -> None:
    done = ikeur("layout", "WMO\x1b[31m305\n::error::")
    assert done.code == USAGE
    assert "\x1b" not in done.told
    assert len(done.told.splitlines()) == 1


def test_a_name_in_lower_case_and_several_names(ikeur: Ikeur) -> None:
    found = ikeur("layout", "wmo305,wmo306", "--json").json
    assert [item["name"] for item in found["messages"]] == ["WMO305", "WMO306"]


def test_the_page_goes_to_a_new_file_or_a_folder(ikeur: Ikeur, tmp_path: Path) -> None:
    assert ikeur("layout", "WMO305", "--out", "my.html").code == PASS
    assert ikeur("layout", "WMO305", "--out", "docs/pages").code == PASS
    one, two = tmp_path / "my.html", tmp_path / "docs" / "pages" / "layout.html"
    assert one.read_bytes() == two.read_bytes()
    assert ikeur("layout", "WMO305", "--out", "-").out == one.read_bytes()
    # A link to nowhere is a file of another too.
    (tmp_path / "link.html").symlink_to(tmp_path / "nowhere.html")
    assert ikeur("layout", "WMO305", "--out", "link.html").code == USAGE
    (tmp_path / "link.html").unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "my.html"]


@pytest.mark.parametrize(
    ("name", "out"), [("layout.html", "layout.html"), ("layout.html", "."), ("notes", "notes")]
)
def test_a_file_of_another_is_never_overwritten(
    ikeur: Ikeur, tmp_path: Path, name: str, out: str
) -> None:
    own = tmp_path / name
    own.write_text("mine")
    done = ikeur("layout", "WMO305", "--out", out)
    assert done.code == USAGE
    assert "USE-OVERWRITE" in done.told
    assert own.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [own]


def test_validate_names_the_command_for_each_place(ikeur: Ikeur, tmp_path: Path) -> None:
    lines = (GOLDEN / "WMO305.ei").read_bytes().split(b"\r\n")
    # Column 57 of record 02 is GESLACHT, typed from its table.
    assert lines[1][:2] == b"02"
    lines[1] = lines[1][:56] + b"7" + lines[1][57:]
    (tmp_path / "bad.ei").write_bytes(b"\r\n".join(lines))
    done = ikeur("validate", "bad.ei")
    assert done.code == RED
    assert "    layout: ikeur layout WMO305 --release 2.0 --record 02" in done.said.splitlines()
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    wrong = re.sub("Geslacht>.<", "Geslacht>7<", text, count=1)
    assert wrong != text
    (tmp_path / "bad.xml").write_text(wrong, encoding="utf-8")
    done = ikeur("validate", "bad.xml")
    assert done.code == RED
    assert "    layout: ikeur layout WMO305 --release 2.1 --record 02" in done.said.splitlines()
