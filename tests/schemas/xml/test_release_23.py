"""The official schemas of 2.3 through the code of `--spec-pack`, and the published examples of 2.3.

Nothing of these schemas or examples is the project's own, so that they are another opinion on what
loads a schema, says which elements a message has, and names the element that is wrong.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from schemas.facts.catalogue import catalogue
from schemas.message.fault import Fault
from schemas.xml import xsd_diff
from schemas.xml.validators import SchemaSet
from tests.schemas.ei_edit import CONVERTED

PRESTATIE = "Clienten/Client/Prestaties/Prestatie"
# By number: an element, what it says then (None: it is not there), and where that is wrong.
CHANGED: dict[str, tuple[str, str | None, str]] = {
    "301": ("Client/Relaties/Relatie/Contact/Adres/Huis/Huisnummer", "100000", ""),
    "302": ("Header/DagtekeningRetour", "2018-02-30", ""),
    "303": (f"{PRESTATIE}/IngediendeBedragPrestatie/BtwPercentage", "10000", ""),
    "304": ("Header/RetourBedragen/ToegekendTotaalBedrag/DebetCredit", "d", ""),
    "305": ("Client/Geslacht", None, "Client/Naam"),
    "306": ("Header/IdentificatieRetour", "1234567890123", ""),
    "307": ("Client/StopProducten/StopProduct/RedenBeeindiging", "99", ""),
    "308": ("Header/BerichtIdentificatie/Dagtekening", None, "Header/BerichtIdentificatie"),
    "315": ("Client/AangevraagdeProducten/AangevraagdProduct/Verwijzer/Type", "09", ""),
    "316": ("Header/Ontvanger", "38", ""),
}


def _schema(published: Path, name: str) -> Path:
    return published / "xsd23" / _standard(name) / f"{name}.xsd"


def _standard(name: str) -> str:
    return "iwmo" if name.startswith("WMO") else "ijw"


def _example(published: Path, name: str) -> etree._Element:
    return etree.parse(published / "examples23" / _standard(name) / f"{name}.xml").getroot()


def _faults(published: Path, name: str, root: etree._Element) -> list[Fault]:
    """What the code of a spec pack finds wrong in a message of 2.3."""
    message = catalogue().one(name)
    space = message.namespace
    schemas = SchemaSet({space: _schema(published, name)}, frozenset([space]))
    return schemas.faults(message, root, etree.tostring(root))


def _path(root: etree._Element, path: str) -> etree._Element:
    found = root.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    assert found is not None, path
    return found


def _plain(path: str) -> str:
    """A path without its root, namespaces and places."""
    return re.sub(r"\{[^}]*\}|\[[0-9]+\]|[a-z0-9]+:", "", path).removeprefix("/Bericht/")


def _changed(published: Path, name: str) -> etree._Element:
    path, text, _ = CHANGED[name[-3:]]
    root = _example(published, name)
    element = _path(root, path)
    if text is None:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    else:
        assert element.text != text
        element.text = text
    return root


@pytest.mark.parametrize("name", CONVERTED)
def test_the_elements_of_an_example_are_those_of_its_official_schema(
    published: Path, name: str
) -> None:
    tables = xsd_diff.elements(_schema(published, name))
    root = _example(published, name)
    tree = root.getroottree()
    found = {_plain(tree.getpath(item)) for item in root.iter(etree.Element) if item is not root}
    assert len(found) > 8
    assert {f"/{path}" for path in found} <= set(tables)


@pytest.mark.parametrize("name", CONVERTED)
def test_a_published_example_is_valid_by_its_official_schema(published: Path, name: str) -> None:
    assert _faults(published, name, _example(published, name)) == []


@pytest.mark.parametrize("name", CONVERTED)
def test_an_example_with_one_change_is_wrong_at_that_element(published: Path, name: str) -> None:
    path, _, where = CHANGED[name[-3:]]
    (fault,) = _faults(published, name, _changed(published, name))
    assert fault.xml is not None
    assert _plain(fault.xml.path) == (where or path)
    assert fault.evidence == "A"


@pytest.mark.parametrize("name", CONVERTED)
def test_xmlschema_finds_the_same_element_wrong(published: Path, name: str) -> None:
    path, text, _ = CHANGED[name[-3:]]
    schema = xmlschema.XMLSchema(str(_schema(published, name)), allow="local")
    assert schema.is_valid(etree.tostring(_example(published, name)))
    errors = schema.iter_errors(etree.tostring(_changed(published, name)))
    wrong = {_plain(error.path or "") for error in errors}
    # It names what an element is missing from, and not what stands in its place.
    assert wrong == {path if text is not None else path.rpartition("/")[0]}
