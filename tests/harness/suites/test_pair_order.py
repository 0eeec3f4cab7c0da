"""The codes of a return message are matched by what they stand at, not by position."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.reference.converter import convert
from harness.suites.registry import suite_of
from harness.suites.roundtrip.pair import pair_faults
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from schemas.xml.validators import own

CODE = "RetourCode"


def pairs(name: str, count: int) -> Iterator[tuple[list[bytes], list[bytes]]]:
    """Pairs in 2.0, and as they are converted."""
    for index in range(count):
        case = Case("roundtrip", name, ("2.0", "2.1"), 1, index, "pair")
        question = suite_of(case).question(case, Specimen(*_about(name, index)), ())
        inputs = [request.data for request in question.requests]
        yield inputs, [convert(data, "2.0", "2.1") for data in inputs]


def _about(name: str, index: int) -> tuple[MessageType, int, int]:
    return catalogue().one(name), 1, index


def judged(inputs: list[bytes], outputs: list[bytes], root: Node) -> list[Fault]:
    message = read(outputs[1], "2.1").message
    assert message
    spoilt = [outputs[0], write(message, root, "2.1")]
    return pair_faults(inputs, spoilt, ("2.0", "2.1"), own())


def at_codes(faults: list[Fault]) -> list[Fault]:
    return [item for item in faults if item.xml and CODE in item.xml.path]


def code_key(node: Node) -> str:
    return next(key for key in node.values if CODE in key)


@pytest.mark.parametrize("name", ["WMO305", "JW303", "WMO301"])
def test_a_changed_order_is_not_blamed_on_codes(name: str) -> None:
    turned = 0
    for inputs, outputs in pairs(name, 12):
        root = read(outputs[1], "2.1").root
        assert root
        assert judged(inputs, outputs, root) == []
        root.children.reverse()
        for client in root.children:
            client.children.reverse()
        turned += len({tuple(sorted(c.values.items())) for c in root.children}) > 1
        assert at_codes(judged(inputs, outputs, root)) == []
    assert turned


def test_a_changed_code_is_found_at_its_own_client_whatever_the_order() -> None:
    found = 0
    for inputs, outputs in pairs("WMO305", 12):
        root = read(outputs[1], "2.1").root
        assert root
        if len(root.children) < 2:
            continue
        root.children.reverse()
        last = root.children[-1]
        key = code_key(last)
        was, last.values[key] = last.values[key], "0001"
        (fault,) = at_codes(judged(inputs, outputs, root))
        assert fault.xml
        assert f"Client[{len(root.children)}]/" in fault.xml.path
        assert (fault.expected.split()[0], fault.actual.split()[0]) == (was, "0001")
        found += 1
    assert found
