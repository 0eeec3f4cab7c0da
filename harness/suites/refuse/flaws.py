"""For what the message of a case must be refused: the flaw, both its addresses, and its words."""

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
from reports.stream.events import Flaw
from reports.stream.finding_place import without_places
from schemas.errors import Refused
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import catalogue
from schemas.message.fault import EiAddress, Fault, XmlAddress
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.xml.validators import SchemaSet

# The difference that tells most, where a flaw makes several.
_ORDER = ("FIELD-INVENTED", "FIELD-CHANGED", "FIELD-CUT", "FIELD-LOST", "ENTITY-LOST")
_LOST = ("FIELD-LOST", "ENTITY-LOST")
# Where the parser gives up is seldom where the flaw is, and its words are no value.
_NO_VALUE = ("XML-SYNTAX",)


@dataclass(frozen=True)
class Located:
    """A flaw with its addresses, as far as they are known."""

    flaw: Flaw
    ei: EiAddress | None = None
    xml: XmlAddress | None = None


@dataclass(frozen=True)
class _Found:
    """A flaw in a tree, and what stands there; `is_field` tells whether a field is what is wrong.

    `fault` is that of the reader where it has the address in the message itself.
    """

    root: Node
    spot: Spot
    value: str
    is_field: bool = True
    fault: Fault = field(default_factory=lambda: Fault(""))


def located(
    case: Case, data: bytes, origin: Specimen | None, schemas: SchemaSet | None = None
) -> Located:
    """The flaw of the input of a case; `origin` is about the sound message it was made from."""
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
    # Of a kind that breaks now this rule and now that, no field is to blame.
    name = _name(ei, xml) if found.is_field and code == kind.code else ""
    return Located(replace(flaw, field=name, value=found.value), ei, xml)


def _at_no_place(flaw: Flaw, fault: Fault | None) -> Located:
    """The flaw of a message of which no tree could be made, as the reader has it."""
    if fault is None:
        return Located(flaw)
    value = "" if fault.code in _NO_VALUE else fault.actual
    return Located(replace(flaw, value=value), fault.ei, fault.xml)


def _fault(reading: Reading, code: str) -> Fault | None:
    """The fault for which a message is refused: that of its kind before any other."""
    codes = finding_codes()
    found = [item for item in reading.faults if not codes[item.code].tolerated]
    return next(iter([item for item in found if item.code == code] or found), None)


def _refused(case: Case, data: bytes, fault: Fault | None) -> tuple[str, str]:
    """By what code, and with what words, the reference refuses a message."""
    if fault:
        refused = reference.refusal_of(fault)
        return refused.code, refused.what
    try:
        reference.convert(data, case.route[0], case.route[-1])
    except Refused as error:
        return error.code, error.what
    return "", ""


def _found(reading: Reading, fault: Fault | None, sound: Node | None) -> _Found | None:
    """The flaw in the tree of a message, or in that of the sound one."""
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
    """The place where a tree is not as that of the sound message, by what tells most."""
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
    """The element of which some values of one record are the whole; of one, itself."""
    paths = [item.key.split("/") for item in lost]
    alike = takewhile(lambda names: len({*names}) == 1, zip(*paths, strict=False))
    return "/".join(names[0] for names in alike)


def _name(ei: EiAddress | None, xml: XmlAddress | None) -> str:
    """The field, or the element where 2.0 has none, whichever of its occurrences it is."""
    if ei and ei.field:
        return f"{ei.record} {ei.field}"
    return without_places(xml.path) if xml else ""
