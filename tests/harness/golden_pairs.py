"""The golden pairs: in the place of generated messages, and as what each side must make of them."""

from __future__ import annotations

from lxml import etree

from generators.content.sides import EXPECTED
from generators.expected.conversion import conversion
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import differences, without
from harness.reference import converter as reference
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import filled_keys
from schemas.message.node import Node
from schemas.releases.read_write import read
from tests.paths import GOLDEN

SUFFIX = {"2.0": ".ei", "2.1": ".xml"}
OTHER = {"2.0": "2.1", "2.1": "2.0"}
# The elements of 2.1 that are numbers, so that 07 and 7 are the same.
NUMBERS = {
    "Bedrag", "BerichtSubversie", "BerichtVersie", "BeschikkingNummer", "BtwPercentage",
    "Categorie", "Eenheid", "GeleverdVolume", "Huisnummer", "ProductCategorie", "ProductTarief",
    "TotaalBedrag", "ToewijzingNummer", "Verrekenpercentage", "Volgorde", "Volume",
}  # fmt: skip

Outline = list[tuple[int, str, str | int]]


def specimen_of(name: str) -> Specimen:
    """The golden pair in the place of a generated message."""
    message = catalogue().one(name)
    specimen = Specimen(message, 1, 0)
    ei, xml = ((GOLDEN / f"{name}{suffix}").read_bytes() for suffix in (".ei", ".xml"))
    trees = {"2.0": _root(ei, "2.0"), "2.1": _root(xml, "2.1")}
    specimen.sources = {"2.0": ei, "2.1": xml}
    specimen.trees = trees
    specimen.expected = trees | {"2.1": without(trees["2.1"], filled_keys(message.name))}
    return specimen


def outline(data: bytes) -> Outline:
    """Each element in document order: its depth, its tag with the namespace, and its value."""
    found: Outline = []

    def walk(element: etree._Element, depth: int) -> None:
        assert not element.attrib, "no element of 2.1 has an attribute"
        name = etree.QName(element).localname
        text = element.text or ""
        if len(element):
            assert not text.strip(), f"text between the elements of {name}"
            text = ""
        value = int(text) if name in NUMBERS else text
        found.append((depth, str(element.tag), value))
        for child in element:
            assert not (child.tail or "").strip(), f"text behind {child.tag!r}"
            walk(child, depth + 1)

    walk(etree.fromstring(data), 0)
    return found


def golden(stem: str, release: str) -> bytes:
    """A golden message of a release."""
    return (GOLDEN / f"{stem}{SUFFIX[release]}").read_bytes()


def is_converted(stem: str, source: str) -> bool:
    """Whether the reference makes one message of a golden pair of the other.

    One that stands alone must be refused.
    """
    target = OTHER[source]
    try:
        made = reference.convert(golden(stem, source), source, target)
    except Refused:
        return _is_alone(stem, target)
    if _is_alone(stem, target):
        return False
    wanted = golden(stem, target)
    return made == wanted if target == "2.0" else outline(made) == outline(wanted)


def is_expected(stem: str, source: str) -> bool:
    """Whether the oracle says that one message of a golden pair must become the other, likewise."""
    target = OTHER[source]
    message = read(golden(stem, source), source).message
    assert message is not None
    try:
        made = conversion(message, _root(golden(stem, source), source), source)
    except Refused:
        return _is_alone(stem, target)
    if _is_alone(stem, target):
        return False
    free = filled_keys(message.name) if target == "2.1" else {}
    wanted = without(_root(golden(stem, target), target), free)
    return not list(differences(wanted, made.node(EXPECTED[target])))


def _is_alone(stem: str, target: str) -> bool:
    return not (GOLDEN / f"{stem}{SUFFIX[target]}").exists()


def _root(data: bytes, release: str) -> Node:
    reading = read(data, release)
    assert reading.root is not None
    assert not reading.faults
    return reading.root
