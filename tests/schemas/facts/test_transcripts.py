"""The tables held against transcripts: the same facts written down once more, in another form.

The transcripts were made from the published layouts, schemas and lists without the tables and the
code of the project; a row is right when both say the same. What was corrected since stands in
`schemas/SOURCES.md`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.schemas.tables_edit import rows, stems

FOLDER = Path(__file__).with_name("transcripts")
CODE = ("standard", "in_20", "in_21", "evidence")
RECORD = ("message", "record", "parent", "cardinality", "xml21_container", "evidence")
FACETS = ("pattern", "minLength", "maxLength", "minInclusive", "maxInclusive")
TYPES = ("complex_types", "simple_types")


def transcript(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIELDS = {(row["message"], row["record"]): row for row in transcript("fields_20")}
ELEMENTS = {(row["message"], row["parent"]): row["elements"] for row in transcript("elements_21")}


def test_the_transcripts_are_of_all_records_elements_and_lists() -> None:
    records = {(row["message"], row["record"]) for row in rows("records")}
    assert set(FIELDS) == records
    assert {name for name, _ in ELEMENTS} - {""} == set(stems("xml21")) - set(TYPES)
    assert {row["list"] for row in transcript("codes")} == set(stems("codelists"))


@pytest.mark.parametrize("name", stems("ei20"))
def test_the_fields_of_2_0_have_the_type_length_presence_and_grade_of_the_layout(name: str) -> None:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(f"ei20/{name}"):
        found[row["record"]].append(row)
    for record, fields in found.items():
        typed = FIELDS[name, record]
        said = [f"{row['type']}{row['length']}{row['presence']}" for row in fields]
        assert said == typed["fields"].split(), record
        assert "".join(row["evidence"] for row in fields) == typed["grades"], record


@pytest.mark.parametrize("name", stems("ei20"))
def test_a_field_of_2_0_has_the_rule_of_the_layout(name: str) -> None:
    found = defaultdict(list)
    for row in rows(f"ei20/{name}"):
        found[row["record"]].append(row["rule"])
    typed = [row for row in transcript("rules_20") if row["message"] == name]
    assert {record: " | ".join(rules) for record, rules in found.items()} == {
        row["record"]: row["rules"] for row in typed
    }


# The list that a field of 2.0 is held to, where it is not that of its element in 2.1.
LISTS = {
    "BURGERLIJKE STAAT": "BurgerlijkeStaat",
    "DOORSTUREN TOEGESTAAN": "JaNee",
    "GEHEIME CLIENT": "JaNee",
    "INDICATIE CLIENT OVERLEDEN": "JaNee",
    "LEEFEENHEID": "Leefeenheid",
    "REDEN INTREKKING": "RedenIntrekking",
    "SOORT BERICHT": "SoortBericht",
}
# Those of fields that have an element in most messages: it is there that they have it.
LISTS_ELSEWHERE = {
    "CODE EXTERNE-INTEGRATIEBERICHT": "BerichtCode",
    "GESLACHT": "Geslacht",
    "IDENTIFICATIECODE BETALING AAN": "BetalingAanID",
    "INDICATIE DEBET/CREDIT": "DebetCredit",
    "INDICATIE DEBET/CREDIT (01)": "DebetCredit",
    "INDICATIE DEBET/CREDIT (02)": "DebetCredit",
    "INDICATIE DEBET/CREDIT (03)": "DebetCredit",
    "INDICATIE DEBET/CREDIT (04)": "DebetCredit",
    "INDICATIE DEBET/CREDIT (05)": "DebetCredit",
    "LANDCODE": "LandCode",
    "NAAMGEBRUIK": "NaamGebruik",
    "RETOURCODE (01)": "RetourCode",
    "RETOURCODE (02)": "RetourCode",
    "RETOURCODE (03)": "RetourCode",
    "STATUS AANLEVERING RECORD": "StatusAanlevering",
    "VALUTACODE": "ValutaCode",
}


@pytest.mark.parametrize("name", stems("ei20"))
def test_a_field_of_2_0_is_held_to_its_code_list(name: str) -> None:
    for row in rows(f"ei20/{name}"):
        listed = LISTS.get(row["field"], "")
        if not row["xml21_path"]:
            listed = listed or LISTS_ELSEWHERE.get(row["field"], "")
        # The list of products is that of iWmo; 2.1 does not enumerate it.
        if row["field"] == "PRODUCTCODE" and name.startswith("WMO"):
            listed = "ProductCode"
        # Payment to one of four, where other declarations have two.
        if row["field"] == "IDENTIFICATIECODE BETALING AAN" and name in ("JW321", "JW322"):
            listed = "BetalingAanGgz"
        assert row["codelist"] == listed, row["field"]


def test_the_records_of_2_0_stand_and_repeat_as_in_the_layout() -> None:
    found = [{column: row[column] for column in RECORD} for row in rows("records")]
    assert found == transcript("records_20")


# The place of a record among those below the same one, where it is not the first; relaties and
# addresses share theirs.
RANKS = {
    ("08", "02"): "2",
    ("09", "08"): "2",
    ("15", "08"): "3",
    ("16", "04"): "2",
    ("17", "04"): "3",
}
# The records that may have a comment, by the numbers of the messages.
COMMENTED = {"301 302": "02 07 08 09 12", "303 304 321 322": "02 04"}
ADDRESS = ("Clienten/Client/Relaties/Relatie/Contact", "RELATIENUMMER")


def test_records_follow_belong_and_are_commented_on_as_in_the_layout() -> None:
    for row in rows("records"):
        number, record = row["message"][-3:], row["record"]
        assert row["rank"] == RANKS.get((record, row["parent"]), "1"), row
        address = record == "04" and number in ("301", "302")
        assert (row["keyed_container"], row["key"]) == (ADDRESS if address else ("", "")), row
        commented = next((on for names, on in COMMENTED.items() if number in names), "")
        assert row["comments_on"] == (commented if record == "98" else ""), row


def test_the_messages_are_those_of_the_lists() -> None:
    for row, typed in zip(rows("messages"), transcript("messages"), strict=True):
        sender, receiver = typed["from_to"].split(" > ")
        converted = typed["in_21"] == "XML"
        assert row["message"] == typed["message"]
        assert row["standard"] == ("iwmo" if row["message"].startswith("WMO") else "ijw")
        assert row["berichtcode"].split("|") == typed["codes"].split()
        assert row["ei_record_length"] == typed["length"]
        assert (row["sender"], row["receiver"]) == (sender, receiver)
        assert row["role"] == ("retour" if typed["answers"] else "heen")
        assert not typed["answers"] or row["pair"] == typed["answers"]
        assert (row["convertible"], row["format_in_21"].partition(",")[0]) == (
            ("yes", "XML") if converted else ("no", "EI")
        )
        assert row["evidence_ei20"] + row["evidence_xml21"].removeprefix("none") == typed["grades"]


def _said(name: str, kind: str, row: dict[str, str]) -> str:
    """An element in the words of the transcript: what is empty is left out."""
    pattern, highest = row["fixed_pattern"], row.get("highest_value", "")
    words = [name, kind, f"{row['min']}..{row['max']}", pattern and f"={pattern}"]
    return " ".join(filter(None, [*words, highest and f"<={highest}", row["evidence"]]))


def _elements(name: str) -> Iterator[tuple[str, str]]:
    """Each element of a message: what it stands in, and what is said of it."""
    for row in rows(f"xml21/{name}"):
        parent, _, own = row["path"].rpartition("/")
        yield parent, _said(own, row["type"], row)


@pytest.mark.parametrize("name", [name for name in stems("xml21") if name not in TYPES])
def test_the_elements_of_2_1_stand_in_the_order_of_the_schema(name: str) -> None:
    found = defaultdict(list)
    for parent, said in _elements(name):
        found[parent].append(said)
    typed = {parent: text.split("; ") for (own, parent), text in ELEMENTS.items() if own == name}
    assert found == typed


def test_the_shared_types_of_2_1_are_those_of_the_schema() -> None:
    found = defaultdict(list)
    for row in rows("xml21/complex_types"):
        found[row["type"]].append(_said(row["element"], row["element_type"], row))
    typed = {parent: text.split("; ") for (own, parent), text in ELEMENTS.items() if not own}
    assert found == typed


def test_the_simple_types_of_2_1_have_the_facets_of_the_schema() -> None:
    found = [
        {
            "type": row["type"],
            "base": row["base"],
            "facets": " ".join(f"{name}={row[name]}" for name in FACETS if row[name]),
            "codes": row["codelist"].removeprefix("codelists/").removesuffix(".csv"),
            "grade": row["evidence"],
        }
        for row in rows("xml21/simple_types")
    ]
    assert found == transcript("simple_types_21")


@pytest.mark.parametrize("name", stems("codelists"))
def test_a_code_is_of_the_releases_and_standards_of_the_list(name: str) -> None:
    found = defaultdict(set)
    for row in rows(f"codelists/{name}"):
        found[tuple(row[column] for column in CODE)].add(row["code"])
    typed = {
        tuple(row[column] for column in CODE): set(row["codes"].split())
        for row in transcript("codes")
        if row["list"] == name
    }
    assert found == typed
