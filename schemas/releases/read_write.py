"""Reads and writes messages of either release."""

from __future__ import annotations

from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.xml import read as xml_read
from schemas.xml import write as xml_write
from schemas.xml.validators import SchemaSet


def read(data: bytes, release: str, schemas: SchemaSet | None = None) -> Reading:
    """Read a message of a release; `schemas` are the XSDs to validate 2.1 by."""
    return ei_read.read(data) if release == "2.0" else xml_read.read(data, schemas)


def write(message: MessageType, root: Node, release: str) -> bytes:
    """Return a message of a release as bytes; raises Refused if a value does not fit."""
    return ei_write.write(message, root) if release == "2.0" else xml_write.write(message, root)
