"""Converters that are right, each with notations of its own: none of them may get a finding."""

from __future__ import annotations

import re

from lxml import etree

from harness.reference.converter import convert
from schemas.errors import Refused

__all__ = [
    "Refused",
    "convert",
    "convert_in_ascii",
    "convert_in_other_words",
    "convert_with_empty_groups",
    "convert_with_fractions_of_zero",
    "convert_with_leading_zeros",
    "convert_with_other_prefixes",
    "convert_without_layout",
]
_NUMBER = re.compile(rb"(<[a-z0-9]+:(?:Volume|Huisnummer|Volgorde)>)([0-9]{1,2})(</)")
_TIME = re.compile(rb">([0-9]{2}:[0-9]{2}:[0-9]{2})</")
# What may stand with nothing in it: where, behind what, and before what it must stand.
_EMPTY = (
    ("Naam", "Partnernaam", ("Geslachtsnaam",), "NaamGebruik"),
    ("Naam", "Voornamen", ("Geslachtsnaam", "Partnernaam"), ""),
    ("Contact", "Adres", ("Soort",), ""),
    ("Contact", "Periode", ("Soort", "Adres", "Organisatie", "Telefoon", "Emailadres"), ""),
)
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _root(output: bytes) -> etree._Element:
    return etree.fromstring(output, etree.XMLParser(remove_blank_text=True))


def convert_without_layout(data: bytes, source: str, target: str) -> bytes:
    """Writes the XML on one line, without a declaration."""
    output = convert(data, source, target)
    return etree.tostring(_root(output), encoding="UTF-8") if target == "2.1" else output


def convert_with_other_prefixes(data: bytes, source: str, target: str) -> bytes:
    """Writes the namespace of the message as the default one, and that of the base as `b`."""
    output = convert(data, source, target)
    if target != "2.1":
        return output
    root = _root(output)
    own = str(root.tag).rpartition("}")[0].lstrip("{")
    base = next(uri for uri in root.nsmap.values() if uri != own)
    spaces: dict[str | None, str] = {None: own, "b": base}
    renamed = etree.Element(root.tag, nsmap=spaces)
    renamed.set(f"{{{_XSI}}}schemaLocation", f"{own} {root.prefix}.xsd")
    renamed.extend(list(root))
    etree.cleanup_namespaces(renamed, keep_ns_prefixes=["b"])
    return etree.tostring(renamed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def convert_with_leading_zeros(data: bytes, source: str, target: str) -> bytes:
    """Writes whole numbers with zeros in front, which say the same."""
    output = convert(data, source, target)
    return _NUMBER.sub(rb"\g<1>0\g<2>\g<3>", output) if target == "2.1" else output


def convert_in_other_words(data: bytes, source: str, target: str) -> bytes:
    """Writes CR LF, comments, CDATA and numbered characters, which say the same."""
    output = convert(data, source, target)
    if target != "2.1":
        return output
    text = output.decode("utf-8").replace("'", "&#39;").replace("é", "&#xE9;")
    text = re.sub(r"<([a-z0-9]+:Organisatie)>([^<&]*)<", r"<\1><![CDATA[\2]]><", text)
    text = text.replace("?>\n", "?>\n<!-- one message -->\n", 1)
    return text.replace("\n", "\r\n").encode("utf-8")


def convert_in_ascii(data: bytes, source: str, target: str) -> bytes:
    """Writes ASCII, and says so; what else there is as numbered characters."""
    output = convert(data, source, target)
    if target != "2.1":
        return output
    return etree.tostring(etree.fromstring(output), xml_declaration=True, encoding="US-ASCII")


def convert_with_fractions_of_zero(data: bytes, source: str, target: str) -> bytes:
    """Writes times with a part of a second, as .NET may, which is zero."""
    output = convert(data, source, target)
    return _TIME.sub(rb">\g<1>.0000000</", output) if target == "2.1" else output


def convert_with_empty_groups(data: bytes, source: str, target: str) -> bytes:
    """Writes an element for each group that has nothing in it, and for first names."""
    output = convert(data, source, target)
    if target != "2.1":
        return output
    root = _root(output)
    for owner, name, before, only_with in _EMPTY:
        for element in root.iter(f"{{*}}{owner}"):
            _add_empty(element, name, before, only_with)
    return etree.tostring(root, encoding="UTF-8")


def _add_empty(owner: etree._Element, name: str, before: tuple[str, ...], only_with: str) -> None:
    """Add an empty element in its place, where the owner has none and has a place for it."""
    names = [etree.QName(child).localname for child in owner]
    places = [place for place, known in enumerate(names, 1) if known in before]
    if name in names or not places or (only_with and only_with not in names):
        return
    space = etree.QName(owner[0]).namespace
    added = etree.Element(f"{{{space}}}{name}")
    if name == "Partnernaam":
        etree.SubElement(added, f"{{{space}}}Naam")
    owner.insert(places[-1], added)
