"""Expressions on the fields of a 2.0 record for each 2.1 element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from harness.reference import convert_value as mapping
from schemas.ei.fast.accept_fields import taken
from schemas.ei.layout import allowed_codes
from schemas.facts import fills
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.simple_types import NOT_BLANK, compile_pattern
from schemas.mapping.field_pairs import Mapped, mapped

Check = Callable[[str], object]
_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Leaf:
    """The text of an element as an expression; `sure` if the element is always present.

    `written` is an f-string that replaces the text if set. `present` is an expression for the
    presence of the element, where one is needed. The text must pass `checks`. `code_21` converts
    the 2.0 value to the 2.1 value, empty for no element.
    """

    text: str
    written: str = ""
    present: str = ""
    sure: bool = True
    checks: tuple[Check, ...] = ()
    code_21: Callable[[str], str] | None = None


class RecordVariables:
    """The fields of a record as variables; those of the last record are with the header's."""

    def __init__(self, message: MessageType, record: str) -> None:
        kept = taken(message.name)
        self.fields = kept[record] + (kept[TRAILER] if record == HEADER else ())
        self.names = {field.name: f"g{place}" for place, field in enumerate(self.fields)}
        self.blanks = {field.name: field.blank for field in self.fields}

    def present(self, field: Field) -> str:
        """An expression for whether a field is filled; empty if it always is."""
        told = field.rule.absent_with or field.name
        if told == field.name and (field.zero_is_value or field.must_be_filled):
            return ""
        return f"{self.names[told]} != {self.blanks[told]!r}"


def _code_21(pair: Mapped, key: str, blank: str) -> Callable[[str], str]:
    """The function from a 2.0 code as read to the 2.1 code, empty for another element or `blank`.

    It raises Refused for a code that 2.1 cannot hold.
    """
    field, convert, padding = pair.field, mapping.to_21(pair), "" if pair.field.is_number else " "
    kinds = tuple((item.type, item.pattern, item.highest_value) for item in pair.elements)
    known = _known(field.rule, field.codelist, padding, kinds, len(pair.keys) == 1 or key, blank)
    known[blank] = ""

    def code_21(raw: str) -> str:
        if raw not in known:
            chosen, value = convert(raw.rstrip(padding))
            known[raw] = value if chosen == key else ""
        return known[raw]

    return code_21


@cache
def _known(*_: object) -> dict[str, str]:
    """The codes converted by now, which fields of the same rule, list and kinds share."""
    return {}


def _checks(pair: Mapped) -> Iterator[Check]:
    """The checks of a text that fits the length of an element."""
    element = pair.elements[0]
    kind = element.type
    assert kind
    assert kind.base == "string"
    assert not kind.codelist
    assert (kind.max_length or pair.field.length) >= pair.field.length >= (kind.min_length or 0)
    for pattern in (kind.pattern, element.pattern):
        if pattern not in ("", NOT_BLANK):
            yield compile_pattern(pattern).fullmatch


class Leaves:
    """The leaves of the class of a record, `found` by key."""

    def __init__(self, message: MessageType, record: str) -> None:
        self.message, self.row = message, RecordVariables(message, record)
        self.header = taken(message.name)[HEADER]
        pairs = mapped(message.name)
        self.found: dict[str, Leaf] = {}
        for pair in pairs[record] + (pairs[TRAILER] if record == HEADER else ()):
            self.found |= {key: self.leaf(pair, key) for key in pair.keys}
        for item in fills.only_21(message.name).get(record, ()):
            if item.template:
                self.found[item.key] = self.fill(item.template)

    def leaf(self, pair: Mapped, key: str) -> Leaf:
        """The leaf of a field."""
        field, role = pair.field, pair.field.rule.role
        if role == "constant":
            return Leaf(repr(field.rule.back))
        if role == "comment-text":
            assert mapping.direct_21(pair)
            return Leaf("''.join(said[::-1]).rstrip(' ')", present="said", sure=False)
        name, present = self.row.names[field.name], self.row.present(field)
        if allowed_codes(self.message, field) is None:
            text = self.text(pair, name)
            return replace(text, present=present, sure=not present)
        sure = not present and len(pair.keys) == 1
        code_21 = _code_21(pair, key, field.blank if present else "")
        told = present if field.rule.absent_with else ""
        return Leaf(name, present=told, sure=sure, code_21=code_21)

    def text(self, pair: Mapped, name: str) -> Leaf:
        """The leaf of a filled field without a code list."""
        if pair.field.rule.codec == "date":
            return Leaf("", f"{{{name}[:4]}}-{{{name}[4:6]}}-{{{name}[6:]}}")
        if pair.field.rule.codec == "time":
            return Leaf("", f"{{{name}[:2]}}:{{{name}[2:4]}}:{{{name}[4:]}}")
        if mapping.number_21(pair):
            return Leaf(f"{name}.lstrip('0') or '0'")
        if mapping.direct_21(pair) and pair.field.is_number:
            return Leaf(name)
        stripped = name if pair.field.is_number else f"{name}.rstrip(' ')"
        return Leaf(stripped, checks=tuple(_checks(pair)))

    def fill(self, template: str) -> Leaf:
        """The leaf of an element that is filled in from the header and the links of the record."""
        # Every second part of the template is a name.
        parts = enumerate(_NAME.split(template))
        texts = [self.named(part) if at % 2 else repr(part) for at, part in parts]
        return Leaf(" + ".join(texts))

    def named(self, name: str) -> str:
        """The expression for a name in a template."""
        if name in self.row.names:
            return self.row.names[name]
        wanted = name.removeprefix(f"{HEADER}/")
        place, field = next(
            (place, field) for place, field in enumerate(self.header) if field.name == wanted
        )
        assert field.must_be_filled
        return f"head[{place}]" if field.is_number else f"head[{place}].rstrip(' ')"
