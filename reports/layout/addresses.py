"""The addresses of fields and elements in a layout: the anchor, and the command that shows it."""

from __future__ import annotations

import re

from reports.events.events import Finding
from reports.events.finding_place import without_places
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.message.fault import EiAddress, XmlAddress

PAGE = "layout.html"
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")


def field_anchor(message: str, field: Field) -> str:
    """The anchor of a field, such as `WMO305-2.0-07-EENHEID`.

    Reserved fields of a record share their name, and are told apart by their first column.
    """
    name = _NO_WORD.sub("-", field.name).strip("-")
    column = f"-{field.start}" if field.rule.role == "reserve" else ""
    return f"{record_anchor(message, field.record)}-{name}{column}"


def record_anchor(message: str, record: str) -> str:
    """The anchor of a record, such as `WMO305-2.0-07`."""
    return f"{message}-2.0-{record}"


def element_anchor(message: str, path: str) -> str:
    """The anchor of an element, such as `WMO305-2.1-Clienten/Client/Bsn`."""
    return f"{message}-2.1-{path}"


def command(message: str, ei: EiAddress | None, xml: XmlAddress | None) -> str:
    """The command that shows the place of a finding; empty if it has none."""
    known = catalogue().messages.get(message)
    if known is None or not (ei or xml):
        return ""
    record = ei.record if ei and ei.record in known.records else ""
    if not record and xml:
        record = record_of(known, _path(known, xml))
    # Both releases are shown where both are meant, or where there is but one.
    is_one = known.root is not None and not (ei and xml)
    release = f" --release {'2.0' if ei else '2.1'}" if is_one else ""
    return f"ikeur layout {message}{release}{f' --record {record}' if record else ''}"


def command_for(finding: Finding) -> str:
    """The command that shows the place of a finding of a run; empty if it has none."""
    return command(finding.message, finding.ei, finding.xml)


def link(finding: Finding) -> str:
    """The anchor of a finding's field, element or record in the page; empty if it has none."""
    known = catalogue().messages.get(finding.message)
    if known is None:
        return ""
    ei, xml = finding.ei, finding.xml
    if ei and ei.record in known.records:
        fields = known.records[ei.record].fields
        named = [item for item in fields if item.name == ei.field]
        at = [item for item in named if item.start == ei.start] or named
        return field_anchor(known.name, at[0]) if at else record_anchor(known.name, ei.record)
    path = _path(known, xml) if xml else ""
    return element_anchor(known.name, path) if path else known.name if ei or xml else ""


def record_of(message: MessageType, path: str) -> str:
    """The record whose class holds an element; empty if it is in none."""
    if path.partition("/")[0] == "Header":
        return HEADER
    classes = [
        (container, record.code)
        for record in message.records.values()
        for container in (record.container, record.keyed_container)
        if container and f"{path}/".startswith(f"{container}/")
    ]
    return max(classes, default=("", ""), key=lambda item: len(item[0]))[1]


def in_record(message: MessageType, path: str, record: str) -> bool:
    """Whether an element belongs to a record; both the first and the last have the header."""
    own = record_of(message, path)
    if record in (HEADER, TRAILER):
        return own == HEADER
    return own == record


def _path(message: MessageType, xml: XmlAddress) -> str:
    """The path of the nearest known element, from below the root; empty for the root."""
    path = without_places(xml.path).strip("/").partition("/")[2]
    while path and path not in message.elements:
        path = path.rpartition("/")[0]
    return path
