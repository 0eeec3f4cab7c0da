"""Bounds for drawing an element or field (lengths, numbers, codes), for one release or both."""

from __future__ import annotations

from dataclasses import dataclass

from generators.values.absence import may_be_absent, says_zero
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.facts.simple_types import SimpleType
from schemas.mapping.field_pairs import Mapped

BOTH = "both"
# The longest comment drawn; longer ones would test nothing new.
LONGEST_COMMENT = 420
LONG_LIST = 20


@dataclass(frozen=True)
class Spec:
    """The bounds of a draw; `cut_length` is set if 2.1 allows more characters than 2.0 keeps."""

    name: str
    base: str
    shortest: int
    longest: int
    cut_length: int
    lowest: int
    highest: int
    codes: tuple[str, ...]
    fixed: tuple[str, ...]
    may_be_absent: bool

    @property
    def bounds(self) -> tuple[object, ...]:
        """All that a value depends on."""
        own = self.base, self.shortest, self.longest, self.cut_length, self.lowest, self.highest
        return (*own, self.codes, self.fixed)

    @property
    def has_long_list(self) -> bool:
        """Whether there are so many codes that they must be cycled through."""
        return len(self.codes) > LONG_LIST


def _codes(element: Element, field: Field | None, release: str) -> tuple[str, ...]:
    kind = element.type
    listed = kind.codelist if kind else None
    if field is not None and field.rule.map and release != "2.1":
        return _mapped_codes(field, listed, release)
    # If a 2.0 field is split over several elements, each of these has its own list.
    if field is not None and len(field.paths) > 1 and listed:
        return tuple(listed.valid("2.1"))
    own = field.codelist if field else None
    codes_21 = listed.valid("2.1") if listed else None
    codes_20 = own.valid("2.0") if own and own.valid("2.0") else None
    if release == "2.1" or (field is None):
        return tuple(codes_21 or ())
    if release == "2.0" or codes_21 is None:
        return tuple(codes_20 or ())
    return tuple(code for code in codes_21 if codes_20 is None or code in codes_20)


def _mapped_codes(field: Field, listed: CodeList | None, release: str) -> tuple[str, ...]:
    """Return the 2.1 codes that a map lists, and those that are equal in both releases."""
    known = [row.code_21 for row in field.rule.map if row.code_20 or release == BOTH]
    own = field.codelist.valid("2.0") if field.codelist else {}
    mapped = {row.code_20 for row in field.rule.map}
    same = [code for code in (listed.valid("2.1") if listed else ()) if code in own]
    if field.codelist is not listed:
        same = []
    return tuple(dict.fromkeys([*known, *(code for code in same if code not in mapped)]))


def _lengths(kind: SimpleType, field: Field | None, release: str) -> tuple[int, int, int]:
    longest = kind.max_length or LONGEST_COMMENT
    if field is None or release == "2.1" or field.rule.role == "comment-text":
        return max(kind.min_length or 1, 1), longest, 0
    cut = longest if field.rule.cut and release == BOTH else 0
    return max(kind.min_length or 1, 1), min(longest, field.length), cut


def _range(
    element: Element, kind: SimpleType, field: Field | None, release: str
) -> tuple[int, int]:
    lowest, highest = kind.lowest or 0, element.highest_value or kind.highest or 0
    if field is None or release == "2.1":
        return lowest, highest
    zero_is_kept = says_zero(field) or element.optional
    return max(lowest, 0 if zero_is_kept else 1), min(highest, 10**field.length - 1)


def _may_be_absent(element: Element, field: Field | None, release: str) -> bool:
    if field is None or release == "2.1":
        return element.optional and release != "2.0"
    if release == "2.0":
        return may_be_absent(field) and (element.optional or not element.base)
    return element.optional and may_be_absent(field)


def of_element(element: Element, pair: Mapped | None, release: str) -> Spec:
    """Return the bounds of a 2.1 element; `pair` is None if it has no 2.0 field."""
    kind = element.type
    assert kind is not None
    field = pair.field if pair else None
    shortest, longest, cut = _lengths(kind, field, release)
    lowest, highest = _range(element, kind, field, release)
    plain = element.pattern and not set(element.pattern) & set("[](){}*+?.^\\")
    own = kind.pattern if kind.pattern.isdigit() else ""
    return Spec(
        name=element.path,
        base=kind.base,
        shortest=shortest,
        longest=longest,
        cut_length=cut,
        lowest=lowest,
        highest=highest,
        codes=_codes(element, field, release),
        fixed=tuple(element.pattern.split("|")) if plain else tuple(filter(None, [own])),
        may_be_absent=_may_be_absent(element, field, release),
    )


def of_field(message: MessageType, field: Field) -> Spec:
    """Return the bounds of a field that only 2.0 has."""
    listed = field.codelist.valid("2.0") if field.codelist else ()
    own = message.codes if field.rule.argument == MESSAGE_CODE else listed
    return Spec(
        name=field.name,
        base={"date": "date", "time": "time"}.get(
            field.rule.codec, "digits" if field.is_number else "string"
        ),
        shortest=1,
        longest=field.length,
        cut_length=0,
        lowest=0 if says_zero(field) else 1,
        highest=10**field.length - 1,
        codes=tuple(sorted(own if listed else ())),
        fixed=(),
        may_be_absent=may_be_absent(field),
    )
