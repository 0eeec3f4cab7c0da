"""The stages of the pipeline, over all converted types, and the anchor they are measured by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from generators.content.content import Content
from generators.content.sides import SOURCE_20, SOURCE_21
from generators.message import generate
from generators.prebuilt.prefab_pools import Pool, root_pool
from generators.prebuilt.write import written
from generators.values.specs import BOTH
from harness.cases.specimen import Specimen
from harness.reference.to_20 import tree_20
from harness.reference.to_21 import message_21
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.message.parse_xml import parse, parse_schema
from schemas.reading import Reading
from schemas.rules.evaluate import RuleJudge
from schemas.xml import read as xml_read
from schemas.xml.validators import own

SEED = 1
PER_TYPE = 40
ROUNDS = 9
# So many messages fill the pools of prefabs, as the first seconds of any long run do.
WARM_UP = 1500


@dataclass(frozen=True)
class Prepared:
    """One message at every stage, so that each stage can be measured alone."""

    message: MessageType
    index: int
    content: Content
    ei: bytes
    read: Reading
    output: bytes
    tree: Node
    # Held, so that the pools of all types stay warm.
    pool: Pool

    def specimen(self) -> Specimen:
        """The specimen of which the content is known."""
        specimen = Specimen(self.message, SEED, self.index)
        specimen.content = self.content
        return specimen


def messages() -> list[MessageType]:
    """The converted types."""
    return [message for message in catalogue().messages.values() if message.convertible]


def prepare(message: MessageType, index: int) -> Prepared:
    """A message taken through all stages once."""
    content = generate(message, SEED, index)
    ei = written(message, content, SOURCE_20)
    read = ei_read.read(ei)
    assert not read.faults
    output = message_21(read)
    parsed = parse(output).root
    assert parsed is not None
    tree = xml_read.tree(message, parsed)
    pool = root_pool(message.name, BOTH)
    return Prepared(message, index, content, ei, read, output, tree, pool)


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
    assert _compiled(item.message.namespace).validate(etree.fromstring(item.output))


@cache
def _compiled(namespace: str) -> etree.XMLSchema:
    """A schema that is compiled once, whatever the product keeps."""
    return parse_schema(str(own().files[namespace]))


def validate(item: Prepared) -> None:
    """Read the output: by the pattern of its type, or by a schema that was compiled once."""
    assert not xml_read.read(item.output).faults


def compare(item: Prepared) -> None:
    """Every tag and text of the output against the expected ones, as the convert suite does."""
    assert item.specimen().says_expected(item.output, "2.1")


def rules_20(item: Prepared) -> None:
    """Judge the 2.0 message, once it is read."""
    assert item.read.root
    assert not RuleJudge().broken(item.message, item.read.root, "2.0")


def rules_21(item: Prepared) -> None:
    """Judge the 2.1 message, once it is accepted: what the rules name is picked out of its text."""
    reading = Reading(item.message, make=xml_read.tree, unparsed=item.output)
    assert not RuleJudge().faults(reading, "2.1")


def read_xml(item: Prepared) -> None:
    """Validate the output, and make the tree of it."""
    reading = xml_read.read(item.output)
    assert not reading.faults
    assert reading.root


# What is measured message by message; the reports are of a whole run.
STAGES: dict[str, Callable[[Prepared], object]] = {
    "generate": lambda item: generate(item.message, SEED, item.index),
    "write EI": lambda item: written(item.message, item.content, SOURCE_20),
    "write XML": lambda item: written(item.message, item.content, SOURCE_21),
    "read EI": lambda item: ei_read.read(item.ei),
    "read XML": read_xml,
    "convert 2.0 to 2.1": lambda item: message_21(item.read),
    "convert 2.1 to 2.0": lambda item: ei_write.write(
        item.message, tree_20(item.message, item.tree)
    ),
    "validate": validate,
    "compare": compare,
    "rules 2.0": rules_20,
    "rules 2.1": rules_21,
}


def pipeline(items: Sequence[Prepared]) -> None:
    """All stages one after the other, each over all the messages, with what the last one gave."""
    specimens = [Specimen(item.message, SEED, item.index) for item in items]
    for specimen in specimens:
        assert specimen.content
    sources = [written(item.message, item.content, SOURCE_20) for item in specimens]
    readings = [ei_read.read(source) for source in sources]
    outputs = [
        message_21(reading) for reading in readings if reading.message and not reading.faults
    ]
    answers = [xml_read.read(output) for output in outputs]
    for specimen, output, answer in zip(specimens, outputs, answers, strict=True):
        assert not answer.faults
        assert answer.message is specimen.message
        assert specimen.says_expected(output, "2.1")
