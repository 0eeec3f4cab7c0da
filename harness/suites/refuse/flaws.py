"""Locates the flaw for which an input must be refused, with both addresses and a description."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import Difference, differences
from harness.reference import converter as reference
from harness.suites.refuse.flaw_addresses import (
    Spot,
    ei_of,
    is_known,
    spot_of_ei,
    spot_of_xml,
    xml_of,
)
from harness.suites.refuse.kinds import refusal
from reports.events.events import Flaw
from reports.events.finding_place import without_places
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import preventing
from schemas.message.fault import EiAddress, Fault, XmlAddress
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.xml.validators import SchemaSet

# Which difference describes a flaw best, where it causes several.
_ORDER = ("FIELD-INVENTED", "FIELD-CHANGED", "FIELD-CUT", "FIELD-LOST", "ENTITY-LOST")
_LOST = ("FIELD-LOST", "ENTITY-LOST")
# A parser rarely stops at the flaw itself, and its message is no value.
_NO_VALUE = ("XML-SYNTAX",)


@dataclass(frozen=True)
class Located:
    """A flaw, with its addresses where they are known."""

    flaw: Flaw
    ei: EiAddress | None = None
    xml: XmlAddress | None = None


@dataclass(frozen=True)
class _Found:
    """A flaw in a tree and its value; `is_field` tells whether a field is wrong.

    `fault` is that of the reader, if it has an address.
    """

    root: Node
    spot: Spot
    value: str
    is_field: bool = True
    fault: Fault = field(default_factory=lambda: Fault(""))


def located(
    case: Case, data: bytes, origin: Specimen | None, schemas: SchemaSet | None = None
) -> Located:
    """The flaw of an input; `origin` is the specimen of the valid message behind it."""
    source, message = case.route[0], catalogue().one(case.message)
    kind, reading = refusal(case.kind, source), read(data, source, schemas)
    fault = _fault(reading, kind.code)
    code, said = _refused(case, data, fault)
    flaw = Flaw(kind.kind, kind.what, "", "", code, said)
    sound = origin.trees[source] if origin else None
    found = _found(reading, fault, sound) if reading.message is message else None
    if found is None:
        return _at_no_place(flaw, fault)
    ei = found.fault.ei or ei_of(message, source, found.root, reading.records, found.spot)
    xml = found.fault.xml or xml_of(message, source, found.root, data, found.spot)
    # A kind that breaks different rules has no field to blame.
    name = _name(ei, xml) if found.is_field and code == kind.code else ""
    return Located(replace(flaw, field=name, value=found.value), ei, xml)


def _at_no_place(flaw: Flaw, fault: Fault | None) -> Located:
    """The flaw of an input without a tree, as the reader reports it."""
    if fault is None:
        return Located(flaw)
    value = "" if fault.code in _NO_VALUE else fault.actual
    return Located(replace(flaw, value=value), fault.ei, fault.xml)


def _fault(reading: Reading, code: str) -> Fault | None:
    """The fault for which an input is refused, preferably that of its kind."""
    found = preventing(reading.faults)
    return next(iter([item for item in found if item.code == code] or found), None)


def _refused(case: Case, data: bytes, fault: Fault | None) -> tuple[str, str]:
    """The code and the words with which the reference refuses an input."""
    if fault:
        refused = reference.refusal_of(fault)
        return refused.code, refused.what
    try:
        reference.convert(data, case.route[0], case.route[-1])
    except Refused as error:
        return error.code, error.what
    return "", ""


def _found(reading: Reading, fault: Fault | None, sound: Node | None) -> _Found | None:
    """The flaw in the tree of the input, or in that of the valid message."""
    root = reading.root
    if root is None or reading.message is None:
        return None
    if fault is None:
        return _changed(sound, root, _ORDER)
    if fault.code == "XML-STRUCTURE" and (lost := _changed(sound, root, _LOST)):
        return lost
    if fault.ei:
        spot, is_field = spot_of_ei(root, fault.ei), bool(fault.ei.field)
    elif fault.xml:
        spot = spot_of_xml(reading.message, root, fault.xml.path)
        is_field = fault.code != "XML-ATTRIBUTE" and is_known(reading.message, fault.xml.path)
    else:
        return None
    return _Found(root, spot, fault.actual, is_field, fault) if spot else None


def _changed(sound: Node | None, root: Node, codes: tuple[str, ...]) -> _Found | None:
    """The most telling difference between the valid message and the input."""
    if sound is None:
        return None
    found = [item for item in differences(sound, root) if item.code in codes]
    first = min(found, key=lambda item: codes.index(item.code), default=None)
    if first is None:
        return None
    if not first.key:
        return _Found(sound, Spot(first.chain_expected, first.record), first.actual)
    chain = first.chain_actual
    alike = [one for one in found if (one.code, one.chain_actual) == (first.code, chain)]
    key = _group(alike) if first.code in _LOST else first.key
    return _Found(root, Spot(chain, first.record, key), first.actual)


def _group(lost: list[Difference]) -> str:
    """The element that contains all lost values; a single value is its own element."""
    paths = [item.key.split("/") for item in lost]
    alike = takewhile(lambda names: len({*names}) == 1, zip(*paths, strict=False))
    return "/".join(names[0] for names in alike)


def _name(ei: EiAddress | None, xml: XmlAddress | None) -> str:
    """The 2.0 field of a flaw, or else its 2.1 element, without positions."""
    if ei and ei.field:
        return f"{ei.record} {ei.field}"
    return without_places(xml.path) if xml else ""
