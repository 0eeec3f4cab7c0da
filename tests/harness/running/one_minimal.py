"""By brute force: what is left when any one thing is taken out of a message file.

It knows the layout of the files only, and shares nothing with what makes messages smaller.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from harness.judging.tree_diff import differences
from schemas.errors import Refused
from schemas.facts.finding_codes import preventing
from schemas.releases.read_write import read
from tests.suts.spoiling import Records, faithful

Convert = Callable[[bytes, str, str], bytes]
# What a finding is about: its code, and the record and the key of its field.
About = tuple[str, str, str]


def shown(convert: Convert, data: bytes, source: str) -> set[About]:
    """What a converter makes of a valid message otherwise than a faithful one does."""
    target = "2.1" if source == "2.0" else "2.0"
    # A notation that a converter must accept stands on its own.
    if preventing(read(data, source).faults):
        return set()
    try:
        expected = read(faithful(data, source, target), target)
    except Refused:
        return set()
    actual = read(convert(data, source, target), target)
    if expected.faults or expected.root is None or actual.root is None:
        return set()
    found = differences(expected.root, actual.root)
    return {(item.code, item.record, item.key.partition("[")[0]) for item in found}


def with_less(data: bytes, source: str) -> Iterator[bytes]:
    """The message without each of its records, fields or elements, one at a time."""
    yield from _less_ei(data) if source == "2.0" else _less_xml(data)


def _less_xml(data: bytes) -> Iterator[bytes]:
    count = sum(1 for _ in etree.fromstring(data).iter())
    for place in range(1, count):
        root = copy.deepcopy(etree.fromstring(data))
        element = list(root.iter())[place]
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        yield etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _less_ei(data: bytes) -> Iterator[bytes]:
    kinds = Records(data).message.records
    places = range(len(Records(data).lines))
    for place in places:
        records = Records(data)
        kind = records.lines[place][:2]
        if kind not in ("01", "99"):
            depth = _depth(records, kind)
            end = place + 1
            while kind != "98" and _depth(records, records.lines[end][:2]) > depth:
                end += 1
            del records.lines[place:end]
            records.count_again()
            yield records.write()
        for field in kinds[kind].fields:
            # Where zeros are a value of their own, nothing goes when they are written.
            if not field.has_value or field.zero_is_value:
                continue
            records = Records(data)
            if records.get(place, field.name) != field.blank:
                records.put(place, field.name, "")
                yield records.write()


def _depth(records: Records, kind: str) -> int:
    """How deep a kind of record stands; a comment stands below what it is on."""
    if kind in ("98", "99"):
        return 99 if kind == "98" else 0
    parent = records.message.records[kind].parent
    return 1 + _depth(records, parent) if parent else 0
