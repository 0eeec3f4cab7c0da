"""What is accepted of 2.0 at once is right in each field, and written in 2.1 as by way of a tree.

`make fuzz` goes on for longer; each thing it once found is a test of its own below.
"""

from __future__ import annotations

import os
import random
import re
import time

import pytest

from generators.message import generate
from harness.reference.fast.write_21 import straight_21
from harness.reference.to_21 import tree_21
from schemas.ei import read as ei_read
from schemas.ei import write as ei_write
from schemas.ei.fast.accept import accepted
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.xml import write as xml_write
from tests.fuzz.fuzzed import SESSION, target
from tests.fuzz.inputs.changed_records import changed
from tests.fuzz.inputs.ei_messages import ENCODING
from tests.generators.unvaried import unvaried

TYPES = list(catalogue().messages.values())
LEAST_CHANGED = 12_000
SEED = int(os.environ.get("IKEUR_FUZZ_SEED", "1"))


def texts(message: MessageType, count: int) -> list[str]:
    numbers = unvaried(message.name, count) if message.root else range(count)
    trees = [generate(message, 1, n, ("both", "2.0")[n % 2]).source_20 for n in numbers]
    return [ei_write.write(message, tree).decode(ENCODING) for tree in trees]


def plain(node: Node) -> object:
    """All that a tree says."""
    children = [plain(child) for child in node.children]
    return node.record, node.line, node.values, dict(node.links), children


def by_tree(message: MessageType, root: Node) -> bytes | None:
    """A message in 2.1, or None where it is refused."""
    try:
        return xml_write.write(message, tree_21(message, root))
    except Refused:
        return None


def is_right(data: bytes) -> bool:
    """Whether a message is accepted; it must be right then, and come out the same."""
    rows = accepted(data)
    if rows is None:
        return False
    careful = ei_read.read_checked(data)
    assert not careful.faults, data
    assert careful.message is rows.message
    assert careful.root
    if careful.message.convertible:
        assert straight_21(rows) == by_tree(careful.message, careful.root), data
    return True


@pytest.mark.parametrize("message", TYPES, ids=lambda kind: kind.name)
def test_valid_messages_are_accepted_at_once(message: MessageType) -> None:
    for text in texts(message, 60):
        data = text.encode(ENCODING)
        assert is_right(data)
        read, careful = ei_read.read(data).root, ei_read.read_checked(data).root
        assert read
        assert careful
        assert plain(read) == plain(careful)


@pytest.mark.fuzz
def test_no_changed_message_is_accepted_that_is_wrong_or_comes_out_otherwise() -> None:
    chance, begin, yes = random.Random(SEED), time.monotonic(), 0
    messages = {kind.name: texts(kind, 12) for kind in TYPES}
    name = "test_no_changed_message_is_accepted_that_is_wrong_or_comes_out_otherwise"
    with target(name) as tally:
        while tally.tried < LEAST_CHANGED or time.monotonic() - begin < SESSION.share:
            kind = chance.choice(TYPES)
            text, other = chance.choice(messages[kind.name]), chance.choice(messages[kind.name])
            tally.tried += 1
            yes += is_right(changed(chance, kind, text, other).encode(ENCODING))
    # The changes are small enough that many messages stay right.
    assert yes > tally.tried // 5


def test_a_comment_may_have_blank_lines_but_not_be_blank() -> None:
    message = catalogue().one("WMO303")
    fields = comment_fields(message.name)
    assert fields
    tree = next(
        node
        for node in (generate(message, 1, n).source_20 for n in unvaried(message.name, 60))
        if any(fields.text.name in below.values for below in node.walk())
    )
    for node in tree.walk():
        node.values.pop(fields.text.name, None)
    tree.children[0].values[fields.text.name] = "one" + " " * 300 + "two"
    data = ei_write.write(message, tree)
    assert is_right(data)
    assert not is_right(data.replace(b"one", b"   ").replace(b"two", b"   "))


@pytest.mark.parametrize("initials", ["&     ", "<a    ", "a&b   "])
def test_initials_that_are_escaped_are_judged_as_they_were_read(initials: str) -> None:
    (text,) = texts(catalogue().one("WMO305"), 1)
    client = catalogue().one("WMO305").records["02"]
    field = client.by_name["VOORLETTERS"]
    place = text.index("\r\n02") + 1 + field.start
    other = text[:place] + initials + text[place + field.length :]
    assert is_right(other.encode(ENCODING))


@pytest.mark.parametrize("character", "\0\x1f\x7f\x9f\r\n")
def test_a_character_that_is_not_printable_is_accepted_nowhere(character: str) -> None:
    (text,) = texts(catalogue().one("WMO305"), 1)
    # The last letter of a name, and a blank behind it.
    name = re.search("[a-z]{2}   ", text)
    assert name
    assert accepted(text.encode(ENCODING))
    for place in (name.start() + 1, name.start() + 3):
        other = text[:place] + character + text[place + 1 :]
        assert accepted(other.encode(ENCODING)) is None
