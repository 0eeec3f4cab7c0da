"""What the faulty responders are made of: the faithful one, and ways to spoil its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.message.node import Node
    from schemas.retour.pair import Terms

Respond = Callable[[bytes, str, str], bytes]


def faithful(data: bytes, source: str, target: str) -> bytes:
    """The faithful responder, loaded when it is first used: `ikeur run` loads this module twice."""
    from harness.reference.converter import respond

    return respond(data, source, target)


def convert(data: bytes, source: str, target: str) -> bytes:
    """The faithful converter."""
    from harness.reference.converter import convert

    return convert(data, source, target)


class Pair:
    """A message and its answer as trees, with their values by the names that fields have in 2.0."""

    def __init__(self, data: bytes, output: bytes, release: str) -> None:
        from schemas.releases.read_write import read
        from schemas.retour.pair import terms

        heen, retour = read(data, release), read(output, release)
        assert heen.message
        assert heen.root
        assert retour.root
        self.heen: Node = heen.root
        self.retour: Node = retour.root
        self.terms: Terms = terms(heen.message.name, release)
        self.release = release

    @property
    def clients(self) -> list[Node]:
        """The clients that come back; the list may be changed."""
        return self.retour.children

    @property
    def details(self) -> Iterator[Node]:
        """All classes of the clients that come back."""
        return (node for client in self.clients for node in client.walk())

    def key(self, node: Node, name: str) -> str:
        """Where a field stands in a class of the answer."""
        return self.terms.keys(self.terms.retour, node.record)[name]

    def get(self, node: Node, name: str) -> str:
        """What a field of the answer holds."""
        return node.get(self.key(node, name))

    def put(self, node: Node, name: str, value: str) -> None:
        """Write a field of the answer."""
        node.values[self.key(node, name)] = value

    def drop(self, node: Node, name: str) -> None:
        """Leave a field of the answer out."""
        node.values.pop(self.key(node, name), None)

    def codes(self, node: Node) -> list[str]:
        """The return codes of a class."""
        return self.terms.slots(node.record).of(node)

    def put_codes(self, node: Node, *codes: str) -> None:
        """Give a class other return codes."""
        slots = self.terms.slots(node.record)
        for place in range(1, len(self.codes(node)) + 1):
            del node.values[slots.key(place)]
        slots.put(node, codes)

    def back(self, client: Node) -> Node:
        """A client of the message as it would come back without a remark."""
        from schemas.message.node import Node

        dropped = self.terms.dropped[client.record]
        values = {key: value for key, value in client.values.items() if key not in dropped}
        result = Node(client.record, values, client.line, client.links)
        self.put_codes(result, "0200")
        result.children = [self.back(child) for child in client.children]
        return result

    def write(self) -> bytes:
        """The answer as bytes."""
        from schemas.ei import write as ei_write
        from schemas.xml import write as xml_write

        if self.release == "2.0":
            return ei_write.write(self.terms.retour, self.retour, keeps_numbers=True)
        return xml_write.write(self.terms.retour, self.retour)


def spoilt(spoil: Callable[[Pair], None]) -> Respond:
    """A responder that spoils its answers in both releases."""

    @wraps(spoil)
    def respond(data: bytes, source: str, target: str) -> bytes:
        pair = Pair(data, faithful(data, source, target), source)
        spoil(pair)
        return pair.write()

    return respond


def spoilt_bytes(release: str) -> Callable[[Callable[[bytes], bytes]], Respond]:
    """A responder that spoils the bytes of its answers in one release."""

    def decorate(spoil: Callable[[bytes], bytes]) -> Respond:
        @wraps(spoil)
        def respond(data: bytes, source: str, target: str) -> bytes:
            output = faithful(data, source, target)
            return spoil(output) if source == release else output

        return respond

    return decorate


def knows_not(rule: str) -> Respond:
    """A responder that does not know a rule."""

    def respond(data: bytes, source: str, target: str) -> bytes:
        from harness.reference.responder import (
            answer,
            heen_of,
            identification,
            refuse_unreadable,
        )
        from schemas.releases.read_write import read
        from schemas.rules.evaluate import RuleJudge

        reading = read(data, source)
        message, root = heen_of(reading, source)
        broken = RuleJudge().broken(message, root, source)
        refuse_unreadable(reading, broken, source)
        known = [item for item in broken if item.check.rule.name != rule]
        return answer(message, root, target, known, identification(data))

    return respond


def day_before(day: str) -> str:
    """The day before one, in the notation of either release."""
    from datetime import date, timedelta

    before = date.fromisoformat(day) - timedelta(days=1)
    return before.isoformat() if "-" in day else f"{before:%Y%m%d}"
