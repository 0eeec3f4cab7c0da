"""Input that is no message of its release, or has a code that neither release knows."""

from __future__ import annotations

from harness.suites.refuse.damage.damage import Damaged, Kind, of_bytes
from harness.suites.refuse.damage.ei_lines import is_loose
from harness.suites.refuse.damage.limits import on_values
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import Mapped

_NO_MESSAGE = b"Geachte heer, mevrouw,\r\nHierbij ontvangt u de toewijzing.\r\n"
# Well-formed codes that are in no code list.
_UNLISTED = ("7", "8", "77", "78", "99", "QZ", "777", "7Q7", "7777", "7Q7Q", "77777", "7Q7Q7")


def unlisted(length: int, is_number: bool, *lists: CodeList | None) -> list[str]:
    """Codes of a length that are in none of the given lists, in either release."""
    known = {code.code for found in lists if found for code in found.codes}
    return [
        code
        for code in _UNLISTED
        if len(code) == length and code not in known and (code.isdigit() or not is_number)
    ]


def in_small_letters(listed: CodeList, release: str) -> str:
    """A code of a release in small letters, which neither knows; empty if the list has none."""
    known = {code.code for code in listed.codes}
    small = (code.lower() for code in listed.valid(release))
    return next((code for code in small if code not in known), "")


def _unlisted(_message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    """Codes of the same length that neither release knows."""
    field = pair.field
    if field.codelist is None or field.rule.fallback:
        return []
    lists = [field.codelist, *(item.type.codelist for item in pair.elements if item.type)]
    return unlisted(field.length, field.is_number, *lists)


def _unlisted_20(message: MessageType, pair: Mapped, element: Element) -> list[str]:
    """As `_unlisted`, for fields that no total or key of 2.0 depends on."""
    return _unlisted(message, pair, element) if is_loose(message, pair.field) else []


def _unlisted_21(message: MessageType, pair: Mapped, element: Element) -> list[str]:
    """As `_unlisted`, where 2.1 has a code list."""
    is_listed = element.type is not None and element.type.codelist is not None
    return _unlisted(message, pair, element) if is_listed else []


def _small_20(message: MessageType, pair: Mapped, _element: Element) -> list[str]:
    listed = pair.field.codelist
    found = in_small_letters(listed, "2.0") if listed and is_loose(message, pair.field) else ""
    return [found] if found else []


def _small_21(_message: MessageType, _pair: Mapped, element: Element) -> list[str]:
    listed = element.type.codelist if element.type else None
    found = in_small_letters(listed, "2.1") if listed else ""
    return [found] if found else []


def small_letters(release: str) -> Kind:
    """A code in small letters where the list has it in capitals."""
    return on_values(release, _small_20 if release == "2.0" else _small_21)


def kinds(release: str) -> dict[str, Kind]:
    """The kinds of input that exist for both releases."""
    other = "2.1" if release == "2.0" else "2.0"
    return {
        "not-converted": of_bytes(lambda data, _draw: data, release),
        "unknown-code": on_values(release, _unlisted_20 if release == "2.0" else _unlisted_21),
        "wrong-release": Kind(lambda specimen, _draw: Damaged(specimen.plain[other])),
        "truncated": of_bytes(lambda data, _draw: data[: len(data) // 2], release),
        "empty": of_bytes(lambda _data, _draw: b"", release),
        "not-a-message": of_bytes(lambda _data, _draw: _NO_MESSAGE, release),
    }
