"""Damage to a 2.1 message that violates its schema, or XML itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, of_bytes
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.facts.simple_types import NOT_BLANK
from schemas.message.parse_xml import local_name, parse

_END_TAG = re.compile(rb"</[^>]+>")
_PREFIX = re.compile(rb"(</?)[A-Za-z0-9]+:")
_DECLARED = re.compile(rb' xmlns:[A-Za-z0-9]+="[^"]*"')
_UNKNOWN = "http://www.example.org/bericht"
_WRONG = {"integer": ("een", "1,5", "-1"), "date": ("2017-02-30", "20170101", "01-01-2017"),
          "time": ("25:00:00", "120000", "12:00")}  # fmt: skip
# An element with its row in the tables.
FoundElement = tuple[etree._Element, Element]
Spoil = Callable[[Draw, etree._Element, Element], bool]


def document(specimen: Specimen) -> etree._Element:
    """Parse the 2.1 message into a mutable tree."""
    root = parse(specimen.plain["2.1"]).root
    assert root is not None
    return root


def serialized(root: etree._Element) -> bytes:
    """Serialise a document."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def elements(message: MessageType, root: etree._Element) -> list[FoundElement]:
    """The elements below the root, in document order."""
    return list(_below(message, root, ""))


def _below(message: MessageType, parent: etree._Element, path: str) -> Iterator[FoundElement]:
    for child in parent:
        own = f"{path}/{local_name(child)}" if path else local_name(child)
        yield child, message.elements[own]
        yield from _below(message, child, own)


def on_elements(spoil: Spoil) -> Kind:
    """A kind of damage to any one element that allows it."""

    def make(specimen: Specimen, draw: Draw) -> Damaged | None:
        root = document(specimen)
        found = elements(specimen.message, root)
        start = draw.between(0, len(found) - 1)
        for element, known in found[start:] + found[:start]:
            if spoil(draw, element, known):
                kind = known.type
                evidence = tables.weakest(known.evidence, *([kind.evidence] if kind else []))
                return Damaged(serialized(root), evidence)
        return None

    return Kind(make)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def other_standard(message: MessageType) -> str:
    """The base namespace of the other standard."""
    others = {item.base_namespace for item in catalogue().messages.values()}
    (found,) = others - {message.base_namespace}
    return found


def _missing(_draw: Draw, element: etree._Element, known: Element) -> bool:
    parent = _parent(element)
    if known.optional or len(parent.findall(str(element.tag))) > 1:
        return False
    parent.remove(element)
    return True


def _unknown(_draw: Draw, element: etree._Element, _known: Element) -> bool:
    space = str(element.tag).rpartition("}")[0]
    element.addprevious(etree.Element(f"{space}}}Onbekend"))
    return True


def _moved(_draw: Draw, element: etree._Element, _known: Element) -> bool:
    """Move an element behind its successor."""
    follower = element.getnext()
    if follower is None or follower.tag == element.tag:
        return False
    follower.addnext(element)
    return True


def _doubled(_draw: Draw, element: etree._Element, known: Element) -> bool:
    if known.highest > 1:
        return False
    element.addnext(deepcopy(element))
    return True


def _wrong_value(draw: Draw, element: etree._Element, known: Element) -> bool:
    if known.type is None or known.type.base not in _WRONG or known.type.codelist:
        return False
    element.text = draw.pick(_WRONG[known.type.base])
    return True


def _too_long(_draw: Draw, element: etree._Element, known: Element) -> bool:
    if known.type is None or known.type.codelist or known.type.max_length is None:
        return False
    element.text = "1" * (known.type.max_length + 1)
    return True


def _empty(_draw: Draw, element: etree._Element, known: Element) -> bool:
    if known.type is None or known.accepts(""):
        return False
    element.text = None
    return True


def _attribute(_draw: Draw, element: etree._Element, _known: Element) -> bool:
    element.set("herkomst", "onbekend")
    return True


def is_text(known: Element) -> bool:
    """Whether an element takes any text of more than one character."""
    kind = known.type
    if kind is None or kind.base != "string" or kind.codelist or known.pattern:
        return False
    return kind.pattern in ("", NOT_BLANK) and (kind.max_length or 2) > 1


def _not_well_formed(data: bytes, draw: Draw) -> bytes:
    """Remove an end tag."""
    tag = draw.pick(list(_END_TAG.finditer(data)))
    return data[: tag.start()] + data[tag.end() :]


def _other_namespace(specimen: Specimen, _draw: Draw) -> Damaged:
    space = specimen.message.namespace.encode()
    return Damaged(specimen.plain["2.1"].replace(space, _UNKNOWN.encode()))


def _later_release(specimen: Specimen, _draw: Draw) -> Damaged:
    data = specimen.plain["2.1"]
    for space in (specimen.message.namespace, specimen.message.base_namespace):
        data = data.replace(space.encode(), space.replace("2_1", "2_2").encode())
    return Damaged(data)


def _other_root(specimen: Specimen, _draw: Draw) -> Damaged:
    root = document(specimen)
    root.tag = f"{{{specimen.message.namespace}}}Message"
    return Damaged(serialized(root))


KINDS: dict[str, Kind] = {
    "not-well-formed": of_bytes(_not_well_formed, "2.1"),
    "two-messages": of_bytes(lambda data, _draw: data * 2, "2.1"),
    "element-missing": on_elements(_missing),
    "element-unknown": on_elements(_unknown),
    "element-moved": on_elements(_moved),
    "element-repeated": on_elements(_doubled),
    "element-empty": on_elements(_empty),
    "wrong-value": on_elements(_wrong_value),
    "value-too-long": on_elements(_too_long),
    "attribute-unknown": on_elements(_attribute),
    "other-namespace": Kind(_other_namespace),
    "later-release": Kind(_later_release),
    "no-namespace": of_bytes(
        lambda data, _draw: _DECLARED.sub(b"", _PREFIX.sub(rb"\1", data)), "2.1"
    ),
    "other-root": Kind(_other_root),
}
