"""A golden 2.1 message to be broken in one place."""

from __future__ import annotations

from lxml import etree

from schemas.reading import Reading
from tests.paths import GOLDEN


def golden(name: str = "WMO305") -> str:
    return (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")


def changed(old: str, new: str, name: str = "WMO305") -> str:
    """A golden message with another text for the first of its kind."""
    text = golden(name)
    assert old in text
    return text.replace(old, new, 1)


def places(reading: Reading) -> list[tuple[str, str]]:
    """The faults of a reading: their codes, and their paths without the line."""
    found = []
    for fault in reading.faults:
        assert fault.xml is not None
        found.append((fault.code, fault.xml.path))
    return found


def said(data: bytes) -> list[tuple[str, str]]:
    """What a document says: every tag with its text, in order, whatever the prefixes and blanks."""
    return [(str(item.tag), (item.text or "").strip()) for item in etree.fromstring(data).iter()]
