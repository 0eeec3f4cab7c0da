"""The records of a 2.0 message and their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.codelists import CodeList
from schemas.facts.elements import UNBOUNDED
from schemas.facts.mapping_rules import VALUE_ROLES, Rule

HEADER, COMMENT, TRAILER = "01", "98", "99"
FIELD_TYPES = ("N", "AN")
PRESENCES = ("M", "C", "O", "S")


@dataclass(frozen=True, eq=False)
class Field:
    """A field of a record; `start` and `end` are columns, from 1."""

    record: str
    name: str
    type: str
    length: int
    start: int
    end: int
    presence: str
    paths: tuple[str, ...]
    rule: Rule
    codelist: CodeList | None
    evidence: str
    where: str

    @property
    def is_number(self) -> bool:
        """Whether the field holds digits only, zero-filled."""
        return self.type == "N"

    @property
    def has_value(self) -> bool:
        """Whether the field carries information, rather than being derived from others."""
        return self.rule.role in VALUE_ROLES

    @cached_property
    def blank(self) -> str:
        """The text of the field when absent: zeros or spaces."""
        return ("0" if self.is_number else " ") * self.length

    @cached_property
    def zero_is_value(self) -> bool:
        """Whether all zeros is a value: a code, or a number whose absence shows otherwise."""
        if not self.is_number:
            return False
        listed = self.codelist is not None and self.blank in self.codelist.valid("2.0")
        return listed or self.rule.absent == "never" or bool(self.rule.absent_with)

    @cached_property
    def must_be_filled(self) -> bool:
        """Whether zeros or spaces are an error."""
        blank_goes_back = self.rule.role == "drop" and (
            self.rule.back == self.blank or "|0" in self.rule.back
        )
        judged = self.presence == "M" and self.has_value
        return judged and not self.zero_is_value and not blank_goes_back

    @property
    def may_be_absent(self) -> bool:
        """Whether a message may omit the field, as far as zeros can express that."""
        return self.presence != "M" if self.zero_is_value else not self.must_be_filled


@dataclass(frozen=True, eq=False)
class Record:
    """A record: its position, how often it may occur, and its class in 2.1."""

    code: str
    name: str
    parent: str
    rank: int
    lowest: int
    highest: int
    container: str
    keyed_container: str
    key: str
    comments_on: tuple[str, ...]
    fields: tuple[Field, ...]
    evidence: str
    where: str

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name, without reserved ones."""
        return {field.name: field for field in self.fields if field.rule.role != "reserve"}


def _cardinality(row: tables.Row) -> tuple[int, int]:
    low, _, high = row["cardinality"].partition("..")
    if not low.isdigit() or not (high in ("", "*") or high.isdigit()):
        raise TableError("TABLE-NUMBER", f"cardinality {row['cardinality']!r}", row.where)
    return int(low), UNBOUNDED if high == "*" else int(high or low)


def _field(row: tables.Row, rules: Mapping[str, Rule], lists: Mapping[str, CodeList]) -> Field:
    if row["rule"] not in rules:
        raise TableError("TABLE-RULE", f"no rule {row['rule']!r}", row.where)
    if row["type"] not in FIELD_TYPES or row["presence"] not in PRESENCES:
        raise TableError("TABLE-FIELD", "unknown type or presence", row.where)
    if row["codelist"] and row["codelist"] not in lists:
        raise TableError("TABLE-FIELD", f"no code list {row['codelist']}", row.where)
    return Field(
        record=row["record"],
        name=row["field"],
        type=row["type"],
        length=row.number("length"),
        start=row.number("start"),
        end=row.number("end"),
        presence=row["presence"],
        paths=tuple(filter(None, row["xml21_path"].split("|"))),
        rule=rules[row["rule"]],
        codelist=lists.get(row["codelist"]),
        evidence=row.evidence,
        where=row.where,
    )


def load_fields(
    message: str,
    rules: Mapping[str, Rule],
    lists: Mapping[str, CodeList],
    folder: Path = tables.TABLES,
) -> dict[str, list[Field]]:
    """Load the fields of a message by record, in table order; raises TableError."""
    fields: dict[str, list[Field]] = {}
    for row in tables.rows(f"ei20/{message}", folder):
        fields.setdefault(row["record"], []).append(_field(row, rules, lists))
    return fields


def load_record(row: tables.Row, fields: list[Field]) -> Record:
    """Build a record from its row of `records.csv` and its fields; raises TableError."""
    lowest, highest = _cardinality(row)
    return Record(
        code=row["record"],
        name=row["record_name"],
        parent=row["parent"],
        rank=row.number("rank"),
        lowest=lowest,
        highest=highest,
        container=row["xml21_container"],
        keyed_container=row["keyed_container"],
        key=row["key"],
        comments_on=tuple(row["comments_on"].split()),
        fields=tuple(fields),
        evidence=row.evidence,
        where=row.where,
    )
