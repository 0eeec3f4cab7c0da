"""Values that nodes share are written as if each node had them for itself."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from generators.message import generate
from schemas import ei_write, xml_write
from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node, Ready

Write = Callable[[MessageType, Node], bytes]
NAME = "NAAM (01)"
# In these the software chooses some values, which an expected message lacks.
CHOSEN = ("WMO315", "WMO316", "JW315", "JW316")


def plain(node: Node) -> Node:
    """A copy in which no node shares anything."""
    made = Node(node.record, dict(copy.deepcopy(node).values))
    made.children = [plain(child) for child in node.children]
    return made


def shared(values: dict[str, str], own: dict[str, str]) -> Node:
    return Node("02", own, ready=Ready(values))


@pytest.mark.parametrize("name", [*catalogue().messages])
def test_shared_values_give_the_bytes_that_a_plain_tree_gives(name: str) -> None:
    message = catalogue().one(name)
    for index in range(40):
        content = generate(message, 5, index)
        pairs: list[tuple[Write, Node]] = [(ei_write.write, content.source_20)]
        if message.root:
            pairs += [(ei_write.write, content.expected_20)]
            pairs += [(xml_write.write, content.source_21)]
        if message.root and name not in CHOSEN:
            pairs += [(xml_write.write, content.expected_21)]
        for write, tree in pairs:
            expected = write(message, plain(tree))
            # Twice, as the second time finds what the first one has kept.
            assert write(message, tree) == expected
            assert write(message, tree) == expected
        if message.root:
            assert all(node.ready for node in content.source_21.walk())


def test_a_value_that_is_changed_afterwards_is_written() -> None:
    message = catalogue().one("WMO305")
    tree = generate(message, 1, 0).source_21
    before = xml_write.write(message, tree)
    client = next(node for node in tree.walk() if node.record == "02")
    client.values["Bsn"] = "999999990"
    assert b"<wmo305:Bsn>999999990</wmo305:Bsn>" in xml_write.write(message, tree)
    assert xml_write.write(message, tree) != before


def test_an_own_value_goes_before_a_shared_one() -> None:
    node = shared({"A": "1", "B": "2"}, {"B": "3", "C": "4"})
    assert [node.get(key, "-") for key in "ABCD"] == ["1", "3", "4", "-"]
    assert node.count() == 3
    assert node.values == {"A": "1", "B": "3", "C": "4"}
    assert node.ready is None


def test_changing_one_node_leaves_what_others_share_as_it_was() -> None:
    ready = Ready({"A": "1"})
    one, other = Node("02", ready=ready), Node("02", ready=ready)
    one.values["A"] = "2"
    assert other.get("A") == "1"
    assert other.values == {"A": "1"}


@pytest.mark.parametrize(
    ("value", "code"),
    [("x" * 26, "OUT-TOO-LONG"), ("Ł", "OUT-CHARACTER"), ("a\r\nb", "OUT-CHARACTER")],
)
def test_a_shared_value_that_does_not_fit_is_refused_as_any_other(value: str, code: str) -> None:
    message = catalogue().one("WMO301")
    tree = generate(message, 1, 0).source_20
    client = tree.of("02")[0]
    assert client.ready is not None
    client.ready = Ready(client.ready.values | {NAME: value})
    with pytest.raises(Refused) as refused:
        ei_write.write(message, tree)
    assert refused.value.code == code
    assert NAME in str(refused.value)


def test_what_is_no_letter_but_stands_in_the_character_set_is_written_from_shared_values() -> None:
    message = catalogue().one("WMO301")
    tree = generate(message, 1, 0).source_20
    client = tree.of("02")[0]
    assert client.ready is not None
    client.ready = Ready(client.ready.values | {NAME: "de\xa0Wit"})
    assert b"de\xa0Wit" in ei_write.write(message, tree)


def test_a_percent_sign_and_what_xml_escapes_are_kept_in_shared_values() -> None:
    message = catalogue().one("WMO301")
    for value in ("100 %s &amp; <b> % %%", "%(a)s"):
        content = generate(message, 1, 0)
        client = content.source_21.of("02")[0]
        assert client.ready is not None
        key = next(key for key in client.ready.values if key.endswith("Geslachtsnaam/Naam"))
        client.ready = Ready(client.ready.values | {key: value})
        assert xml_write.write(message, content.source_21) == xml_write.write(
            message, plain(content.source_21)
        )
