"""Reads the header of a 2.1 message from the elements at its start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.header.header import HeaderReading, cut_off, header_of
from schemas.header.locations import KEY, places
from schemas.message.fault import Fault, XmlAddress
from schemas.message.parse_xml import parse_start
from schemas.xml.layout import Group, Leaf, layout, leaves
from schemas.xml.read import message_type

_HEADER = "Header"
_SHOWN = 100
_END = re.compile(rb"</(?:[^<>/:\s]+:)?Bericht\s*>")


@dataclass(frozen=True, slots=True)
class _Path:
    role: str
    leaf: Leaf
    tags: str


@cache
def _paths(name: str) -> tuple[_Path, ...]:
    """Return the path of each header value below the Header element, in ElementTree notation."""
    found = []
    for item in places(name, "2.1"):
        group, tags = layout(name), []
        for step in item.key.split("/"):
            member = next(each for each in group.members if each.element.name == step)
            tags.append(member.tag)
            if isinstance(member, Group):
                group = member
        found.append(_Path(item.role, leaves(name)[HEADER][item.key], "/".join(tags[1:])))
    return tuple(found)


def read(start: bytes, end: bytes) -> HeaderReading:
    """Read the header of a message from its first and last bytes; never raises on bad input."""
    parsed, header = parse_start(start, _HEADER)
    # In UTF-16 each letter of the tag comes with a zero byte.
    is_whole = bool(_END.search(end.replace(b"\0", b"")))
    if parsed.root is None:
        is_cut = not is_whole and parsed.faults[0].code == "XML-EMPTY"
        return HeaderReading(None, (cut_off(""),) if is_cut else parsed.faults)
    message, faults = message_type(parsed.root)
    if message is None or faults:
        return HeaderReading(None, faults)
    if header is None:
        address = XmlAddress(f"/Bericht/{_HEADER}")
        missing = Fault("FILE-HEADER", "", _HEADER, xml=address) if is_whole else cut_off("")
        return HeaderReading(None, (missing,))
    values, found = _values(message, header)
    if not values.keys() >= set(KEY):
        return HeaderReading(None, found)
    if not is_whole:
        found.append(cut_off(""))
    return HeaderReading(header_of(message, "2.1", values), found)


def _values(message: MessageType, header: etree._Element) -> tuple[dict[str, str], list[Fault]]:
    """Return the valid values of a header by role, and the faults of the others."""
    values, faults = {}, []
    for item in _paths(message.name):
        element, text = item.leaf.element, header.findtext(item.tags)
        address = XmlAddress(f"/Bericht/{element.path}", header.sourceline or 0)
        if text is not None and item.leaf.normalise is not None:
            text = item.leaf.normalise(text)
        if text is None:
            faults.append(Fault("XML-STRUCTURE", "", element.path, xml=address))
        elif not element.accepts(text):
            shown = text[:_SHOWN]
            faults.append(Fault("XML-VALUE", shown, xml=address, evidence=element.evidence))
        else:
            values[item.role] = text.strip(" ")
    return values, faults
