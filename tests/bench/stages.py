"""The stages of the pipeline, over all converted types, and the anchor they are measured by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from generators.content import Content, expected_21, source_20, source_21
from generators.message import generate
from harness.compare import without
from harness.exchange import filled_keys
from harness.to_21 import tree_21
from schemas import ei_read, ei_write, xml_write
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.xml_accept import says
from schemas.xml_parse import parse
from schemas.xml_schemas import own

SEED = 1
PER_TYPE = 40
# So many messages fill the pools of shapes, as the first seconds of any long run do.
WARM_UP = 1500


@dataclass(frozen=True)
class Prepared:
    """One message at every stage, so that each stage can be measured alone."""

    message: MessageType
    index: int
    content: Content
    tree_20: Node
    tree_21: Node
    ei: bytes
    xml: bytes
    read: Node
    output: bytes
    parsed: etree._Element


def messages() -> list[MessageType]:
    """The converted types."""
    return [message for message in catalogue().messages.values() if message.convertible]


def prepare(message: MessageType, index: int) -> Prepared:
    """A message taken through all stages once."""
    content = generate(message, SEED, index)
    tree_of_20, tree_of_21 = source_20(content), source_21(content)
    ei = ei_write.write(message, tree_of_20)
    root = ei_read.read(ei).root
    assert root is not None
    output = xml_write.write(message, tree_21(message, root))
    parsed = parse(output).root
    assert parsed is not None
    xml = xml_write.write(message, tree_of_21)
    return Prepared(message, index, content, tree_of_20, tree_of_21, ei, xml, root, output, parsed)


def all_prepared() -> list[Prepared]:
    """Messages of all converted types, with warm pools."""
    found = []
    for message in messages():
        for index in range(PER_TYPE, WARM_UP):
            generate(message, SEED, index)
        found += [prepare(message, index) for index in range(PER_TYPE)]
    return found


def anchor(item: Prepared) -> None:
    """What lxml needs to parse and validate the 2.1 message."""
    assert own().schema(item.message).validate(etree.fromstring(item.xml))


def compare(item: Prepared) -> None:
    """Every tag and text of the output against the expected ones."""
    keys = filled_keys(item.message)
    expected = (
        without(expected_21(item.content), keys)
        if any(keys.values())
        else expected_21(item.content)
    )
    assert says(item.message, item.parsed, expected, keys)


def validate(item: Prepared) -> None:
    """Parse the output and validate it by a schema that was compiled once."""
    root = parse(item.output).root
    assert root is not None
    assert not own().faults(item.message, root)


def pipeline(item: Prepared) -> None:
    """Generate a pair, write and read the EI, convert, validate, compare."""
    message = item.message
    content = generate(message, SEED, item.index)
    ei = ei_write.write(message, source_20(content))
    xml_write.write(message, source_21(content))
    reading = ei_read.read(ei)
    assert reading.root is not None
    assert not reading.faults
    output = xml_write.write(message, tree_21(message, reading.root))
    root = parse(output).root
    assert root is not None
    assert not own().faults(message, root)
    compare(
        Prepared(
            message,
            item.index,
            content,
            item.tree_20,
            item.tree_21,
            ei,
            b"",
            item.read,
            output,
            root,
        )
    )


STAGES: dict[str, Callable[[Prepared], object]] = {
    "generate": lambda item: generate(item.message, SEED, item.index),
    "write EI": lambda item: ei_write.write(item.message, source_20(item.content)),
    "write XML": lambda item: xml_write.write(item.message, source_21(item.content)),
    "read EI": lambda item: ei_read.read(item.ei),
    "convert": lambda item: xml_write.write(item.message, tree_21(item.message, item.read)),
    "validate": validate,
    "compare": compare,
}
