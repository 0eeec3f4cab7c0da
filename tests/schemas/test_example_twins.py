"""The published examples say the same as EI and as (2.0) XML, and it is read as it stands there.

A leaf of the XML that the tables of `example_leaves` leave out, or a filled field, fails.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from schemas.ei import read as ei_read
from tests.schemas.example_files import TWINS, cut, data, fields, lines
from tests.schemas.example_leaves import LEAVES, SAID_BY_PLACE

pytestmark = pytest.mark.examples


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _walk(element: etree._Element, path: str, name: str) -> list[tuple[str, dict[str, str]]]:
    """The records of an element of the twin, in the order of EI: a record and its fields."""
    record, leaves = LEAVES[name].get(path, ("", {}))
    own: dict[str, str] = {}
    below: list[tuple[str, dict[str, str]]] = []

    def collect(part: etree._Element, at: str) -> None:
        for child in part:
            full = f"{at}/{_local(child)}".lstrip("/")
            if full in LEAVES[name]:
                below.extend(_walk(child, full, name))
            elif len(child):
                collect(child, full)
            else:
                own[full.removeprefix(f"{path}/")] = child.text or ""

    collect(element, path)
    if not record:
        assert not own, f"leaves outside any record: {own}"
        return below
    assert set(own) <= set(leaves), f"leaves that the table lacks: {set(own) - set(leaves)}"
    return [(record, {leaves[leaf]: value for leaf, value in own.items()}), *below]


def _as_twin(raw: str, field: str, kind: str) -> str:
    """A value of EI as the twin writes it."""
    if "DATUM" in field or "DAGTEKENING" in field:
        return f"{raw[:4]}-{raw[4:6]}-{raw[6:]}" if len(raw) == 8 else raw
    if field == "TOEWIJZINGSTIJD":
        return f"{raw[:2]}:{raw[2:4]}:{raw[4:]}"
    if field in ("HUISNUMMER", "VOLUME") or field.endswith("VERSIENUMMER BERICHTSTANDAARD"):
        return str(int(raw))
    return raw.rstrip() if kind == "AN" else raw


def _records(text: list[str], name: str) -> list[tuple[str, dict[str, str]]]:
    """The records of an EI message with the fields that say something, as the twin writes them."""
    found = []
    for line in text:
        said = {}
        for row in fields(name)[line[:2]]:
            raw, field = cut(line, row), row["field"]
            if field == "KENMERK RECORD" or row["rule"].startswith(SAID_BY_PLACE):
                continue
            # The subversion of release 2.0 is 00, and not absent.
            if raw.strip("0 ") or field == "SUBVERSIENUMMER BERICHTSTANDAARD":
                said[field] = _as_twin(raw, field, row["type"])
        found.append((line[:2], said))
    return found


@pytest.mark.parametrize("stem", TWINS)
def test_every_leaf_of_the_twin_is_a_field_and_every_filled_field_is_a_leaf(
    examples: Path, stem: str
) -> None:
    name = TWINS[stem]
    twin = etree.parse(examples / "xml20" / f"{stem}.xml").getroot()
    *ei, trailer = _records(lines(data(examples, f"{stem}.ei")), name)
    # The relaties' addresses stand behind all relaties in EI, and within each in the twin.
    assert sorted(ei, key=str) == sorted(_walk(twin, "", name), key=str)
    # The last record counts, and says nothing else.
    assert trailer == ("99", {})


@pytest.mark.parametrize("stem", TWINS)
def test_the_reader_finds_what_stands_in_the_columns(examples: Path, stem: str) -> None:
    name = TWINS[stem]
    content = data(examples, f"{stem}.ei")
    root = ei_read.read(content).root
    assert root
    # Constants are no values: they are the same in every message.
    constant = {"VERSIENUMMER BERICHTSTANDAARD", "SUBVERSIENUMMER BERICHTSTANDAARD"}
    expected = [
        (record, {field: value for field, value in said.items() if field not in constant})
        for record, said in _records(lines(content), name)[:-1]
    ]
    kinds = {
        (record, row["field"]): row["type"] for record, all_ in fields(name).items() for row in all_
    }
    found = [
        (
            node.record,
            {
                field: _as_twin(raw, field, kinds.get((node.record, field), "N"))
                for field, raw in node.values.items()
                # Zero of a time is a value; there is none in the examples.
                if raw.strip("0 ")
            },
        )
        for node in root.walk()
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("stem", TWINS)
def test_the_reader_puts_each_record_below_the_one_it_stands_in(examples: Path, stem: str) -> None:
    name = TWINS[stem]
    twin = etree.parse(examples / "xml20" / f"{stem}.xml").getroot()
    root = ei_read.read(data(examples, f"{stem}.ei")).root
    assert root
    shape = {path: record for path, (record, _) in LEAVES[name].items()}

    def of_twin(element: etree._Element, path: str, parent: str) -> list[tuple[str, str]]:
        found = []
        for child in element:
            full = f"{path}/{_local(child)}".lstrip("/")
            record = shape.get(full, "")
            if record:
                found.append((parent, record))
            found += of_twin(child, full, record or parent)
        return found

    pairs = [(node.record, child.record) for node in root.walk() for child in node.children]
    # The header is the root of the tree, and stands beside the clients in the twin.
    expected = [(parent or "01", record) for parent, record in of_twin(twin, "", "")]
    assert sorted(pairs) == sorted(pair for pair in expected if pair != ("01", "01"))
