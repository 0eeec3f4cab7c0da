"""A kind of damage, and how a message is found that allows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from schemas.errors import IkeurError
from schemas.facts.message_types import MessageType
from schemas.message.node import Node

# The step to the next index to try, which keeps clear of the run's own messages.
_STEP = 1_000_000_007
_MOST_TRIES = 200


@dataclass(frozen=True)
class Damaged:
    """An input that must be refused; `evidence` grades the facts that make it wrong.

    `origin` is the specimen of the valid message behind it.
    """

    data: bytes
    evidence: str = "A"
    origin: Specimen | None = None


Make = Callable[[Specimen, Draw], Damaged | None]


def _always(_message: MessageType) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """A kind of damage; `make` returns None for a message that does not allow it.

    `applies` tells from the tables whether messages of a type can allow it.
    """

    make: Make
    applies: Callable[[MessageType], bool] = _always


def of_bytes(change: Callable[[bytes, Draw], bytes], release: str) -> Kind:
    """A kind of damage to the bytes of any message of a release."""
    return Kind(lambda specimen, draw: Damaged(change(specimen.plain[release], draw)))


def damage_message(kind: Kind, name: str, release: str, specimen: Specimen) -> Damaged:
    """Damage a message, or else the first one after it that allows the damage."""
    message = specimen.message
    draw = Draw(specimen.seed, f"{message.name}/{release}/{name}", specimen.index)
    for attempt in range(_MOST_TRIES):
        index = specimen.index + attempt * _STEP
        tried = Specimen(message, specimen.seed, index) if attempt else specimen
        if found := kind.make(tried, draw):
            return replace(found, origin=tried)
    raise IkeurError("RUN-DAMAGE", f"no message of {message.name} has a place for {name}")


def copied(node: Node) -> Node:
    """A deep copy of a tree."""
    result = Node(node.record, dict(node.values), node.line)
    result.children = [copied(child) for child in node.children]
    return result
