"""The project's XSDs: built from the tables, and taken by every tool that people use."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from schemas.xml import xsd_build
from tests.paths import GOLDEN
from tests.schemas.ei_edit import CONVERTED
from tests.schemas.tables_edit import OWN, rows, stems

XSD = OWN.parent / "xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
MESSAGES = [name for name in stems("xml21") if not name.endswith("_types")]


def _standard(name: str) -> str:
    return "iwmo" if name.startswith("WMO") else "ijw"


def _path(name: str) -> Path:
    return XSD / _standard(name) / f"{name.lower()}.xsd"


def test_the_schemas_are_those_that_the_tables_give() -> None:
    built = xsd_build.build()
    found = {str(path.relative_to(XSD)): path for path in XSD.rglob("*") if path.is_file()}
    assert set(found) == set(built)
    for name, path in found.items():
        assert path.read_text(encoding="utf-8") == built[name], name


def test_there_is_a_schema_for_every_message_of_2_1_and_one_base_for_each_standard() -> None:
    expected = {_path(name) for name in MESSAGES}
    expected |= {XSD / standard / "basisschema.xsd" for standard in ("iwmo", "ijw")}
    assert set(XSD.rglob("*.xsd")) == expected
    assert len(MESSAGES) == 20


@pytest.mark.parametrize("name", MESSAGES)
def test_the_namespaces_are_the_published_ones(name: str) -> None:
    standard = _standard(name)
    start = f"http://www.istandaarden.nl/{standard}/2_1"
    root = etree.parse(_path(name)).getroot()
    assert root.get("targetNamespace") == f"{start}/{name.lower()}/schema/2_1"
    (imported,) = root.iterfind(f"{XS}import")
    assert imported.get("namespace") == f"{start}/basisschema/schema/2_1"
    base = etree.parse(_path(name).with_name("basisschema.xsd")).getroot()
    assert base.get("targetNamespace") == f"{start}/basisschema/schema/2_1"
    assert (root.get("elementFormDefault"), base.get("elementFormDefault")) == ("qualified",) * 2


@pytest.mark.parametrize("name", CONVERTED)
def test_the_schemas_and_golden_messages_are_good_for_lxml(name: str) -> None:
    schema = etree.XMLSchema(etree.parse(_path(name)))
    schema.assertValid(etree.parse(GOLDEN / f"{name}.xml"))


@pytest.mark.parametrize("name", CONVERTED)
def test_the_schemas_and_golden_messages_are_good_for_xmlschema(name: str) -> None:
    schema = xmlschema.XMLSchema(str(_path(name)), allow="local")
    assert schema.is_valid(str(GOLDEN / f"{name}.xml"))


@pytest.mark.parametrize("name", CONVERTED)
def test_the_schemas_and_golden_messages_are_good_for_xmllint(name: str, xmllint: str) -> None:
    command = [
        xmllint,
        "--noout",
        "--nonet",
        "--schema",
        str(_path(name)),
        str(GOLDEN / f"{name}.xml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("validates\n")


def _tables(name: str) -> list[tuple[str, str, str, str]]:
    """Path, cardinality, simple type and own pattern of each element, in order."""
    shared: dict[str, list[dict[str, str]]] = {}
    for row in rows("xml21/complex_types"):
        shared.setdefault(row["type"], []).append(row)
    found: list[tuple[str, str, str, str]] = []

    def add(path: str, row: dict[str, str], kind: str) -> None:
        simple = "" if kind in shared else kind
        found.append((path, f"{row['min']}..{row['max']}", simple, row["fixed_pattern"]))
        for child in shared.get(kind, ()):
            add(f"{path}/{child['element']}", child, child["element_type"])

    for row in rows(f"xml21/{name}"):
        add(row["path"], row, row["type"])
    # A message table lists a group right before what is in it, so that rows are in document order.
    return found


def _schema(name: str) -> list[tuple[str, str, str, str]]:
    """The same as the tables say, read from the XSD with a plain XML parser."""
    root = etree.parse(_path(name)).getroot()
    base = etree.parse(_path(name).with_name("basisschema.xsd")).getroot()
    shared = {item.get("name"): item for item in base.iterfind(f"{XS}complexType")}
    found: list[tuple[str, str, str, str]] = []

    def walk(element: etree._Element, path: str) -> None:
        high = element.get("maxOccurs", "1").replace("unbounded", "*")
        kind = element.get("type", "").partition(":")[2]
        inner = shared.get(kind)
        if inner is None:
            inner = element.find(f"{XS}complexType")
        restriction = element.find(f"{XS}simpleType/{XS}restriction")
        pattern = ""
        if restriction is not None:
            kind = restriction.get("base", "").partition(":")[2]
            own = restriction.find(f"{XS}pattern")
            pattern = "" if own is None else own.get("value", "")
        simple = "" if inner is not None else kind
        if path:
            found.append((path, f"{element.get('minOccurs', '1')}..{high}", simple, pattern))
        if inner is not None:
            for child in inner.iterfind(f"{XS}sequence/{XS}element"):
                walk(child, f"{path}/{child.get('name')}".lstrip("/"))

    (bericht,) = root.iterfind(f"{XS}element")
    assert bericht.get("name") == "Bericht"
    walk(bericht, "")
    return found


@pytest.mark.parametrize("name", MESSAGES)
def test_elements_order_cardinality_types_and_patterns_are_those_of_the_tables(name: str) -> None:
    assert _schema(name) == _tables(name)


@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_the_facets_of_every_simple_type_are_those_of_the_table(standard: str) -> None:
    base = etree.parse(XSD / standard / "basisschema.xsd").getroot()
    table = {row["type"]: row for row in rows("xml21/simple_types")}
    for kind in base.iterfind(f"{XS}simpleType"):
        row = table[kind.get("name", "")]
        restriction = kind.find(f"{XS}restriction")
        assert restriction is not None
        assert restriction.get("base") == f"xs:{row['base']}"
        facets = {
            str(item.tag).removeprefix(XS): item.get("value")
            for item in restriction
            if item.tag != f"{XS}enumeration"
        }
        columns = ("pattern", "minLength", "maxLength", "minInclusive", "maxInclusive")
        assert facets == {column: row[column] for column in columns if row[column]}


def test_a_btw_percentage_has_room_for_four_digits() -> None:
    (row,) = [r for r in rows("xml21/complex_types") if r["highest_value"]]
    assert (row["element"], row["highest_value"]) == ("BtwPercentage", "9999")
    for standard in ("iwmo", "ijw"):
        base = etree.parse(XSD / standard / "basisschema.xsd").getroot()
        (element,) = base.iterfind(f".//{XS}element[@name='BtwPercentage']")
        (facet,) = element.iter(f"{XS}maxInclusive")
        assert facet.get("value") == "9999"
