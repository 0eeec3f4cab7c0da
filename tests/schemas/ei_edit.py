"""A golden 2.0 message to be broken in one place; records and columns count from 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from schemas.reading import Reading
from tests.paths import GOLDEN

TYPES = sorted(path.stem for path in GOLDEN.glob("*.ei"))
CONVERTED = sorted(path.stem for path in GOLDEN.glob("*.xml"))
CR_LF = "\r\n"
# Code, record number, record, field, first and last column.
Place = tuple[str, int, str, str, int, int]


class Ei:
    """The records of a golden message as text; every edit must change something."""

    def __init__(self, name: str) -> None:
        text = (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1")
        self.records = text.removesuffix(CR_LF).split(CR_LF)

    def get(self, number: int, start: int, end: int) -> str:
        return self.records[number - 1][start - 1 : end]

    def put(self, number: int, column: int, text: str) -> Ei:
        """Write over what stands from a column on; the record keeps its length."""
        record = self.records[number - 1]
        changed = record[: column - 1] + text + record[column - 1 + len(text) :]
        assert len(changed) == len(record)
        assert changed != record
        self.records[number - 1] = changed
        return self

    def number(self, *numbers: int) -> Ei:
        """Give the detail records and comments these numbers, in the order of the file."""
        details = [i for i, record in enumerate(self.records) if record[:2] not in ("01", "99")]
        for index, number in zip(details, numbers, strict=True):
            record = self.records[index]
            self.records[index] = f"{record[:2]}{number:012}{record[14:]}"
        return self

    def insert(self, number: int, record: str) -> Ei:
        """Let a record stand as the one of this number."""
        self.records.insert(number - 1, record)
        return self

    def double(self, number: int) -> Ei:
        return self.insert(number + 1, self.records[number - 1])

    def drop(self, *numbers: int) -> Ei:
        for number in sorted(numbers, reverse=True):
            del self.records[number - 1]
        return self

    def swap(self, one: int, other: int) -> Ei:
        records = self.records
        records[one - 1], records[other - 1] = records[other - 1], records[one - 1]
        return self

    def count(self, column: int, text: str) -> Ei:
        """Write a count in the last record."""
        return self.put(len(self.records), column, text)

    def data(self) -> bytes:
        return CR_LF.join([*self.records, ""]).encode("iso-8859-1")


def places(reading: Reading) -> list[Place]:
    """The faults of a reading with their addresses, in a fixed order."""
    found: list[Place] = []
    for fault in reading.faults:
        assert fault.ei is not None
        at = fault.ei
        found.append((fault.code, at.number, at.record, at.field, at.start, at.end))
    return sorted(found)


def cases(names: Iterable[str], known: Mapping[str, str]) -> list[Any]:
    """The names of cases as parameters; `known` gives the reason why one fails today."""
    marks = {name: pytest.mark.xfail(strict=True, reason=why) for name, why in known.items()}
    names = list(names)
    assert set(marks) <= set(names)
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]
