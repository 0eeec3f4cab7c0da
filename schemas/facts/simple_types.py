"""The simple types of 2.1, which define the texts that an element may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.codelists import CodeList
from schemas.facts.on_demand import OnDemand

# The standards' pattern for a non-blank text.
NOT_BLANK = r".*[^\s].*"
_REMEMBERED = 2048
_BASES = ("string", "integer", "date", "time")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_PART_OF_SECOND = re.compile(r"([0-9]{2}(?::[0-9]{2}){2})\.(?=[0-9])([0-9]*?)0*")
# XML Schema treats the end of a day and the start of the next as the same time.
_MIDNIGHTS = {"24:00:00": "00:00:00"}
_INTEGER = re.compile(r"([+-]?)0*([0-9]+)")
_MOST_DIGITS = 20
# The whitespace that XML Schema strips from values other than strings.
BLANKS = " \t\r\n"
# Patterns whose parts mean the same in Python, or have an equivalent in _IN_PYTHON.
_PART = r"(?:[A-Za-z0-9]|\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9:+])+-?\]|\[\^\\s\]|\.)"
_PLAIN = re.compile(rf"(?:(?:{_PART}|\))(?:\{{[0-9]{{1,3}}\}}|[*+])?|[(|])*")
_IN_PYTHON = {r"[^\s]": r"[^ \t\n\r]", ".": r"[^\n\r]"}
_DIFFERENT = re.compile("|".join(map(re.escape, _IN_PYTHON)))
# The characters that XML 1.0 allows, by those that it does not: the others take long to compile.
_XML_TEXT = re.compile("[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]*")


def is_time(value: str) -> bool:
    """Whether a text is a valid time, UU:MM:SS."""
    return bool(_TIME.fullmatch(value))


# The same dates recur in many elements.
@lru_cache(maxsize=_REMEMBERED)
def is_date(value: str) -> bool:
    """Whether a text is a valid date, EEJJ-MM-DD."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, eq=False)
class SimpleType:
    """A simple type of 2.1 with its facets; lengths are in characters."""

    name: str
    base: str
    pattern: str
    min_length: int | None
    max_length: int | None
    lowest: int | None
    highest: int | None
    codelist: CodeList | None
    evidence: str

    @property
    def is_number(self) -> bool:
        """Whether values are numbers without a code list, written without leading zeros."""
        return self.base == "integer" and self.codelist is None

    @cached_property
    def _regex(self) -> re.Pattern[str] | None:
        return compile_pattern(self.pattern) if self.pattern else None

    @cached_property
    def _code_values(self) -> frozenset[str]:
        codes = self.codelist.valid("2.1") if self.codelist else {}
        return frozenset(self.canonical(code) for code in codes)

    def canonical(self, value: str) -> str:
        """Return the canonical form of a value, so that the integers `07` and `7` compare equal."""
        if self.base == "string":
            return value
        value = value.strip(BLANKS)
        if self.base == "integer":
            return _canonical_integer(value)
        return _canonical_time(value) if self.base == "time" else value

    def accepts(self, value: str) -> bool:
        """Whether an element of this type may hold the text."""
        if not self._base_accepts(value):
            return False
        if self._regex and not self._regex.fullmatch(value):
            return False
        return self.codelist is None or self.canonical(value) in self._code_values

    def _base_accepts(self, value: str) -> bool:
        if self.base == "date":
            return is_date(value)
        if self.base == "time":
            return is_time(value)
        if self.base == "integer":
            return self._accepts_integer(value)
        length = len(value)
        if self.max_length is not None and length > self.max_length:
            return False
        return length >= (self.min_length or 0) and bool(_XML_TEXT.fullmatch(value))

    def _accepts_integer(self, value: str) -> bool:
        match = _INTEGER.fullmatch(value)
        if match is None or len(match[2]) > _MOST_DIGITS:
            return False
        return self._in_range(int(_canonical_integer(value)))

    def _in_range(self, number: int) -> bool:
        return (self.lowest is None or number >= self.lowest) and (
            self.highest is None or number <= self.highest
        )


def _canonical_integer(value: str) -> str:
    if value.isascii() and value.isdigit() and value[0] != "0":
        return value
    match = _INTEGER.fullmatch(value)
    if match is None:
        return value
    sign, digits = match.groups()
    return f"-{digits}" if sign == "-" and digits != "0" else digits


def _canonical_time(value: str) -> str:
    """Strip trailing zeros from the fraction of a second, and a zero fraction altogether."""
    if match := _PART_OF_SECOND.fullmatch(value):
        whole, part = match.groups()
        value = f"{whole}.{part}" if part else whole
    return _MIDNIGHTS.get(value, value)


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of XML Schema for Python; raises ValueError if it is invalid."""
    try:
        return re.compile(_in_python(pattern))
    except re.error as error:
        raise ValueError(str(error)) from None


def _in_python(pattern: str) -> str:
    if _PLAIN.fullmatch(pattern):
        return _DIFFERENT.sub(lambda part: _IN_PYTHON[part[0]], pattern)
    # Imported late: only unusual patterns need it, and it is slow to import.
    from elementpath.regex import RegexError, translate_pattern

    try:
        return translate_pattern(pattern, back_references=False, lazy_quantifiers=False)
    except RegexError as error:
        raise ValueError(str(error)) from None


def _limit(row: tables.Row, column: str) -> int | None:
    return row.number(column) if row[column] else None


def load(
    codelists: Mapping[str, CodeList], folder: Path = tables.TABLES
) -> Mapping[str, SimpleType]:
    """The simple types by name, each made when asked for.

    Raises TableError, when a type is asked for, for an unknown base or code list.
    """
    by_name = {row["type"]: row for row in tables.rows("xml21/simple_types", folder)}
    return OnDemand(by_name, lambda name: _type(by_name[name], codelists))


def _type(row: tables.Row, codelists: Mapping[str, CodeList]) -> SimpleType:
    name = Path(row["codelist"]).stem
    if row["base"] not in _BASES or (name and name not in codelists):
        raise TableError("TABLE-TYPE", "unknown base or code list", row.where)
    try:
        compile_pattern(row["pattern"])
    except ValueError as error:
        raise TableError("TABLE-TYPE", f"not a pattern: {error}", row.where) from None
    return SimpleType(
        name=row["type"],
        base=row["base"],
        pattern=row["pattern"],
        min_length=_limit(row, "minLength"),
        max_length=_limit(row, "maxLength"),
        lowest=_limit(row, "minInclusive"),
        highest=_limit(row, "maxInclusive"),
        codelist=codelists[name] if name else None,
        evidence=row.evidence,
    )
