"""The faulty converters that the kinds make: `tests.suts.mutants:KIND__PLACE`.

One engine spoils what the faithful converter writes, at the one spot that the kind has at that
place in the message type at hand; with `__TYPE` behind it, in that message type only.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from tests.suts.spoiling import Convert, Records, faithful

if TYPE_CHECKING:
    from tests.suts.fault_kinds.kinds import Kind
    from tests.suts.fault_kinds.spot import Spot


def __getattr__(name: str) -> Convert:
    kind, _, where = name.partition("__")
    place, _, message = where.partition("__")
    if not place.isdigit():
        raise AttributeError(name)
    return partial(_convert, kind, int(place), message)


def _convert(name: str, place: int, message: str, data: bytes, source: str, target: str) -> bytes:
    # Loaded when first used, as the other faulty converters do.
    from tests.suts.fault_kinds.kinds import kinds

    output, kind = faithful(data, source, target), kinds()[name]
    if target != kind.to:
        return output
    spoilt = spoilt_20 if target == "2.0" else spoilt_21
    return spoilt(output, kind, place, message)


def _spot(kind: Kind, message: str, place: int, only: str) -> Spot | None:
    if only not in ("", message):
        return None
    found = kind.spots(message)
    return found[place] if place < len(found) else None


def spoilt_20(output: bytes, kind: Kind, place: int, only: str = "") -> bytes:
    """A 2.0 message with the fault of a kind in it."""
    from tests.suts.fault_kinds.changes_20 import change

    records = Records(output)
    spot = _spot(kind, records.message.name, place, only)
    return change(records, kind, spot) if spot else output


def spoilt_21(output: bytes, kind: Kind, place: int, only: str = "") -> bytes:
    """A 2.1 message with the fault of a kind in it."""
    from tests.suts.fault_kinds.changes_21 import change

    root = etree.fromstring(output)
    message = str(root.tag).partition("}")[0].split("/")[5].upper()
    spot = _spot(kind, message, place, only)
    if spot is None:
        return output
    change(root, kind, spot)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
