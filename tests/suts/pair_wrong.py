"""Converters under which a message and its return message stop being a pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from tests.suts.retour.tools import convert

if TYPE_CHECKING:
    from schemas.facts.message_types import MessageType
    from schemas.message.node import Node

Convert = Callable[[bytes, str, str], bytes]
# A change of a converted return message: the tree, and where each field of a class stands.
Keys = Callable[["Node", str], str]


def in_returns(target: str = "") -> Callable[[Callable[[Node, Keys], None]], Convert]:
    """A converter that spoils return messages only, in one release or in both."""

    def decorate(spoil: Callable[[Node, Keys], None]) -> Convert:
        @wraps(spoil)
        def converter(data: bytes, source: str, asked: str) -> bytes:
            output = convert(data, source, asked)
            return _spoilt(output, asked, spoil) if target in ("", asked) else output

        return converter

    return decorate


def _spoilt(output: bytes, release: str, spoil: Callable[[Node, Keys], None]) -> bytes:
    from schemas.releases.read_write import read, write
    from schemas.retour.pair import terms

    reading = read(output, release)
    message = reading.message
    assert message
    assert reading.root
    if message.role != "retour":
        return output
    pair = terms(message.pair, release)
    spoil(reading.root, lambda node, name: pair.keys(message, node.record)[name])
    return write(message, reading.root, release)


@in_returns()
def identifies_returns_by_their_own_number(root: Node, key: Keys) -> None:
    """Writes the identification of the return message for that of the message."""
    own = root.get(key(root, "IDENTIFICATIE RETOURBERICHT"))
    root.values[key(root, "IDENTIFICATIE BERICHT")] = own


@in_returns()
def dates_messages_by_their_return(root: Node, key: Keys) -> None:
    """Writes a day of its own for the day of the message, in returns."""
    day = "2017-06-12" if "/" in key(root, "DAGTEKENING HEENBERICHT") else "20170612"
    root.values[key(root, "DAGTEKENING HEENBERICHT")] = day


@in_returns("2.1")
def loses_initials_in_returns(root: Node, key: Keys) -> None:
    """Loses the initials of clients, in returns only."""
    for client in root.children:
        client.values.pop(key(client, "VOORLETTERS"), None)


@in_returns()
def writes_names_in_capitals_in_returns(root: Node, key: Keys) -> None:
    """Writes names in capitals, in returns only."""
    for client in root.children:
        name = key(client, "NAAM")
        client.values[name] = client.get(name).upper()


@in_returns("2.1")
def writes_one_code_for_all(root: Node, key: Keys) -> None:
    """Writes 0001 for every return code of a client."""
    for client in root.children:
        client.values[key(client, "RETOURCODE (01)")] = "0001"


@in_returns("2.0")
def leaves_products_without_remark(root: Node, key: Keys) -> None:
    """Writes 0200 for the codes of products."""
    for client in root.children:
        for item in client.children:
            item.values[key(item, "RETOURCODE (01)")] = "0200"


@in_returns("2.1")
def names_requests_anew_in_returns(root: Node, key: Keys) -> None:
    """Fills in other references in the return message than in the message."""
    for place, item in enumerate(item for client in root.children for item in client.children):
        item.values["ReferentieAanbieder"] = f"ANDERS-{place}"


def answers_messages_with_themselves(data: bytes, source: str, target: str) -> bytes:
    """Writes return messages under the type of the message."""
    output = convert(data, source, target)
    return output.replace(b"wmo306", b"wmo305").replace(b">419<", b">418<")


def refuses_returns(data: bytes, source: str, target: str) -> bytes:
    """Refuses return messages, as they are not sent but received."""
    from schemas.errors import Refused
    from schemas.releases.read_write import read

    message: MessageType | None = read(data, source).message
    if message and message.role == "retour":
        raise Refused("RETOUR", "return messages are received only")
    return convert(data, source, target)
