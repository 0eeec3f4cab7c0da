"""Shows two messages aligned: records below a ruler with their fields, or elements by path."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest

from reports.run.aligned import Part, differing, elements, lines
from reports.shared.aligned import TAKES_ANY
from reports.shared.texts import Texts
from reports.shared.visible import excerpt, quoted, shortened, visible
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import filled_keys

MOST_SHOWN = 20
_WIDTH, _TENS = 80, 10


def shown(message: str, release: str, expected: bytes, actual: bytes, t: Texts) -> Iterator[str]:
    """The lines that show where an output differs from the expected one, at most 20 places.

    `message` is the message type. An output that is no XML is shown by its lines.
    """
    parts = (elements(expected), elements(actual)) if release == "2.1" else ([], [])
    is_xml = all(parts)
    found = differing(*parts) if is_xml else differing(lines(expected), lines(actual))
    pairs = (pair for pair in found if not (is_xml and _takes_any(message, *pair)))
    for number, (one, other) in enumerate(islice(pairs, MOST_SHOWN)):
        if not number:
            yield ""
            yield t("aligned.title")
        place = (other or one or Part("", "", "")).place
        yield ""
        if is_xml:
            yield visible(shortened(place))
            yield from _values(one, other, t)
        else:
            yield from _record(message, one, other, t)
    if next(pairs, None):
        yield ""
        yield t("aligned.more", most=MOST_SHOWN)


def _takes_any(message: str, one: Part | None, other: Part | None) -> bool:
    """Whether two elements differ only as the expected message has a mark for any value."""
    is_marked = bool(one and TAKES_ANY.fullmatch(one.text)) and other is not None
    return is_marked and bool(filled_keys(message))


def _values(one: Part | None, other: Part | None, t: Texts) -> Iterator[str]:
    """The two values on a line each."""
    texts = excerpt(one.text if one else "", other.text if other else "")
    labels = _labels(t)
    for label, part, text in zip(labels, (one, other), texts, strict=True):
        yield f"  {label}  {quoted(text, t('nothing')) if part else t('aligned.none')}"


def _labels(t: Texts) -> tuple[str, str]:
    first, second = t("finding.expected"), t("finding.actual")
    width = max(len(first), len(second))
    return first.ljust(width), second.ljust(width)


def _record(message: str, one: Part | None, other: Part | None, t: Texts) -> Iterator[str]:
    """A record of both messages: the fields that differ, and their columns below a ruler."""
    part = other or one
    assert part is not None
    yield t("aligned.record", number=part.place, record=visible(part.name))
    if one is None or other is None:
        yield from _values(one, other, t)
        return
    places = [
        place for place, pair in enumerate(zip_longest(one.text, other.text)) if pair[0] != pair[1]
    ]
    yield from _fields(message, part.name, places, t)
    longest = max(len(one.text), len(other.text))
    for start in dict.fromkeys(place // _WIDTH * _WIDTH for place in places):
        yield from _columns(one.text, other.text, range(start, min(start + _WIDTH, longest)), t)


def _fields(message: str, record: str, places: list[int], t: Texts) -> Iterator[str]:
    """The fields with a column among the places, which count from 0."""
    known = catalogue().messages.get(message)
    found = known.records[record].fields if known and record in known.records else ()
    for field in found:
        if any(field.start <= place + 1 <= field.end for place in places):
            columns = t("place.columns", start=str(field.start), end=str(field.end))
            yield f"  {field.name}, {columns}"


def _columns(one: str, other: str, columns: range, t: Texts) -> Iterator[str]:
    """Some columns of both records below a ruler, and marks below those that differ."""
    labels, part = _labels(t), slice(columns.start, columns.stop)
    blank = " " * len(labels[0])
    tens = range(columns.start + _TENS, columns.stop + 1, _TENS)
    yield f"  {blank}  {''.join(f'{number:·>{_TENS}}' for number in tens).ljust(len(columns), '·')}"
    for label, text in zip(labels, (one, other), strict=True):
        yield f"  {label}  {''.join(map(_one_column, text[part]))}"
    marks = (
        " " if one[place : place + 1] == other[place : place + 1] else "^" for place in columns
    )
    yield f"  {blank}  {''.join(marks).rstrip()}"


def _one_column(letter: str) -> str:
    return letter if letter.isprintable() else "¿"
