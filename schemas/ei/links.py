"""Fields of a 2.0 message whose value or presence depends on other fields or records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from schemas.ei.diagnose import field_address
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.facts.together import Together
from schemas.message.fault import EiAddress, Fault
from schemas.message.node import Node


def link_fault(code: str, field: Field, node: Node, expected: str) -> Fault:
    """Return the fault of a field that should have been derived from others."""
    return Fault(
        code,
        node.links.get(field.name, "").strip(),
        expected.strip(),
        ei=field_address(field, node.line),
        evidence=field.evidence,
    )


def number_field(message: MessageType, record: str) -> Field | None:
    """Return the field that holds the record's sequence number, if it has one."""
    fields = message.records[record].fields
    return next((field for field in fields if field.rule.role == "sequence"), None)


def pair_faults(dependent: Sequence[Field], groups: Together, node: Node) -> Iterator[Fault]:
    """Yield faults for values without the field they depend on, and for incomplete groups.

    Zeros of a field whose companion is absent are removed from the node.
    """
    values = node.values
    for field in dependent:
        if field.rule.absent_with in values:
            continue
        raw = values.pop(field.name, field.blank)
        if raw != field.blank:
            address = field_address(field, node.line)
            expected = f"{field.rule.absent_with} filled too"
            yield Fault("EI-GROUP", raw, expected, ei=address, evidence=field.evidence)
    for fields, evidence in groups:
        if found := half(fields, values):
            missing, present = found
            address = field_address(missing, node.line)
            expected = f"a value, as {present.name} has one"
            yield Fault("EI-GROUP", "absent", expected, ei=address, evidence=evidence)


def half(fields: Sequence[Field], values: Mapping[str, str]) -> tuple[Field, Field] | None:
    """Return a missing and a present field of an incomplete group, or None if there is none."""
    missing = [field for field in fields if field.name not in values]
    if not missing or len(missing) == len(fields):
        return None
    return missing[0], next(field for field in fields if field not in missing)


@cache
def dependent_fields(name: str) -> dict[str, tuple[Field, ...]]:
    """Return the fields of each record that are absent with another field, by record code."""
    return {
        code: tuple(field for field in record.fields if field.rule.absent_with)
        for code, record in catalogue().one(name).records.items()
    }


def owner_faults(message: MessageType, parent: Node, keyed: Sequence[Node]) -> Iterator[Fault]:
    """Move records below the owner that their key names, and yield faults of keys and counts."""
    record = message.records[keyed[0].record]
    field = record.by_name[record.key]
    owner_record, _, owner_name = field.rule.argument.partition("/")
    owners = {node.values.get(owner_name, ""): node for node in parent.of(owner_record)}
    for node in keyed:
        key = node.links[field.name].rstrip(" ")
        if not key:
            continue
        if key not in owners:
            yield link_fault("EI-KEY", field, node, f"{owner_name} of a record {owner_record}")
            continue
        parent.children.remove(node)
        owners[key].children.append(node)
    element = message.elements.get(record.keyed_container)
    for owner in parent.of(owner_record):
        count = len(owner.of(record.code))
        if element and not element.lowest <= count <= element.highest:
            address = EiAddress(owner.line, owner.record)
            actual, expected = f"{count} of record {record.code}", str(element.lowest)
            yield Fault("EI-OWNER", actual, expected, ei=address, evidence=field.evidence)
    if record.lowest and not parent.of(record.code):
        address = EiAddress(parent.line, parent.record)
        actual = f"0 of record {record.code} of its own"
        yield Fault("EI-OWNER", actual, "1 or more", ei=address, evidence=field.evidence)
