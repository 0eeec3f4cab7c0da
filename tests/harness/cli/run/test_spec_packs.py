"""Official schemas in place of the project's: where they differ, and what then counts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, XSDS, Done, results
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
CLIENT = "/Clienten/Client"
START = f"{CLIENT}/StartProducten/StartProduct"
SEX = '<xs:element name="Geslacht" type="iwmo:LDT_Geslacht"/>'
BSN = '<xs:element name="Bsn" type="iwmo:LDT_BurgerServicenummer"/>'
DEATH = '<xs:element name="Overlijdensdatum" type="iwmo:LDT_Datum"/>'
INITIALS = '<xs:maxLength value="6"/>\n      <xs:pattern value="[^\\s][a-zA-Z]*"/>'
STATUS = """<xs:simpleType name="LDT_StatusAanlevering">
    <xs:restriction base="xs:string">
      <xs:enumeration value="1"/>"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with the XSDs of one message type, which the tests may change."""
    return packed(tmp_path / "pack", "iwmo/basisschema", "iwmo/wmo305")


def packed(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / f"{name}.xsd"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(XSDS / f"{name}.xsd", path)
    return folder


def edit(pack: Path, name: str, old: str, new: str) -> None:
    path = next(pack.rglob(name))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_projects_own_xsds_do_not_differ_from_themselves(ikeur: Ikeur, pack: Path) -> None:
    done = ikeur("sources", "--diff", pack, "--json")
    assert (done.code, done.json) == (PASS, [])


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("wmo305.xsd", BSN, BSN.replace("Bsn", "Nummer"), {("element", f"{CLIENT}/Bsn")}),
        ("wmo305.xsd", SEX, SEX + DEATH, {("element", f"{CLIENT}/Overlijdensdatum")}),
        ("wmo305.xsd", SEX, SEX.replace("/>", ' minOccurs="0"/>'),
         {("cardinality", f"{CLIENT}/Geslacht")}),
        ("wmo305.xsd", 'name="StartProduct" maxOccurs="unbounded"',
         'name="StartProduct" maxOccurs="5"', {("cardinality", START)}),
        ("basisschema.xsd", INITIALS, INITIALS.replace('"6"', '"7"'),
         {("facet max_length", f"{CLIENT}/Naam/Voorletters")}),
        ("basisschema.xsd", INITIALS, INITIALS.replace("[a-zA-Z]*", "[A-Z]*"),
         {("facet pattern", f"{CLIENT}/Naam/Voorletters")}),
        ("basisschema.xsd", STATUS, STATUS.replace('"1"', '"8"'),
         {("code", f"{CLIENT}/StatusAanlevering"), ("code", f"{START}/StatusAanlevering")}),
    ],
    ids=["renamed", "added", "optional", "at most 5", "longer", "pattern", "code"],
)  # fmt: skip
def test_each_kind_of_difference_is_listed_with_its_place(
    ikeur: Ikeur, pack: Path, name: str, old: str, new: str, expected: set[tuple[str, str]]
) -> None:
    edit(pack / "iwmo", name, old, new)
    done = ikeur("sources", "--diff", pack, "--json")
    assert done.code == RED
    found = {(row["kind"], row["path"]) for row in done.json if row["message"] == "WMO305"}
    assert found >= expected


def test_differences_are_told_in_words_too(ikeur: Ikeur, pack: Path) -> None:
    edit(pack, "wmo305.xsd", SEX, SEX.replace("/>", ' minOccurs="0"/>'))
    done = ikeur("sources", "--diff", pack)
    assert done.code == RED
    assert f"WMO305 {CLIENT}/Geslacht: cardinality" in done.said


def test_a_changed_order_is_a_difference(ikeur: Ikeur, pack: Path) -> None:
    edit(pack, "wmo305.xsd", BSN, "<!-- -->")
    edit(pack, "wmo305.xsd", SEX, SEX + BSN)
    rows = ikeur("sources", "--diff", pack, "--json").json
    assert ("order", f"{CLIENT}/Bsn") in {(row["kind"], row["path"]) for row in rows}


