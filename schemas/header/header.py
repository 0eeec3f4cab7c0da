"""The header of a message as far as it identifies its pair, and the faults found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.facts.message_types import MessageType
from schemas.header.locations import (
    AANBIEDER,
    DAGTEKENING,
    GEMEENTE,
    IDENTIFICATIE,
    RETOUR_DAGTEKENING,
    RETOUR_IDENTIFICATIE,
)
from schemas.message.fault import Fault

# The number of bytes that is enough for the header, and for the end of a message.
START_BYTES, END_BYTES = 64 * 1024, 4096


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a message; dates are EEJJ-MM-DD, or empty if absent."""

    message: MessageType
    release: str
    gemeente: str
    aanbieder: str
    identification: str
    date: str
    retour_identification: str
    retour_date: str


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header (None if unreadable) and the faults found."""

    header: Header | None
    faults: Sequence[Fault] = ()


def header_of(message: MessageType, release: str, values: Mapping[str, str]) -> Header:
    """Build a header from its values by role."""
    return Header(
        message,
        release,
        values[GEMEENTE],
        values[AANBIEDER],
        values[IDENTIFICATIE],
        values.get(DAGTEKENING, ""),
        values.get(RETOUR_IDENTIFICATIE, ""),
        values.get(RETOUR_DAGTEKENING, ""),
    )


def cut_off(found: str) -> Fault:
    """Return the fault of a truncated message."""
    return Fault("FILE-CUT", found, "the end of the message")
