"""A second converter that is right, written in another way: two stylesheets and slices of text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from tests.suts.second.checks import check_records, check_xml
from tests.suts.second.records import records_of, text_of
from tests.suts.second.tables import Element, Type, kept_as_20, types

_FOLDER = Path(__file__).parent


class Refused(Exception):
    """What cannot be converted, with the reason."""


@cache
def _stylesheet(name: str) -> etree.XSLT:
    return etree.XSLT(etree.parse(_FOLDER / name))


def _type_of_20(text: str) -> Type:
    code, release = text[2:5], text[5:9]
    if code in kept_as_20():
        raise Refused(f"messages with code {code} stay as they are")
    for item in types().values():
        if code in item.row["berichtcode"].split("|") and release == "0200":
            return item
    raise Refused(f"no message of 2.0: it starts with {text[:9]!r}")


def _type_of_21(root: Element) -> Type:
    space = etree.QName(root).namespace
    for item in types().values():
        if item.layout[0].get("ns") == space:
            return item
    raise Refused(f"no message of 2.1: its namespace is {space}")


def _transformed(name: str, layout: Element, message: Element) -> Element:
    """What a stylesheet makes of a message beside the layout of its type."""
    job = etree.Element("job")
    job.append(message)
    job.append(layout)
    try:
        return _stylesheet(name)(job).getroot()
    except etree.XSLTApplyError as error:
        raise Refused(str(error).strip()) from None


def _to_21(data: bytes) -> bytes:
    text = data.decode("iso-8859-1")
    kind = _type_of_20(text)
    try:
        check_records(kind, text)
        records = records_of(kind, text)
        root = _transformed("to_21.xsl", kind.layout, records)
        check_xml(root)
    except ValueError as error:
        raise Refused(str(error)) from None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _parsed(data: bytes) -> Element:
    """The root of a document in UTF-8 without anything before it."""
    try:
        data.decode("utf-8")
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (UnicodeDecodeError, etree.XMLSyntaxError) as error:
        raise Refused(f"no XML: {error}") from None
    about = root.getroottree().docinfo
    if about.internalDTD is not None:
        raise Refused("a document type")
    if data[:1] != b"<" or (about.encoding or "UTF-8").upper() != "UTF-8":
        raise Refused(f"not in UTF-8 alone: {about.encoding}")
    return root


def _to_20(data: bytes) -> bytes:
    root = _parsed(data)
    kind = _type_of_21(root)
    message = etree.Element("message")
    try:
        check_xml(root)
        message.append(root)
        text = text_of(kind, _transformed("to_20.xsl", kind.layout, message))
        check_records(kind, text)
        return text.encode("iso-8859-1")
    except ValueError as error:
        raise Refused(str(error)) from None


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from one release to the other; raises Refused."""
    return _to_21(data) if source == "2.0" else _to_20(data)
