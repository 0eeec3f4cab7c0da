"""The sweep over the elements of a 2.1 message: every schema fault at every element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree

from harness.suites.refuse.damage.foreign_input import in_small_letters, unlisted
from harness.suites.refuse.damage.xml_documents import other_standard, serialized
from harness.suites.refuse.sweep.spots import Base, Spot
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.facts.table_rows import weakest

# Returns an invalid value for an element, given its row and value; None if impossible.
Wrong = Callable[[Element, str], str | None]
_STRANGE = ("ZZ", "12345678", "A-1", "3")


def _of_base(base: str, value: str) -> Wrong:
    def wrong(known: Element, _held: str) -> str | None:
        return value if known.type and known.type.base == base else None

    return wrong


def _with_letter(known: Element, held: str) -> str | None:
    return f"{held}X" if known.type and known.type.is_number else None


def _empty(known: Element, _held: str) -> str | None:
    return "" if known.type else None


def _unlisted(known: Element, _held: str) -> str | None:
    listed = known.type.codelist if known.type else None
    if known.type is None or listed is None:
        return None
    length = max(len(code.code) for code in listed.codes)
    return unlisted(length, known.type.base == "integer", listed)[0]


def _small(known: Element, _held: str) -> str | None:
    listed = known.type.codelist if known.type else None
    return (in_small_letters(listed, "2.1") if listed else "") or None


def _too_long(known: Element, _held: str) -> str | None:
    kind = known.type
    if kind is None or kind.codelist or kind.max_length is None:
        return None
    return "1" * (kind.max_length + 1)


def _too_high(known: Element, _held: str) -> str | None:
    kind = known.type
    if kind is None or kind.codelist or kind.highest is None:
        return None
    highest = kind.highest if known.highest_value is None else known.highest_value
    return str(highest + 1)


def _too_low(known: Element, _held: str) -> str | None:
    kind = known.type
    return str(kind.lowest - 1) if kind and not kind.codelist and kind.lowest is not None else None


def _outside_pattern(known: Element, held: str) -> str | None:
    """A value that only the pattern forbids, preferably one that the type itself allows."""
    kind = known.type
    if kind is None or kind.codelist or not (kind.pattern or known.pattern):
        return None
    if kind.base == "date":
        return f"{held}+01:00"
    if kind.base == "time":
        return f"{held}Z"
    own = [value for value in _STRANGE if known.pattern and kind.accepts(value)]
    found = [*own, f"X{held[1:]}", " " * len(held)]
    return next((value for value in found if not known.accepts(value)), None)


WRONG: dict[str, Wrong] = {
    "element-empty": _empty,
    "unknown-code": _unlisted,
    "code-in-small-letters": _small,
    "no-number": _with_letter,
    "no-such-date": _of_base("date", "2017-02-30"),
    "no-such-time": _of_base("time", "24:30:00"),
    "value-too-long": _too_long,
    "value-too-high": _too_high,
    "value-too-low": _too_low,
    "outside-pattern": _outside_pattern,
}


def _missing(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    for one in parent.findall(str(element.tag)):
        parent.remove(one)


def _repeated(element: etree._Element) -> None:
    element.addnext(deepcopy(element))


STRUCTURE: dict[str, tuple[Callable[[Element], bool], Callable[[etree._Element], None]]] = {
    "element-missing": (lambda known: not known.optional, _missing),
    "element-repeated": (lambda known: known.highest == 1, _repeated),
}


def spots(message: MessageType) -> Iterator[Spot]:
    """The spots of the elements of a message type, one per fault."""
    known = [element for path, element in message.elements.items() if path]
    for kind, (fits, spoil) in STRUCTURE.items():
        for element in known:
            if fits(element):
                # An element is as certain as the element around it.
                parent = message.elements[element.path.rpartition("/")[0]]
                grade = weakest(element.evidence, parent.evidence)
                yield Spot(kind, element.path, grade, _spoilt(element.path, spoil))
    for kind, wrong in WRONG.items():
        for element in known:
            # Only the length of the present value matters to the invalid one.
            value = wrong(element, "0")
            if value is not None and not element.accepts(value):
                yield Spot(kind, element.path, _grade(element), _said(element, wrong))

    yield Spot("other-standard", "Bericht", message.evidence_21, _of_other_standard)


def _of_other_standard(base: Base) -> bytes:
    message = base.specimen.message
    own, other = message.base_namespace, other_standard(message)
    return base.specimen.plain["2.1"].replace(own.encode(), other.encode())


def _grade(element: Element) -> str:
    return weakest(element.evidence, *([element.type.evidence] if element.type else []))


def _spoilt(path: str, spoil: Callable[[etree._Element], None]) -> Callable[[Base], bytes | None]:
    def make(base: Base) -> bytes | None:
        number = base.elements.get(path)
        if number is None:
            return None
        root = deepcopy(base.root)
        spoil(next(islice(root.iter(), number, None)))
        return serialized(root)

    return make


def _said(known: Element, wrong: Wrong) -> Callable[[Base], bytes | None]:
    def say(element: etree._Element) -> None:
        element.text = wrong(known, element.text or "")

    return _spoilt(known.path, say)
