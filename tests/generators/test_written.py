"""The writer of the generators gives the bytes that the writers of `schemas` make of a tree."""

from __future__ import annotations

import pytest

from generators.content.content import Content
from generators.content.sides import EXPECTED_20, EXPECTED_21, SIDES, SOURCE_20, SOURCE_21
from generators.message import generate
from generators.writing.write_20 import written_20
from generators.writing.written import written
from schemas.ei import write as ei_write
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml import write as xml_write

CONVERTED = [message for message in catalogue().messages.values() if message.root]
NAME_20, NAME_21 = "NAAM (01)", "Geslachtsnaam/Naam"


def with_any(node: Node, message: MessageType) -> Node:
    """The tree with a NUL where any value will do, as the software chooses it."""
    for item in node.walk():
        for key in filled_keys(message.name).get(item.record, ()):
            item.values[key] = ANY
    return node


def by_tree(message: MessageType, content: Content, side: int) -> bytes:
    """The message as the writers of `schemas` make it of a tree, value by value."""
    if side in (SOURCE_20, EXPECTED_20):
        return ei_write.write(message, content.node(side))
    tree = content.node(side)
    return xml_write.write(message, with_any(tree, message) if side == EXPECTED_21 else tree)


@pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
def test_a_message_is_written_as_its_tree_is(message: MessageType) -> None:
    for index in range(60):
        content = generate(message, 5, index)
        for side in SIDES:
            assert written(message, content, side) == by_tree(message, content, side)
        # By the writer of the generators itself, which says nothing of what does not fit.
        assert written_20(message, content, SOURCE_20)


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_a_message_for_one_release_says_nothing_in_the_other(release: str) -> None:
    side, other = (SOURCE_20, SOURCE_21) if release == "2.0" else (SOURCE_21, SOURCE_20)
    for message in CONVERTED:
        content = generate(message, 5, 3, release)
        assert written(message, content, side) == by_tree(message, content, side)
        for silent in (other, EXPECTED_20, EXPECTED_21):
            assert not any(item.values.of[silent] for item in content.walk())


def client_with(side: int, name: str, value: str) -> tuple[MessageType, Content]:
    """A message in which a value of the client is another one."""
    message = catalogue().one("WMO301")
    content = generate(message, 1, 0)
    client = next(item for item in content.children if item.record == "02")
    values = client.values.of[side]
    values[next(key for key in values if key.endswith(name))] = value
    return message, content


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (NAME_20, "x" * 26, "OUT-TOO-LONG"),
        (NAME_20, "Ł", "OUT-CHARACTER"),
        (NAME_20, "a\r\nb", "OUT-CHARACTER"),
        (NAME_20, "a\tb", "OUT-CHARACTER"),
        (NAME_20, "a\x85b", "OUT-CHARACTER"),
        ("BSN", "9" * 30, "OUT-TOO-LONG"),
        ("BSN", "Ł23456789", "OUT-CHARACTER"),
        ("BSN", "12\n456789", "OUT-CHARACTER"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: str, code: str) -> None:
    message, content = client_with(SOURCE_20, name, value)
    assert written_20(message, content, SOURCE_20) == b""
    with pytest.raises(Refused) as error:
        written(message, content, SOURCE_20)
    assert error.value.code == code


def test_two_misfits_that_make_up_for_each_other_do_not_pass() -> None:
    message, content = client_with(SOURCE_20, NAME_20, "x" * 27)
    client = next(item for item in content.children if item.record == "02")
    client.values.source_20["BSN"] = "1234567"
    assert written_20(message, content, SOURCE_20) == b""


@pytest.mark.parametrize("value", ["de\xa0Wit", "100 % & <rond>", "%s", "a%(b)s%%"])
def test_uncommon_but_allowed_characters_of_2_0_are_written(value: str) -> None:
    message, content = client_with(SOURCE_20, NAME_20, value)
    assert value.ljust(25).encode("latin-1") in written(message, content, SOURCE_20)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("100 % & <rond>", "100 % &amp; &lt;rond&gt;"),
        ("%s", "%s"),
        ("a%(b)s%%", "a%(b)s%%"),
        ("Čapek ďábel", "Čapek ďábel"),
        ("a\rb", "a&#13;b"),
    ],
)
def test_uncommon_characters_are_written_in_2_1(value: str, told: str) -> None:
    message, content = client_with(SOURCE_21, NAME_21, value)
    assert f"Naam>{told}</iwmo:Naam>".encode() in written(message, content, SOURCE_21)


def test_records_that_hang_on_keys_that_are_not_unique_are_refused() -> None:
    message = catalogue().one("WMO301")
    contents = (generate(message, 1, index) for index in range(100))
    content, owners = next(
        (content, relaties)
        for content in contents
        for client in content.children
        if len(relaties := [item for item in client.children if item.record == "03"]) > 1
    )
    for owner in owners:
        owner.values.source_20["RELATIENUMMER"] = "1"
    with pytest.raises(Refused) as error:
        written(message, content, SOURCE_20)
    assert error.value.code == "OUT-KEY"


def test_changing_a_tree_leaves_the_content_as_it_was() -> None:
    message = catalogue().one("WMO305")
    content = generate(message, 1, 0)
    before = written(message, content, SOURCE_21)
    client = content.source_21.of("02")[0]
    client.values["Bsn"] = "999999990"
    assert content.source_21.of("02")[0].get("Bsn") != "999999990"
    assert written(message, content, SOURCE_21) == before
