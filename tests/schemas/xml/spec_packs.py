"""Copies of the project's XSDs as if they were official ones, with one change in them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.schemas.tables_edit import OWN

XSD = OWN.parent / "xsd"
CLIENT = "/Clienten/Client"
PRODUCT = f"{CLIENT}/StartProducten/StartProduct"


def make(folder: Path, *files: str) -> Path:
    """A pack with these XSDs of iWmo, or with those of WMO305."""
    pack = folder / "pack"
    pack.mkdir()
    for name in files or ("basisschema.xsd", "wmo305.xsd"):
        shutil.copy(XSD / "iwmo" / name, pack / name)
    return pack


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


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
