"""The reference gate: decides by the tables whether a message may be sent or read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from schemas.errors import Refused
from schemas.facts.codelists import RELEASES
from schemas.header.parties import parties
from schemas.releases.read_write import read
from schemas.switch import overrides
from schemas.switch.overrides import Override
from schemas.switch.timeline import local, moment, switch

Gate = Callable[[bytes, str, str, str, str], str]


def gate(
    data: bytes,
    source: str,
    target: str,
    direction: str,
    at: str,
    agreed: Iterable[Override] = (),
) -> str:
    """Decide `allow`, `warn` or `block`, followed by the rule and the reason.

    `target` is the release of the message, `source` that of the message it answers, or its own.
    `direction` is `send` or `receive`, `at` an ISO 8601 time with zone. Raises Refused for an
    invalid message, UsageError for an invalid moment or direction.
    """
    reading = read(data, target)
    if reading.message is None or reading.root is None:
        raise Refused("OUT-TYPE", f"not a message of {target}")
    codes = parties(reading.message, target, reading.root)
    about = switch(*RELEASES, agreed)
    found = about.decide(reading.message, target, direction, moment(at), codes, source)
    said = f"{found.word} {found.rule.name} at {local(moment(at))}: {found.rule.meaning['en']}"
    return f"{said} Agreed with {found.override}" if found.override else said


def gate_by(path: str) -> Gate:
    """A gate with the moved deadlines of a file."""
    agreed = overrides.load(Path(path))

    def by_file(data: bytes, source: str, target: str, direction: str, at: str) -> str:
        return gate(data, source, target, direction, at, agreed)

    return by_file
