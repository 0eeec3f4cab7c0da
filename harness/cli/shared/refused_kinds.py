"""What must be refused in a message type, for its layout."""

from __future__ import annotations

from collections.abc import Iterator

from harness.suites.refuse.kinds import kinds_of
from reports.layout.model import Refusal
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType


def refused_kinds(message: MessageType) -> Iterator[Refusal]:
    """The kinds that the suite `refuse` has for a message type, in both releases."""
    for release in RELEASES:
        for item in kinds_of(message.name, release):
            yield Refusal(item.kind, release, item.code, item.evidence)