def test_a_finding_by_an_official_schema_is_of_grade_a(ikeur: Ikeur, tmp_path: Path) -> None:
    pack = packed(tmp_path / "pack", "ijw/basisschema", "ijw/jw305")
    data = (GOLDEN / "JW305.xml").read_bytes()
    broken = tmp_path / "broken.xml"
    broken.write_bytes(data.replace(b"Aanbieder>98765432<", b"Aanbieder>98x65432<"))
    assert broken.read_bytes() != data
    grades = []
    for args in ((), ("--spec-pack", pack)):
        done = ikeur("validate", broken, *args, "--json")
        assert done.code == RED
        grades.append(done.json[0]["findings"][0]["evidence"])
    assert grades == ["C", "A"]
    assert ikeur("validate", broken, "--block-on", "A").code == PASS
    assert ikeur("validate", broken, "--block-on", "A", "--spec-pack", pack).code == RED


def test_validate_goes_by_the_official_schema(ikeur: Ikeur, pack: Path) -> None:
    edit(pack, "wmo305.xsd", SEX, "")
    good, other = GOLDEN / "WMO305.xml", GOLDEN / "WMO307.xml"
    assert ikeur("validate", good, other).code == PASS
    done = ikeur("validate", good, other, "--spec-pack", pack, "--json")
    assert done.code == RED
    assert [row["valid"] for row in done.json] == [False, True]


def test_a_run_goes_by_the_official_schema_and_names_it(
    ikeur: Ikeur, pack: Path, tmp_path: Path
) -> None:
    edit(pack, "wmo305.xsd", 'name="Aanbieder"', 'name="Zorgaanbieder"')
    args = ("--messages", "WMO305", "--suite", "schema", "--count", 1, "--spec-pack", "pack")
    done = ikeur("run", "--reference", *args, "--out", "out")
    assert done.code == RED
    assert " pack " in done.told
    told = results(tmp_path / "out")
    assert told["run"]["spec_pack"] == "pack"
    findings = [item for case in told["cases"] for item in case["findings"]]
    assert findings
    assert {item["evidence"] for item in findings} == {"A"}


@pytest.mark.parametrize("command", ["sources --diff", "validate --spec-pack", "run --spec-pack"])
@pytest.mark.parametrize("content", ["nothing", "no schema", "not XML"])
def test_a_folder_that_is_no_spec_pack_is_wrong_use(
    ikeur: Ikeur, tmp_path: Path, command: str, content: str
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    if content != "nothing":
        text = "<html/>" if content == "no schema" else "not XML"
        (folder / "wmo305.xsd").write_text(text, encoding="utf-8")
    name, option = command.split()
    files = (GOLDEN / "WMO305.xml",) if name == "validate" else ()
    done = ikeur(name, option, folder, *files)
    assert (done.code, done.out) == (USAGE, b"")
    assert done.told.startswith("ikeur: ")
    assert done.told.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


def test_a_schema_that_does_not_compile_takes_one_line(ikeur: Ikeur, pack: Path) -> None:
    edit(pack, "wmo305.xsd", "iwmo:LDT_BurgerServicenummer", "iwmo:LDT_Onbekend")
    done = ikeur("sources", "--diff", pack)
    assert (done.code, done.out) == (USAGE, b"")
    assert "LDT_Onbekend" in done.told
    assert done.told.count("\n") == 1


def test_a_schema_that_does_not_compile_is_told_before_the_run_writes(
    ikeur: Ikeur, pack: Path, tmp_path: Path
) -> None:
    edit(pack, "wmo305.xsd", "iwmo:LDT_BurgerServicenummer", "iwmo:LDT_Onbekend")
    done = ikeur(
        "run", "--reference", "--messages", "WMO301,WMO305", "--count", 1, "--spec-pack", pack
    )
    assert done.code == USAGE
    assert done.told.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]
