"""The golden messages fill all of the layouts, so that a row that errs makes one of them err.

Of a type all golden messages are taken together, read by the columns and paths of the tables alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from tests.paths import GOLDEN
from tests.schemas.ei_edit import CONVERTED
from tests.schemas.tables_edit import rows

CR_LF = "\r\n"
Values = dict[str, str]


def _golden(name: str, suffix: str) -> list[Path]:
    """The golden messages of a type that are read, and not refused."""
    found = GOLDEN.rglob(f"{name}*{suffix}")
    return sorted(path for path in found if "refused" not in path.stem)


def _mapped(name: str) -> dict[str, list[dict[str, str]]]:
    """The fields that say something in 2.1, by record."""
    found = defaultdict(list)
    for row in rows(f"ei20/{name}"):
        if row["xml21_path"]:
            found[row["record"]].append(row)
    return found


def _records(name: str) -> Iterator[tuple[str, str]]:
    for path in _golden(name, ".ei"):
        for line in path.read_bytes().decode("iso-8859-1").split(CR_LF)[:-1]:
            yield line[:2], line


def _values(name: str) -> dict[str, list[Values]]:
    """What each golden record of a type says in its mapped fields: no zeros in front, no spaces."""
    fields, found = _mapped(name), defaultdict(list)
    for record, line in _records(name):
        said = {}
        for row in fields[record]:
            raw = line[int(row["start"]) - 1 : int(row["end"])].strip()
            constant = row["rule"].startswith("constant")
            said[row["field"]] = raw if constant else raw.lstrip("0")
        found[record].append(said)
    return found


def test_every_mapped_field_is_filled_in_a_golden_message() -> None:
    mapped, empty = 0, []
    for name in CONVERTED:
        values = _values(name)
        for record, fields in _mapped(name).items():
            mapped += len(fields)
            empty += [
                (name, record, row["field"])
                for row in fields
                if not any(said[row["field"]] for said in values[record])
            ]
    assert mapped > 900
    assert not empty, f"{len(empty)} of {mapped} mapped fields are filled nowhere: {empty}"


@pytest.mark.parametrize("name", CONVERTED)
def test_two_fields_of_a_record_are_filled_with_other_values_in_a_golden_record(name: str) -> None:
    values = _values(name)
    alike = [
        (record, one["field"], other["field"])
        for record, fields in _mapped(name).items()
        for one, other in combinations(fields, 2)
        if not any(
            said[one["field"]]
            and said[other["field"]]
            and said[one["field"]] != said[other["field"]]
            for said in values[record]
        )
    ]
    assert not alike, f"{len(alike)} pairs of fields could change places unseen: {alike}"


def _leaves(name: str) -> set[str]:
    """The paths of the elements that hold a value, below the root."""
    shared = defaultdict(list)
    for row in rows("xml21/complex_types"):
        shared[row["type"]].append(row)

    def below(path: str, kind: str) -> Iterator[str]:
        if kind not in shared:
            yield path
        for row in shared.get(kind, ()):
            yield from below(f"{path}/{row['element']}", row["element_type"])

    found = [below(row["path"], row["type"]) for row in rows(f"xml21/{name}") if row["type"]]
    return {path for paths in found for path in paths}


def _said(name: str) -> set[str]:
    """The paths of the elements that hold a value in a golden message of a type."""
    found = set()
    for path in _golden(name, ".xml"):
        root = etree.parse(path).getroot()
        for element in root.iter():
            above = [*reversed([*element.iterancestors()]), element][1:]
            if (element.text or "").strip():
                found.add("/".join(etree.QName(part).localname for part in above))
    return found


@pytest.mark.parametrize("name", CONVERTED)
def test_every_element_holds_a_value_in_a_golden_message(name: str) -> None:
    leaves = _leaves(name)
    assert len(leaves) > 20
    assert leaves - _said(name) == set()
    assert _said(name) - leaves == set()


@pytest.mark.parametrize("name", CONVERTED)
def test_a_golden_answer_says_8001_in_its_header_alone(name: str) -> None:
    # "Declaratie is volledig toegewezen": only the header is about the declaration as a whole.
    for record, line in _records(name):
        if record != "01":
            assert "8001" not in line[310:], line
