"""Reads a 2.1 message: from bytes to a tree of classes, collecting every fault."""

from __future__ import annotations

from lxml import etree

from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message import fast_switch
from schemas.message.fault import Fault, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import local_name, parse
from schemas.reading import Reading
from schemas.xml import validators as xml_schemas
from schemas.xml.fast.accept import accepted
from schemas.xml.layout import Group, Leaf, layout
from schemas.xml.validators import SchemaSet


def _fill(group: Group, element: etree._Element, node: Node, places: dict[str, int]) -> None:
    """Store what is below an element in a node, skipping elements that the tables do not know.

    `places` counts the repeating elements of the node.
    """
    find, values = group.by_tag.get, node.values
    for child in element:
        member = find(child.tag)  # type: ignore[arg-type]
        if member is None:
            continue
        if isinstance(member, Leaf):
            text = child.text or ""
            if member.normalise is not None:
                text = member.normalise(text)
            if not text and member.absent_if_empty:
                continue
            if member.repeats:
                place = places[member.key] = places.get(member.key, 0) + 1
                values[f"{member.key}[{place}]"] = text
            else:
                values[member.key] = text
        elif member.record:
            below = Node(member.record, {}, child.sourceline or 0)
            node.children.append(below)
            _fill(member, child, below, {})
        else:
            _fill(member, child, node, places)
            if member.absent_if_empty and not any(map(values.get, member.absent_if_empty)):
                for key in member.absent_if_empty:
                    values.pop(key, None)


def tree(message: MessageType, root: etree._Element) -> Node:
    """Build the tree of a parsed message."""
    compiled = layout(message.name)
    node = Node(compiled.record, {}, root.sourceline or 1)
    _fill(compiled, root, node, {})
    return node


def message_type(root: etree._Element) -> tuple[MessageType | None, list[Fault]]:
    """Return the type of a document by its root namespace, or the fault that prevents it."""
    name = local_name(root)
    space = str(root.tag).rpartition("}")[0].lstrip("{")
    message = catalogue().by_namespace.get(space)
    address = XmlAddress(f"/{name}", root.sourceline or 1)
    if message is None:
        expected = "the namespace of a 2.1 message"
        return None, [Fault("XML-TYPE", space or "no namespace", expected, xml=address)]
    if name != "Bericht":
        return message, [Fault("XML-STRUCTURE", name, "Bericht", xml=address)]
    return message, []


def read(data: bytes, schemas: SchemaSet | None = None) -> Reading:
    """Read and validate a 2.1 message from its bytes; never raises on bad input.

    `schemas` are the XSDs to validate by, ikeur's own by default.
    """
    message = accepted(data) if fast_switch.IS_ON else None
    if message and not (schemas and schemas.is_official(message)):
        return Reading(message, make=tree, unparsed=data)
    parsed = parse(data)
    if parsed.root is None:
        return Reading(None, None, parsed.faults)
    message, faults = message_type(parsed.root)
    faults = [*parsed.faults, *faults]
    if message is None:
        return Reading(None, None, faults)
    if not faults or faults == parsed.faults:
        faults += (schemas or xml_schemas.own()).faults(message, parsed.root, data)
    return Reading(message, None, faults, parsed.root, tree)
