"""A folder of official XSDs takes the place of the project's own, and each difference is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ei_edit import GOLDEN, cases
from tables_edit import OWN

from schemas import xml_read, xml_schemas, xsd_diff
from schemas.errors import IkeurError, UsageError
from schemas.messages import catalogue

XSD = OWN.parent / "xsd"
CLIENT = "/Clienten/Client"
PRODUCT = f"{CLIENT}/StartProducten/StartProduct"


def _pack(folder: Path, *files: str) -> Path:
    pack = folder / "pack"
    pack.mkdir()
    for name in files or ("basisschema.xsd", "wmo305.xsd"):
        shutil.copy(XSD / "iwmo" / name, pack / name)
    return pack


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _differences(pack: Path) -> list[tuple[str, str, str, str, str]]:
    return [(d.kind, d.message, d.path, d.ours, d.theirs) for d in xsd_diff.diff(pack)]


def _golden(old: str = "", new: str = "") -> bytes:
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    return text.replace(old, new).encode() if old else text.encode()


GESLACHT = '<xs:element name="Geslacht" type="iwmo:LDT_Geslacht"/>\n'
GEBOORTE = '<xs:element name="Geboortedatum" type="iwmo:CDT_Geboortedatum"/>\n'
INDENT = " " * 20
CODE = "      <xs:enumeration value="
START = '    <xs:restriction base="xs:string">\n'
SEX = f'<xs:simpleType name="LDT_Geslacht">\n{START}'
STATUS = f'<xs:simpleType name="LDT_StatusAanlevering">\n{START}' + "".join(
    f'{CODE}"{code}"/>\n' for code in (1, 2, 3)
)
# The file, what stands there, what stands there then, and the difference that must be named.
CHANGES = {
    "two elements in another order": (
        "wmo305.xsd",
        f"{GEBOORTE}{INDENT}{GESLACHT}",
        f"{GESLACHT}{INDENT}{GEBOORTE}",
        # Their places among the children of Client, from 1: Bsn, Geboortedatum, Geslacht.
        [
            ("order", "WMO305", f"{CLIENT}/Geboortedatum", "2", "3"),
            ("order", "WMO305", f"{CLIENT}/Geslacht", "3", "2"),
        ],
    ),
    "an element that may be absent": (
        "wmo305.xsd",
        'type="iwmo:LDT_Geslacht"/>',
        'type="iwmo:LDT_Geslacht" minOccurs="0"/>',
        [("cardinality", "WMO305", f"{CLIENT}/Geslacht", "1..1", "0..1")],
    ),
    "an element that may stand once": (
        "wmo305.xsd",
        '<xs:element name="StartProduct" maxOccurs="unbounded">',
        '<xs:element name="StartProduct">',
        [("cardinality", "WMO305", PRODUCT, "1..*", "1..1")],
    ),
    "a length": (
        "basisschema.xsd",
        '<xs:maxLength value="10"/>',
        '<xs:maxLength value="12"/>',
        [
            (
                "facet max_length",
                "WMO305",
                f"{CLIENT}/Naam/Geslachtsnaam/Voorvoegsel",
                "10",
                "12",
            )
        ],
    ),
    "a pattern": (
        "basisschema.xsd",
        '<xs:pattern value="[0-9]{9}"/>',
        '<xs:pattern value="[1-9][0-9]{8}"/>',
        [("facet pattern", "WMO305", f"{CLIENT}/Bsn", "[0-9]{9}", "[1-9][0-9]{8}")],
    ),
    "a code that is taken away": (
        "basisschema.xsd",
        f'{STATUS}{CODE}"9"/>\n',
        STATUS,
        [
            ("code", "WMO305", f"{CLIENT}/StatusAanlevering", "9", ""),
            ("code", "WMO305", f"{PRODUCT}/StatusAanlevering", "9", ""),
        ],
    ),
    "a code that is added": (
        "basisschema.xsd",
        SEX,
        f'{SEX}{CODE}"9"/>\n',
        [("code", "WMO305", f"{CLIENT}/Geslacht", "", "9")],
    ),
    "an element that is taken away": (
        "wmo305.xsd",
        f"{INDENT}{GESLACHT}",
        "",
        [("element", "WMO305", f"{CLIENT}/Geslacht", "1..1", "")],
    ),
    "an element that is added at the end": (
        "wmo305.xsd",
        'type="iwmo:LDT_StatusAanlevering"/>\n                              </xs:sequence>',
        'type="iwmo:LDT_StatusAanlevering"/>\n'
        '<xs:element name="Opmerking" type="iwmo:LDT_Naam" minOccurs="0"/></xs:sequence>',
        [("element", "WMO305", f"{PRODUCT}/Opmerking", "", "0..1")],
    ),
    "an element that is added": (
        "wmo305.xsd",
        'type="iwmo:CDT_VerkorteNaam"/>\n',
        'type="iwmo:CDT_VerkorteNaam"/>\n'
        '<xs:element name="Roepnaam" type="iwmo:LDT_Naam" minOccurs="0"/>\n',
        [("element", "WMO305", f"{CLIENT}/Roepnaam", "", "0..1")],
    ),
}
MOVED = "the elements behind it are reported to stand in another order"
KNOWN = {"an element that is added": MOVED, "an element that is taken away": MOVED}


@pytest.mark.parametrize("what", cases(CHANGES, KNOWN))
def test_a_change_in_the_official_schema_is_the_one_difference(tmp_path: Path, what: str) -> None:
    file, old, new, expected = CHANGES[what]
    pack = _pack(tmp_path)
    _change(pack / file, old, new)
    assert _differences(pack) == expected


def test_a_change_in_a_shared_type_is_named_in_every_message_that_uses_it(tmp_path: Path) -> None:
    pack = _pack(tmp_path, "basisschema.xsd", "wmo305.xsd", "wmo307.xsd", "wmo301.xsd")
    _change(pack / "basisschema.xsd", '<xs:maxLength value="10"/>', '<xs:maxLength value="12"/>')
    found = _differences(pack)
    assert {difference[0] for difference in found} == {"facet max_length"}
    # The client's name has one surname in 305 and 307; in 301 it has a partner's too, and
    # relaties have both.
    named = [(message, path.rpartition("/Naam/")[2]) for _, message, path, *_ in found]
    assert sorted(named) == [
        ("WMO301", "Geslachtsnaam/Voorvoegsel"),
        ("WMO301", "Geslachtsnaam/Voorvoegsel"),
        ("WMO301", "Partnernaam/Voorvoegsel"),
        ("WMO301", "Partnernaam/Voorvoegsel"),
        ("WMO305", "Geslachtsnaam/Voorvoegsel"),
        ("WMO307", "Geslachtsnaam/Voorvoegsel"),
    ]


def test_the_same_schemas_have_no_difference(tmp_path: Path) -> None:
    pack = _pack(tmp_path, *(path.name for path in (XSD / "iwmo").glob("*.xsd")))
    assert _differences(pack) == []


def test_a_pack_may_lie_deeper_and_hold_both_standards(tmp_path: Path) -> None:
    shutil.copytree(XSD, tmp_path / "pack" / "release" / "2.1")
    found = xml_schemas.with_spec_pack(tmp_path / "pack")
    kinds = [kind for kind in catalogue().messages.values() if kind.root]
    assert {kind.namespace for kind in kinds} <= found.official


# A golden WMO305 with one thing in it that the pack forbids, or that only the pack allows.
VALIDATED = {
    "an order that the pack has not": (
        *("two elements in another order", "", ""),
        ("XML-STRUCTURE", "/Bericht/Clienten/Client[1]/Geboortedatum"),
    ),
    "a value that the pack forbids": (
        *("a pattern", "<wmo305:Bsn>999933863", "<wmo305:Bsn>099933863"),
        ("XML-VALUE", "/Bericht/Clienten/Client[1]/Bsn"),
    ),
    "a code that the pack has not": (
        *("a code that is taken away", "Aanlevering>3<", "Aanlevering>9<"),
        ("XML-VALUE", "/Bericht/Clienten/Client[2]/StatusAanlevering"),
    ),
    "an element that the pack has not": (
        *("an element that is taken away", "", ""),
        ("XML-STRUCTURE", "/Bericht/Clienten/Client[1]/Geslacht"),
    ),
}


@pytest.mark.parametrize("what", VALIDATED)
def test_a_message_is_validated_by_the_pack_with_evidence_a(tmp_path: Path, what: str) -> None:
    change, old, new, (code, path) = VALIDATED[what]
    pack = _pack(tmp_path)
    _change(pack / CHANGES[change][0], *CHANGES[change][1:3])
    data = _golden(old, new)
    assert xml_read.read(data).faults == []
    faults = xml_read.read(data, xml_schemas.with_spec_pack(pack)).faults
    assert (faults[0].code, str(faults[0].xml).partition(",")[0]) == (code, path)
    assert {fault.evidence for fault in faults} == {"A"}


def test_what_only_the_pack_allows_is_valid_by_the_pack(tmp_path: Path) -> None:
    pack = _pack(tmp_path)
    _change(pack / "basisschema.xsd", *CHANGES["a code that is added"][1:3])
    data = _golden("Geslacht>1<", "Geslacht>9<")
    assert [fault.code for fault in xml_read.read(data).faults] == ["XML-VALUE"]
    assert xml_read.read(data, xml_schemas.with_spec_pack(pack)).faults == []


def test_a_type_that_the_pack_lacks_is_validated_by_the_projects_own(tmp_path: Path) -> None:
    schemas = xml_schemas.with_spec_pack(_pack(tmp_path))
    text = (GOLDEN / "JW305.xml").read_text(encoding="utf-8")
    assert xml_read.read(text.encode(), schemas).faults == []
    broken = text.replace("<jw305:Geslacht>", "<jw305:Geslacht>x", 1)
    (fault,) = xml_read.read(broken.encode(), schemas).faults
    # The JW305 schema is known from the schema of an adjacent release: grade C.
    assert (fault.code, fault.evidence) == ("XML-VALUE", "C")


def _no_folder(pack: Path) -> None:
    shutil.rmtree(pack)


def _empty(pack: Path) -> None:
    for path in pack.iterdir():
        path.unlink()


def _junk(pack: Path) -> None:
    (pack / "notes.xsd").write_bytes(b"\x00\x01 this is no XML <")


def _not_a_schema(pack: Path) -> None:
    (pack / "message.xsd").write_text("<Bericht/>", encoding="utf-8")


def _only_others(pack: Path) -> None:
    _empty(pack)
    text = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x"/>'
    (pack / "other.xsd").write_text(text, encoding="utf-8")


def _only_text(pack: Path) -> None:
    _empty(pack)
    (pack / "readme.txt").write_text("The schemas come later.", encoding="utf-8")


@pytest.mark.parametrize(
    "spoil", [_no_folder, _empty, _junk, _not_a_schema, _only_others, _only_text]
)
def test_a_folder_that_is_no_pack_is_refused_with_advice(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    pack = _pack(tmp_path)
    spoil(pack)
    for use in (xml_schemas.with_spec_pack, lambda folder: list(xsd_diff.diff(folder))):
        with pytest.raises(UsageError) as error:
            use(pack)
        assert error.value.code == "USE-SPEC-PACK"
        assert str(pack) in error.value.where
        assert error.value.do


def test_files_that_are_no_schemas_by_name_do_not_matter(tmp_path: Path) -> None:
    pack = _pack(tmp_path)
    (pack / "LEESMIJ.pdf").write_bytes(b"%PDF-1.4 \x00\xff")
    assert _differences(pack) == []


# What is a schema by its root, and not one that can be used.
UNUSABLE = {
    "an unknown type": ("wmo305.xsd", "iwmo:LDT_Geslacht", "iwmo:LDT_Sekse"),
    "a facet that is no number": ("basisschema.xsd", 'maxLength value="10"', 'maxLength value="x"'),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_pack_with_a_schema_that_cannot_be_used_is_refused(tmp_path: Path, what: str) -> None:
    pack = _pack(tmp_path)
    _change(pack / UNUSABLE[what][0], *UNUSABLE[what][1:])
    _refused(pack)


def test_a_pack_without_its_base_schema_is_refused(tmp_path: Path) -> None:
    _refused(_pack(tmp_path, "wmo305.xsd"))


def _refused(pack: Path) -> None:
    """Both the differences and a validation name the schema that cannot be used."""
    with pytest.raises(UsageError) as by_difference:
        _differences(pack)
    with pytest.raises(IkeurError) as by_validation:
        xml_read.read(_golden(), xml_schemas.with_spec_pack(pack))
    for error in (by_difference.value, by_validation.value):
        assert error.code in ("USE-SPEC-PACK", "USE-SCHEMA")
        assert error.where == str(pack / "wmo305.xsd")
