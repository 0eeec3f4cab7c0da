"""Measures each stage over messages that a process meets for the first time, type by type.

`python -m tests.bench.fresh COUNT [TYPE...]` prints the nanoseconds of each stage and type as JSON.
Nothing is warmed up but imports and the catalogue: pools, caches and compiled code begin empty.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from lxml import etree

from generators.content.sides import SOURCE_20, SOURCE_21
from generators.writing.written import written
from harness.cases.specimen import Specimen
from harness.reference.to_20 import tree_20
from harness.reference.to_21 import message_21
from harness.running.settings import BATCH
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.message.parse_xml import parse_schema
from schemas.reading import Reading
from schemas.rules.evaluate import RuleJudge
from schemas.xml import read as xml_read
from schemas.xml.validators import own

SEED = 1
ANCHOR = "anchor"
MAKING = ("generate", "write EI", "write expected")
JUDGING = ("read EI", "convert 2.0 to 2.1", "validate", "compare")
BESIDES = (
    "write XML", "read XML", "convert 2.1 to 2.0", "tree of EI", "rules 2.0", "rules 2.1",
)  # fmt: skip
Times = dict[str, int]
T = TypeVar("T")


class _Clock:
    """The processor time of the stages of one type."""

    def __init__(self) -> None:
        self.times: Times = defaultdict(int)

    def each(self, stage: str, do: Callable[[int], T]) -> list[T]:
        """What a stage gives for each message of a batch, by its place."""
        begin = time.process_time_ns()
        found = [do(place) for place in range(BATCH)]
        self.times[stage] += time.process_time_ns() - begin
        return found


def _batch(clock: _Clock, message: MessageType, schema: etree.XMLSchema, start: int) -> None:
    """Take a batch through all stages, as a run does, with the anchor on the same messages."""
    specimens = [Specimen(message, SEED, start + place) for place in range(BATCH)]
    clock.each("generate", lambda n: specimens[n].content)
    ei = clock.each("write EI", lambda n: written(message, specimens[n].content, SOURCE_20))
    clock.each("write expected", lambda n: specimens[n].expected_bytes("2.1"))
    readings = clock.each("read EI", lambda n: ei_read.read(ei[n]))
    outputs = clock.each("convert 2.0 to 2.1", lambda n: message_21(readings[n]))
    answers = clock.each("validate", lambda n: xml_read.read(outputs[n]))
    said = clock.each("compare", lambda n: specimens[n].says_expected(outputs[n], "2.1"))
    valid = clock.each(ANCHOR, lambda n: schema.validate(etree.fromstring(outputs[n])))
    assert all(valid)
    assert all(said)
    assert not any(answer.faults for answer in answers)
    clock.each("write XML", lambda n: written(message, specimens[n].content, SOURCE_21))
    trees = clock.each("read XML", lambda n: _root(xml_read.read(outputs[n])))
    clock.each("convert 2.1 to 2.0", lambda n: ei_write.write(message, tree_20(message, trees[n])))
    clock.each("tree of EI", lambda n: _root(readings[n]))
    clock.each("rules 2.0", lambda n: RuleJudge().faults(readings[n], "2.0"))
    clock.each("rules 2.1", lambda n: RuleJudge().faults(answers[n], "2.1"))


def _root(reading: Reading) -> Node:
    assert reading.root
    return reading.root


def measured(names: Sequence[str], count: int) -> Iterator[tuple[str, Times]]:
    """Yield the nanoseconds of each stage of some types, over as many messages of each."""
    for name in names:
        message = catalogue().one(name)
        # The anchor is a schema that is compiled once, whatever the product keeps.
        schema = parse_schema(str(own().files[message.namespace]))
        clock = _Clock()
        for start in range(0, count, BATCH):
            _batch(clock, message, schema, start)
        yield name, clock.times


def main(count: int, names: Sequence[str]) -> None:
    converted = [item.name for item in catalogue().messages.values() if item.convertible]
    # Trees have no cycles, so that the collector only costs time; `ikeur run` does the same.
    gc.collect()
    gc.freeze()
    gc.disable()
    json.dump(dict(measured(names or converted, count)), sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
