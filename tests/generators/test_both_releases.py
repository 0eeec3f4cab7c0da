"""`both` writes one content twice: what both releases can say, they say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.generators.corpus import Corpus
from tests.generators.facts import (
    CONVERTED,
    Row,
    blank,
    elements,
    records,
    root,
    rows,
    simple_types,
    walk,
)
from tests.sampling import sampled

# The rules by which a value is the same in both releases, but for its notation.
SAME = ("same", "same; 0 = absent", "same; 00 = absent", "same; space = absent")
DATES = ("date", "date; 00000000 = absent")
CUT = "same; back: truncate "


def containers(message: str, record: str) -> list[str]:
    """Where a record stands in 2.1; an address stands with the client or with a relatie."""
    (row,) = [
        item for item in rows("records") if item["message"] == message and item["record"] == record
    ]
    return [path for path in (row["xml21_container"], row["keyed_container"]) if path] or [""]


def paths(message: str, row: Row) -> list[str]:
    path = row["xml21_path"]
    if path.startswith("Header/"):
        return [path]
    found = [f"{base}/{path}" if base else path for base in containers(message, row["record"])]
    return [item for item in found if item in elements(message)]


def mapped(message: str) -> Iterator[tuple[Row, list[str]]]:
    """The fields whose value both releases say in the same way, with their places in 2.1."""
    for row in rows(f"ei20/{message}"):
        plain = row["rule"] in (*SAME, *DATES) or row["rule"].startswith(CUT)
        if plain and row["xml21_path"] and "|" not in row["xml21_path"]:
            found = paths(message, row)
            assert found, row
            yield row, found


def notation(row: Row, text: str, is_number: bool) -> str:
    """A 2.1 value in the notation of its field."""
    if row["rule"] in DATES:
        return text.replace("-", "")
    if is_number:
        return text.lstrip("0").zfill(int(row["length"]))
    if row["rule"].startswith(CUT):
        return text[: int(row["rule"].removeprefix(CUT))].rstrip()
    return text


def told_20(data: bytes) -> dict[tuple[str, str], list[str]]:
    """What each field of a 2.0 message holds, in all its records."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, values in records(data):
        for name, text in values.items():
            found.setdefault((kind, name), []).append(text)
    return found


def told_21(data: bytes) -> dict[str, list[str]]:
    """What each element of a 2.1 message holds, wherever it stands."""
    found: dict[str, list[str]] = {}
    for path, element in walk(root(data)):
        found.setdefault(path, []).append(element.text or "")
    return found


@pytest.mark.parametrize("message", CONVERTED)
def test_ei_and_xml_hold_the_same_values(corpus: Corpus, message: str) -> None:
    seen: Counter[str] = Counter()
    for ei, xml in zip(corpus.ei(message), corpus.xml(message), strict=True):
        in_20, in_21 = told_20(ei), told_21(xml)
        for row, places in mapped(message):
            name, none = (row["record"], row["field"]), blank(row)
            is_number = simple_types()[elements(message)[places[0]].kind]["base"] == "integer"
            said = Counter(text.strip() for text in in_20.get(name, ()) if text != none)
            texts = [text for place in places for text in in_21.get(place, ())]
            # A zero that EI reads as absent is lost by the mapping.
            shown = Counter(
                text for text in (notation(row, one, is_number) for one in texts) if text != none
            )
            assert said == shown, name
            seen[" ".join(name)] += said.total()
    assert len(seen) >= 8
    assert [name for name, count in seen.items() if not count] == []


@pytest.mark.parametrize("message", sampled(CONVERTED, 3))
def test_compare_finds_the_two_to_say_the_same(
    folder: Path, message: str, ikeur: Callable[..., tuple[int, str]]
) -> None:
    for ei in sorted(folder.glob(f"{message}-*.ei"))[:8]:
        for pair in ((ei, ei.with_suffix(".xml")), (ei.with_suffix(".xml"), ei)):
            code, said = ikeur("compare", *pair)
            assert code == 0, said


def test_compare_finds_messages_of_other_content_to_differ(
    folder: Path, ikeur: Callable[..., tuple[int, str]]
) -> None:
    one, other = sorted(folder.glob("WMO301-*.ei"))[:2]
    assert ikeur("compare", one, other.with_suffix(".xml"))[0] == 1
