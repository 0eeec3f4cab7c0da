"""A notation changes the bytes of a message and nothing that it says; each comes in its turn."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

import generators.notation.table
from generators.content.sides import SOURCE
from generators.coverage.coverage import Coverage
from generators.message import generate
from generators.notation.plan import in_turn, notation_of, rewritten
from generators.notation.rewrite import REWRITES
from generators.notation.table import Notation, notations
from generators.writing.written import written
from harness.running.settings import DEFAULT_COUNT
from schemas.facts.catalogue import catalogue
from tests.generators.facts import CONVERTED

ROOT = Path(__file__).parents[2]
TABLE = Path(generators.notation.table.__file__).with_name("notations.csv")
FIVE = ("WMO301", "WMO303", "JW302", "JW305", "WMO316")
OF_XML = [item for item in notations() if item.release == "2.1"]
# What comes at an index of the plan, but shows only in messages that have an integer.
SOMETIMES = ("leading-zeros", "plus-signs")


def plain(message: str, release: str, index: int, seed: int = 1) -> bytes:
    kind = catalogue().one(message)
    return written(kind, generate(kind, seed, index), SOURCE[release])


def noted(message: str, notation: Notation, index: int) -> bytes:
    data = plain(message, notation.release, index)
    return rewritten(catalogue().one(message), notation, data)


def said(data: bytes) -> list[tuple[str, str]]:
    """The elements of a document with their texts, as expat reads them."""
    return [
        (item.tag, (item.text or "") if len(item) == 0 else "")
        for item in ElementTree.fromstring(data).iter()
    ]


def value(text: str) -> str:
    """A number without zeros and sign, and any text without space around it."""
    text = text.strip()
    return str(int(text)) if text.removeprefix("+").isdigit() else text


def values(data: bytes) -> list[tuple[str, str]]:
    return [(tag, value(text)) for tag, text in said(data)]


@pytest.mark.parametrize("notation", OF_XML, ids=lambda item: item.name)
@pytest.mark.parametrize("message", FIVE)
def test_another_parser_reads_the_same_in_each_notation(message: str, notation: Notation) -> None:
    in_values = notation.name in (*SOMETIMES, "spaced-values")
    for index in range(6):
        data = noted(message, notation, index)
        assert (values if in_values else said)(data) == (values if in_values else said)(
            plain(message, "2.1", index)
        )


@pytest.mark.parametrize("notation", OF_XML, ids=lambda item: item.name)
@pytest.mark.parametrize("message", FIVE)
def test_each_notation_is_valid_by_the_schema(message: str, notation: Notation) -> None:
    standard = "iwmo" if message.startswith("WMO") else "ijw"
    schema = etree.XMLSchema(etree.parse(ROOT / f"schemas/xsd/{standard}/{message.lower()}.xsd"))
    for index in range(6):
        schema.assertValid(etree.fromstring(noted(message, notation, index)))


SHOWS = {
    "single-quoted-declaration": b"<?xml version='1.0' encoding='UTF-8'?>",
    "lower-case-encoding": b'encoding="utf-8"',
    "no-encoding": b'<?xml version="1.0"?>',
    "standalone": b' standalone="yes"?>',
    "spaced-declaration": b'encoding = "UTF-8"',
    "other-prefixes": b"<ns0:Clienten>",
    "swapped-prefixes": b"<iwmo:Bericht xmlns:iwmo=",
    "two-prefixes": b"<ns1:Identificatie>",
    "default-namespace": b"<Bericht xmlns=",
    "default-base-namespace": b"<Identificatie>",
    "no-prefixes": b"<Identificatie xmlns=",
    "deeper-declarations": b"<iwmo:Identificatie xmlns:iwmo=",
    "other-namespace-order": b"<wmo301:Bericht xmlns:iwmo='",
    "unused-namespaces": b'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    "schema-location": b" xsi:schemaLocation=",
    "one-line": b"</wmo301:BerichtCode><wmo301:BerichtVersie>",
    "tabs": b"\n\n\t<wmo301:Header>",
    "crlf": b">\r\n  <wmo301:Header>",
    "comments": b"<!-- <wmo301:Bsn>999900006</wmo301:Bsn> -->",
    "instructions": b"<?bron regel='1'?>",
    "large-space": b" " * 79 + b"\n" + b" " * 79,
    "large-comments": b"-->\n<!--",
    "around-root": b"</wmo301:Bericht>\n<!-- ",
    "spaced-tags": b"</wmo301:Header >",
    "decimal-references": b"<wmo301:BerichtCode>&#52;14<",
    "hexadecimal-references": b"<wmo301:BerichtCode>&#x34;14<",
    "cdata": b"<wmo301:BerichtCode><![CDATA[414]]><",
    "part-cdata": b"<wmo301:BerichtCode>41<![CDATA[]]><![CDATA[4]]><",
    "comment-in-value": b"<wmo301:BerichtCode>41<!-- midden -->4<",
    "instruction-in-value": b"<wmo301:BerichtCode>41<?midden?>4<",
    "leading-zeros": b"<iwmo:Categorie>00",
    "plus-signs": b"<iwmo:Categorie>+",
    "spaced-values": b"<wmo301:BerichtVersie>\n  2 </",
}


@pytest.mark.parametrize("name", SHOWS)
def test_each_notation_shows_what_it_is_about(name: str) -> None:
    (notation,) = (item for item in OF_XML if item.name == name)
    data = noted("WMO301", notation, 1)
    assert SHOWS[name] in data
    assert SHOWS[name] not in plain("WMO301", "2.1", 1)
    assert (len(data) > 64 * 1024) >= name.startswith("large-")


def test_every_notation_of_xml_is_looked_at() -> None:
    assert {*SHOWS, "plain", "no-declaration"} == {item.name for item in OF_XML}


def test_a_message_without_a_declaration_starts_at_its_root() -> None:
    (notation,) = (item for item in OF_XML if item.name == "no-declaration")
    _, _, rest = plain("WMO301", "2.1", 1).partition(b"?>\n")
    assert noted("WMO301", notation, 1) == rest
    assert rest.startswith(b"<wmo301:Bericht ")


def test_line_ends_of_2_0_are_all_that_changes() -> None:
    data = plain("WMO305", "2.0", 1)
    made = {item.name: noted("WMO305", item, 1) for item in notations() if item.release == "2.0"}
    lines = data.decode("latin-1").split("\r\n")[:-1]
    assert made == {
        "plain": data,
        "lf": "".join(f"{line}\n" for line in lines).encode("latin-1"),
        "no-last-line-end": "\r\n".join(lines).encode("latin-1"),
        "lf-no-last-line-end": "\n".join(lines).encode("latin-1"),
    }


@pytest.mark.parametrize("message", catalogue().messages)
def test_the_default_run_has_every_notation_in_each_type_and_release(message: str) -> None:
    kind = catalogue().one(message)
    for release in ("2.0", "2.1") if kind.root else ("2.0",):
        met = {notation_of(kind, release, index).name for index in range(DEFAULT_COUNT)}
        assert met == {item.name for item in notations() if item.release == release}


@pytest.mark.parametrize("message", CONVERTED)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_needs_an_integer_can_be_seen_in_the_default_run(message: str, seed: int) -> None:
    kind, seen = catalogue().one(message), set()
    for index in range(DEFAULT_COUNT):
        name = notation_of(kind, "2.1", index).name
        if name in SOMETIMES:
            data = plain(message, "2.1", index, seed)
            seen |= {name} if in_turn(kind, "2.1", index, data) != data else set()
    assert seen == {*SOMETIMES}


def test_index_0_is_plain_and_types_start_at_other_notations() -> None:
    kinds = [item for item in catalogue().messages.values() if item.root]
    assert all(notation_of(item, "2.1", 0).is_plain for item in kinds)
    assert len({notation_of(item, "2.1", 1).name for item in kinds}) == len(kinds)


def test_coverage_counts_a_notation_once_it_can_be_seen() -> None:
    kind, found = catalogue().one("WMO305"), Coverage(catalogue().one("WMO305"), "both")
    wanted = {name for name in found.missing() if " notation " in name}
    assert wanted == {f"{item.release} notation {item.name}" for item in notations()}
    for index in range(DEFAULT_COUNT):
        found.add(generate(kind, 1, index), index)
    assert not [name for name in found.missing() if " notation " in name]


def test_coverage_does_not_count_zeros_in_front_of_nothing() -> None:
    kind, found = catalogue().one("JW306"), Coverage(catalogue().one("JW306"), "2.1")
    (index, content) = next(
        (index, content)
        for index in range(4000)
        if notation_of(kind, "2.1", index).name == "leading-zeros"
        # What has no client has no number.
        and not (content := generate(kind, 1, index)).children
    )
    found.add(content, index)
    assert "2.1 notation leading-zeros" in found.missing()


def table() -> Iterator[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_each_row_has_a_rewrite_a_source_and_a_text_in_both_languages() -> None:
    found = list(table())
    assert {(row["release"], row["name"]) for row in found} == {
        (release, name) for release, names in REWRITES.items() for name in names
    }
    for row in found:
        assert row["source"]
        # A finding on a message that may be reconstructed would block on a guess.
        assert row["evidence"] in "ABC"
        texts = [row["what_en"], row["what_nl"]]
        assert all(texts) if row["name"] != "plain" else not any(texts)
    assert len({row["what_en"] for row in found}) == len({row["what_nl"] for row in found})
