"""The header of a message as far as it tells which pair it is of, and what is wrong with it."""

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

# The header stands in so many bytes at the start, the end of a message in so many at the end.
START_BYTES, END_BYTES = 64 * 1024, 4096


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a message; a date is EEJJ-MM-DD, and empty where there is none."""

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
    """The header, None where it cannot be known, and what is wrong with the message."""

    header: Header | None
    faults: Sequence[Fault] = ()


def made(message: MessageType, release: str, values: Mapping[str, str]) -> Header:
    """The header of the values by role."""
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
    """The fault of a message that ends too soon."""
    return Fault("FILE-CUT", found, "the end of the message")
