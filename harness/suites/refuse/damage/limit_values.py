"""Values of one release that the other cannot hold, derived from the tables."""

from __future__ import annotations

from collections.abc import Sequence

from harness.suites.refuse.damage.damage import Kind
from harness.suites.refuse.damage.foreign_input import unlisted
from harness.suites.refuse.damage.limits import KEY_TWICE, LEFT_OUT, REPEATED, Values, on_values
from schemas.ei.layout import allowed_codes
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import Mapped

# Letters and signs that ISO 8859-1 lacks, those that windows-1252 has among them; e with an accent
# of its own could be written as one letter, which would be another text.
_LETTERS = (
    "“A”", "A–B", "e\u0301", "€", "‘A’", "A—B", "Łęcki", "Şahin", "Őry", "Čapek", "Ștefan",
    "Δ", "王",
)  # fmt: skip
_CONTROLS = ("A\x85B", "A\tB", "A\x9f")
_ODD_TEXTS = ("a-1", "A")


def _is_text(pair: Mapped) -> bool:
    rule = pair.field.rule
    plain = rule.codec in ("", "text") and not rule.map and pair.field.codelist is None
    return plain and not pair.field.is_number


def _accepted(pair: Mapped, element: Element, values: Sequence[str]) -> list[str]:
    """The values that an element allows and that fit the 2.0 text field uncut."""
    if not _is_text(pair):
        return []
    longest = pair.field.rule.cut or pair.field.length
    return [value for value in values if len(value) <= longest and element.accepts(value)]


def _letters(_message: MessageType, pair: Mapped, element: Element) -> list[str]:
    return _accepted(pair, element, _LETTERS)


def _controls(_message: MessageType, pair: Mapped, element: Element) -> list[str]:
    return _accepted(pair, element, _CONTROLS)


def _indented(_message: MessageType, pair: Mapped, element: Element) -> list[str]:
    # The lines of a comment are joined, and may start with a space.
    is_comment = pair.field.rule.role == "comment-text"
    return [] if is_comment else _accepted(pair, element, (" A", " 1"))


def _digits(_message: MessageType, pair: Mapped, element: Element) -> list[str]:
    kind, length = element.type, pair.field.length
    if not pair.field.is_number or kind is None or not kind.is_number:
        return []
    values = (f"1{'0' * length}", "9" * (length + 1))
    return [value for value in values if element.accepts(value)]


def _late_years(_message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    return ["12017-03-01"] if pair.field.rule.codec == "date" else []


def _parts_of_seconds(_message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    return ["09:30:00.5"] if pair.field.rule.codec == "time" else []


def _blanks(_message: MessageType, pair: Mapped, element: Element) -> list[str]:
    """Values that 2.1 allows, and that 2.0 reads as the absence of a required value."""
    field = pair.field
    if not field.must_be_filled or field.codelist or len(pair.keys) > 1:
        return []
    values = (field.blank, "0") if field.is_number else ("",)
    return [value for value in values if element.accepts(value)]


def _codes_20_lacks(message: MessageType, pair: Mapped, element: Element) -> list[str]:
    """Codes that 2.1 allows and 2.0 does not list."""
    field, rule = pair.field, pair.field.rule
    listed, known = element.type.codelist if element.type else None, allowed_codes(message, field)
    if known is None or rule.fallback:
        return []
    free = unlisted(field.length, field.is_number, field.codelist)
    return [
        code
        for code in (listed.valid("2.1") if listed else free)
        if code not in known and element.accepts(code) and not rule.code_20(code)
    ]


def _codes_21_lacks(message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    rule, known = pair.field.rule, allowed_codes(message, pair.field)
    if known is None or rule.fallback:
        return []
    return [
        code
        for code in sorted(known)
        if not rule.code_21(code) and not any(item.accepts(code) for item in pair.elements)
    ]


def _odd_values(_message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    """Values that 2.0 allows, outside the pattern or range of the 2.1 element."""
    field = pair.field
    if field.codelist or field.rule.map or field.rule.codec in ("date", "time"):
        return []
    values = ("1" * field.length, "9" * field.length) if field.is_number else _ODD_TEXTS
    return [
        value
        for value in values
        if len(value) <= field.length and not any(item.accepts(value) for item in pair.elements)
    ]


VALUES: dict[str, dict[str, Values]] = {
    "2.0": {
        "code-target-lacks": _codes_21_lacks,
        "value-target-lacks": _odd_values,
    },
    "2.1": {
        "letter-target-lacks": _letters,
        "control-character": _controls,
        "space-first": _indented,
        "too-many-digits": _digits,
        "year-too-late": _late_years,
        "part-of-a-second": _parts_of_seconds,
        "value-target-requires": _blanks,
        "code-target-lacks": _codes_20_lacks,
    },
}


def _kinds(release: str) -> dict[str, Kind]:
    return {name: on_values(release, values) for name, values in VALUES[release].items()}


KINDS_20: dict[str, Kind] = {**_kinds("2.0"), "value-target-requires": LEFT_OUT}
KINDS_21: dict[str, Kind] = {
    **_kinds("2.1"),
    "too-many-repeats": REPEATED,
    "key-twice": KEY_TWICE,
}
