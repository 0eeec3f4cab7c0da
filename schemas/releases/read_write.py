"""Reads and writes messages of either release, and loads what does when a message needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.reading import Reading

if TYPE_CHECKING:
    from schemas.xml.validators import SchemaSet


def read(data: bytes, release: str, schemas: SchemaSet | None = None) -> Reading:
    """Read a message of a release; `schemas` are the XSDs to validate 2.1 by."""
    if release == "2.0":
        from schemas.ei import read as ei_read

        return ei_read.read(data)
    from schemas.xml import read as xml_read

    return xml_read.read(data, schemas)


def write(message: MessageType, root: Node, release: str) -> bytes:
    """Return a message of a release as bytes; raises Refused if a value does not fit."""
    if release == "2.0":
        from schemas.ei import write as ei_write

        return ei_write.write(message, root)
    from schemas.xml import write as xml_write

    return xml_write.write(message, root)
