"""Messages that were made before, for what is measured of a run besides making and judging."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lxml import etree

from generators.content.sides import EXPECTED_21, SOURCE_20
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import ANY
from schemas.facts.message_types import MessageType
from schemas.message.parse_xml import parse_schema
from schemas.xml.validators import own

SEED = 1
PER_TYPE = 40


@dataclass(frozen=True)
class Prepared:
    """A message in both releases."""

    message: MessageType
    index: int
    ei: bytes
    xml: bytes


def messages() -> list[MessageType]:
    """The converted types."""
    return [message for message in catalogue().messages.values() if message.convertible]


def prepare(message: MessageType, index: int) -> Prepared:
    """A message, and what its conversion to 2.1 must give."""
    content = generate(message, SEED, index)
    xml = written(message, content, EXPECTED_21).replace(ANY.encode(), b"1")
    return Prepared(message, index, written(message, content, SOURCE_20), xml)


def all_prepared() -> list[Prepared]:
    """Messages of all converted types."""
    return [prepare(message, index) for message in messages() for index in range(PER_TYPE)]


def anchor(item: Prepared) -> None:
    """What lxml needs to parse and validate the 2.1 message."""
    _compiled(item.message.namespace).validate(etree.fromstring(item.xml))


@cache
def _compiled(namespace: str) -> etree.XMLSchema:
    """A schema that is compiled once, whatever the product keeps."""
    return parse_schema(str(own().files[namespace]))
