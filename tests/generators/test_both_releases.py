"""`both` writes one content twice: what both releases can say, they say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Corpus
from facts import CONVERTED, Row, blank, elements, fields, records, root, rows, simple_types, walk

# The rules by which a value is the same in both releases, but for its notation.
SAME = ("same", "same; 0 = absent", "same; 00 = absent", "same; space = absent")
DATES = ("date", "date; 00000000 = absent")
CUT = "same; back: truncate "
SUBSET = "same; 00000000 = absent"


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


@pytest.mark.parametrize("message", CONVERTED)
def test_ei_and_xml_hold_the_same_values(corpus: Corpus, message: str) -> None:
    compared: Counter[str] = Counter()
    pairs = list(zip(corpus.ei(message), corpus.xml(message), strict=True))
    for row, places in mapped(message):
        kind = simple_types()[elements(message)[places[0]].kind]
        is_number = kind["base"] == "integer"
        for ei, xml in pairs:
            said = Counter(
                values[row["field"]].strip()
                for code, values in records(ei)
                if code == row["record"] and values[row["field"]] != blank(row)
            )
            found = [item.text or "" for path, item in walk(root(xml)) if path in places]
            shown = Counter(notation(row, text, is_number) for text in found)
            # A zero that EI reads as absent is lost by the mapping.
            shown = Counter({text: n for text, n in shown.items() if text != blank(row)})
            assert said == shown, (row["record"], row["field"])
            compared[f"{row['record']} {row['field']}"] += said.total()
    assert len(compared) >= 8
    assert [name for name, seen in compared.items() if not seen] == []


@pytest.mark.parametrize("message", CONVERTED)
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
