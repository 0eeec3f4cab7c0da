"""Messages with as many clients as are asked for are valid in both releases, totals and all."""

from __future__ import annotations

import pytest

from generators.message import generate
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.xml import read as xml_read
from schemas.xml import write as xml_write

CONVERTED = [item for item in catalogue().messages.values() if item.convertible]
CLIENT = "02"


@pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
@pytest.mark.parametrize("clients", [1, 40])
def test_a_message_has_the_clients_that_are_asked_for(message: MessageType, clients: int) -> None:
    for index in range(3):
        content = generate(message, 1, index, clients=clients)
        assert [child.record for child in content.children] == [CLIENT] * clients
        one = ei_read.read(ei_write.write(message, content.source_20))
        other = xml_read.read(xml_write.write(message, content.source_21))
        assert (one.faults, other.faults) == ([], [])
        for reading in (one, other):
            assert reading.root is not None
            assert reading.root.record == HEADER
            assert len(reading.root.children) == clients


def test_a_message_of_which_nothing_is_asked_stays_as_it_is() -> None:
    message = catalogue().one("WMO303")
    usual = ei_write.write(message, generate(message, 1, 0).source_20)
    assert usual == ei_write.write(message, generate(message, 1, 0, clients=0).source_20)
    assert usual != ei_write.write(message, generate(message, 1, 0, clients=9).source_20)
