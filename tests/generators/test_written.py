"""Ready-made texts, with what was drawn in them, are the bytes that the tree of a message gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generators.content.content import Content
from generators.content.prefab import Prefab
from generators.content.sides import EXPECTED_20, EXPECTED_21, SIDES, SOURCE_20, SOURCE_21, Values
from generators.message import generate
from generators.prebuilt.fast.forms import NotPrebuilt
from generators.prebuilt.fast.write_20 import written_20
from generators.prebuilt.fast.write_21 import written_21
from generators.prebuilt.write import written
from schemas.ei import write as ei_write
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml import write as xml_write
from tests.generators.unvaried import unvaried

CONVERTED = [message for message in catalogue().messages.values() if message.root]
NAME_20, NAME_21 = "NAAM (01)", "Geslachtsnaam/Naam"
Write = Callable[[MessageType, Content, int], bytes]


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
def test_ready_made_texts_give_what_the_tree_gives(message: MessageType) -> None:
    writers: dict[int, Write] = {
        SOURCE_20: written_20, SOURCE_21: written_21,
        EXPECTED_20: written_20, EXPECTED_21: written_21,
    }  # fmt: skip
    # A message that shows variations has values of its own, and is written by its tree.
    for index in unvaried(message.name, 40):
        content = generate(message, 5, index)
        for side in SIDES:
            # Twice, as the second time finds what the first one has kept.
            first, second = (writers[side](message, content, side) for _ in range(2))
            assert first == second == by_tree(message, content, side)


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_a_message_for_one_release_says_nothing_in_the_other(release: str) -> None:
    side, other = (SOURCE_20, SOURCE_21) if release == "2.0" else (SOURCE_21, SOURCE_20)
    for message in CONVERTED:
        content = generate(message, 5, 3, release)
        assert written(message, content, side) == by_tree(message, content, side)
        for silent in (other, EXPECTED_20, EXPECTED_21):
            assert not any(item.values.of[silent] for item in content.walk())


def client_with(side: int, name: str, value: str) -> tuple[MessageType, Content]:
    """A message in which a ready-made value of the client is another one."""
    message = catalogue().one("WMO301")
    content = generate(message, 1, 0)
    client = next(item for item in content.children if item.record == "02")
    assert client.prefab is not None
    values = Values(tuple(client.prefab.ready(one) for one in SIDES))
    key = next(key for key in values.of[side] if key.endswith(name))
    values.of[side][key] = value
    keys = tuple(tuple(listed) for listed in values.of)
    client.prefab = Prefab(client.prefab.drawn_part, values, keys, client.prefab.above, ())
    return message, content


@pytest.mark.parametrize(
    ("value", "code"),
    [("x" * 26, "OUT-TOO-LONG"), ("Ł", "OUT-CHARACTER"), ("a\r\nb", "OUT-CHARACTER")],
)
def test_a_ready_made_value_that_does_not_fit_is_refused_as_any_other(
    value: str, code: str
) -> None:
    message, content = client_with(SOURCE_20, NAME_20, value)
    with pytest.raises(Refused) as error:
        written(message, content, SOURCE_20)
    assert error.value.code == code


def test_a_ready_made_value_of_uncommon_but_allowed_characters_is_written() -> None:
    message, content = client_with(SOURCE_20, NAME_20, "de\xa0Wit")
    assert "de\xa0Wit".ljust(25).encode("latin-1") in written(message, content, SOURCE_20)


@pytest.mark.parametrize("value", ["100 % & <rond>", "%s", "a%(b)s%%", "Čapek ďábel", "a\rb"])
def test_a_ready_made_value_with_signs_of_its_own_is_written_as_any_other(value: str) -> None:
    message, content = client_with(SOURCE_21, NAME_21, value)
    assert written_21(message, content, SOURCE_21) == by_tree(message, content, SOURCE_21)
    if "%" in value:
        message, content = client_with(SOURCE_20, NAME_20, value)
        assert written_20(message, content, SOURCE_20) == by_tree(message, content, SOURCE_20)


@pytest.mark.parametrize(
    ("value", "code"),
    [("9" * 30, "OUT-TOO-LONG"), ("Ł2345678", "OUT-CHARACTER"), ("1\n345678", "OUT-CHARACTER")],
)
def test_a_drawn_value_that_does_not_fit_is_refused_as_any_other(value: str, code: str) -> None:
    message = catalogue().one("WMO301")
    content = generate(message, 1, 0)
    client = next(item for item in content.children if item.record == "02")
    # The BSN, which the records below repeat.
    client.drawn[0] = value
    with pytest.raises(NotPrebuilt):
        written_20(message, content, SOURCE_20)
    with pytest.raises(Refused) as error:
        written(message, content, SOURCE_20)
    assert error.value.code == code


@pytest.mark.parametrize("value", ["a&b", "<b>", "a\rb"])
def test_a_drawn_value_with_signs_of_xml_is_escaped(value: str) -> None:
    message = catalogue().one("WMO301")
    content = generate(message, 1, 0)
    next(item for item in content.children if item.record == "02").drawn[0] = value
    assert written(message, content, SOURCE_21) == by_tree(message, content, SOURCE_21)


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
        owner.drawn[0] = "1"
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
