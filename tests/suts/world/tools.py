"""What the faults of the world are made of: a change of content, written in either release.

A fault stands once: it changes 2.1 content, that which is written or that which is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from datetime import date
from functools import wraps

from lxml import etree

from schemas.errors import Refused
from tests.suts.spoiling import Convert, Element, drop, every, faithful

# The lists that a client or its decision has of products, whatever the message type calls them.
PRODUCTS = (
    "BeschiktProducten",
    "ToegewezenProducten",
    "StartProducten",
    "StopProducten",
    "Producten",
    "Prestaties",
)
_READER = etree.XMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
SpoilXml = Callable[[Element], None]
Key = tuple[Hashable, ...]


def parsed(data: bytes) -> Element:
    """The root of a 2.1 message."""
    return etree.fromstring(data, _READER)


def written(root: Element) -> bytes:
    """A 2.1 message as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def respoilt(data: bytes, output: bytes, target: str, spoil: SpoilXml) -> bytes:
    """The output with its content changed; as it is where there is nothing to change."""
    root = parsed(output if target == "2.1" else data)
    before = written(root)
    spoil(root)
    after = written(root)
    if after == before:
        return output
    return after if target == "2.1" else faithful(after, "2.1", "2.0")


def in_content(spoil: SpoilXml) -> Convert:
    """A converter that writes other content, for either release."""

    @wraps(spoil)
    def convert(data: bytes, source: str, target: str) -> bytes:
        return respoilt(data, faithful(data, source, target), target, spoil)

    return convert


def mending_texts(change: Callable[[str], str]) -> Convert:
    """A converter that changes letters that 2.0 lacks, in place of refusing them."""

    @wraps(change)
    def convert(data: bytes, source: str, target: str) -> bytes:
        try:
            return faithful(data, source, target)
        except Refused as refused:
            if refused.code != "OUT-CHARACTER":
                raise
        return faithful(change(data.decode("utf-8")).encode(), source, target)

    return convert


def name(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def texts(*names: str) -> Callable[[Callable[[str], str]], Convert]:
    """A converter that changes the texts of some names; one that it makes empty is lost."""

    def decorate(change: Callable[[str], str]) -> Convert:
        def spoil(root: Element) -> None:
            for element in list(root.iter(*(f"{{*}}{item}" for item in names))):
                if len(element) == 0:
                    element.text = change(element.text or "")
                    if not element.text:
                        drop(element)

        return in_content(spoil)

    return decorate


def births(root: Element) -> list[Element]:
    """The birth dates that are known."""
    found = every(root, "Geboortedatum/Datum")
    return [item for item in found if item.getnext() is None and _DATE.fullmatch(item.text or "")]


def all_dates(root: Element) -> list[Element]:
    """All dates, of birth or not."""
    found = [item for item in root.iter("{*}*") if len(item) == 0 and "dat" in name(item).lower()]
    found += every(root, "BerichtIdentificatie/Dagtekening") + every(root, "FactuurDagtekening")
    return [item for item in dict.fromkeys(found) if _DATE.fullmatch(item.text or "")]


def dates(
    chosen: Callable[[Element], list[Element]],
) -> Callable[[Callable[[date], date]], Convert]:
    """A converter that changes some dates."""

    def decorate(change: Callable[[date], date]) -> Convert:
        def spoil(root: Element) -> None:
            for element in chosen(root):
                element.text = change(date.fromisoformat(element.text or "")).isoformat()

        return in_content(spoil)

    return decorate


def text_at(element: Element, path: str) -> str:
    """The text at the end of a path below an element, or nothing."""
    found = element.findtext("/".join(f"{{*}}{step}" for step in path.split("/")))
    return found or ""


def content(element: Element, *but: str) -> Key:
    """All names and texts of an element but those of some names."""
    kept = (item for item in element.iter() if name(item) not in but)
    return tuple((name(item), (item.text or "").strip()) for item in kept)


def lists(root: Element, *names: str) -> list[Element]:
    """The elements of some names."""
    return list(root.iter(*(f"{{*}}{item}" for item in names)))


def keep_once(holder: Element, key: Callable[[Element], Hashable]) -> None:
    """Take out what has the key of one before it."""
    seen: set[Hashable] = set()
    for item in list(holder):
        found = key(item)
        if found in seen:
            drop(item)
        seen.add(found)


def sort_all(root: Element, key: Callable[[Element], str], *names: str) -> None:
    """Put what the lists of some names hold in an order."""
    for holder in lists(root, *names):
        holder[:] = sorted(holder, key=key)


def other_century(day: date, years: int) -> date:
    """The same day some centuries later, or the last of its February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
