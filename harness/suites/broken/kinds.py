"""The kinds of broken input of a message type."""

from __future__ import annotations

from generators.defects.plans import plans
from generators.defects.table import Defect
from schemas.errors import TableError
from schemas.facts.message_types import MessageType, catalogue
from schemas.retour.pair import HEEN


def can_have(defect: Defect, message: MessageType, release: str) -> bool:
    """Whether a defect concerns a message type or its heenbericht, and has a place in it."""
    heen = message if message.role == HEEN else catalogue().one(message.pair)
    if {heen, message}.isdisjoint(defect.messages):
        return False
    try:
        return bool(plans(defect, message, release))
    except TableError:
        return False
