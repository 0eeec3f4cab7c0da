"""The project's own tables: facts held against facts, read without the code under test."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from schemas.facts.catalogue import catalogue
from tests.schemas.tables_edit import OWN, rows, stems

TYPES = {
    f"{family}{number}"
    for family in ("WMO", "JW")
    for number in (301, 302, 303, 304, 305, 306, 307, 308, 315, 316)
} | {"JW321", "JW322"}
XSD = OWN.parent / "xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
ALL = sorted(str(path.relative_to(OWN).with_suffix("")) for path in OWN.rglob("*.csv"))
# The lists that each code map goes from and to.
MAPS = {
    "geslacht": ("Geslacht", "Geslacht"),
    "reden_intrekking": ("RedenIntrekking", "RedenWijziging"),
}


def test_there_are_22_message_types() -> None:
    assert {row["message"] for row in rows("messages")} == TYPES
    assert set(catalogue().messages) == TYPES


def test_all_are_converted_but_the_declarations_of_youth_mental_health_care() -> None:
    kept = {row["message"] for row in rows("messages") if row["convertible"] == "no"}
    assert kept == {"JW321", "JW322"}
    assert set(stems("ei20")) == TYPES
    assert set(stems("xml21")) - {"simple_types", "complex_types"} == TYPES - kept


def test_a_message_and_its_return_message_are_each_others_pair() -> None:
    found = {row["message"]: row for row in rows("messages")}
    for name, row in found.items():
        other = found[row["pair"]]
        assert other["pair"] == name
        assert {row["role"], other["role"]} == {"heen", "retour"}
        assert (other["sender"], other["receiver"]) == (row["receiver"], row["sender"])


def test_no_two_message_types_have_a_code_in_common() -> None:
    codes = [code for row in rows("messages") for code in row["berichtcode"].split("|")]
    assert max(Counter(codes).values()) == 1
    listed = {row["code"] for row in rows("codelists/BerichtCode")}
    assert set(codes) == listed


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_fields_of_every_record_fill_its_length(name: str) -> None:
    (length,) = [int(r["ei_record_length"]) for r in rows("messages") if r["message"] == name]
    records = [row["record"] for row in rows("records") if row["message"] == name]
    by_record: dict[str, list[dict[str, str]]] = {}
    for row in rows(f"ei20/{name}"):
        by_record.setdefault(row["record"], []).append(row)
    assert set(by_record) == set(records)
    for fields in by_record.values():
        columns = [c for f in fields for c in range(int(f["start"]), int(f["end"]) + 1)]
        assert columns == list(range(1, length + 1))
        assert sum(int(f["length"]) for f in fields) == length


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_trailer_counts_every_kind_of_record_and_all_of_them(name: str) -> None:
    records = {row["record"] for row in rows("records") if row["message"] == name}
    counted = {
        row["rule"].removeprefix("count of ").removesuffix(" (always 0)")
        for row in rows(f"ei20/{name}")
        if row["rule"].startswith("count of ")
    }
    # A declaration counts debtor records (03), of which no layout is left.
    debtors = {"03"} if name[-3:] in ("303", "304", "321", "322") else set()
    assert counted == records - {"01", "99"} | debtors | {"all detail records"}


def _codes_21(name: str, standard: str) -> list[str]:
    return [
        row["code"]
        for row in rows(f"codelists/{name}")
        if row["in_21"] != "no" and standard in row["standard"].split()
    ]


@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_every_enumeration_in_the_schemas_is_the_code_list_of_2_1(standard: str) -> None:
    schema = etree.parse(XSD / standard / "basisschema.xsd")
    listed = {
        row["type"]: Path(row["codelist"]).stem
        for row in rows("xml21/simple_types")
        if row["codelist"]
    }
    seen = set()
    for kind in schema.iterfind(f"{XS}simpleType"):
        name = kind.get("name", "")
        codes = [item.get("value", "") for item in kind.iter(f"{XS}enumeration")]
        assert bool(codes) == (name in listed), name
        if codes:
            assert codes == _codes_21(listed[name], standard), name
            seen.add(name)
    # A type that only the other standard uses is not in the schema of this one.
    used = {
        row["type"]
        for table in stems("xml21")
        if table.startswith({"iwmo": "WMO", "ijw": "JW"}[standard])
        for row in rows(f"xml21/{table}")
    } | {row["element_type"] for row in rows("xml21/complex_types")}
    assert seen == set(listed) & used


def test_no_message_schema_has_an_enumeration_of_its_own() -> None:
    for path in XSD.glob("*/*.xsd"):
        if path.stem != "basisschema":
            assert not list(etree.parse(path).iter(f"{XS}enumeration"))


def test_code_maps_use_codes_that_the_lists_have() -> None:
    assert {row["map"] for row in rows("code_maps")} == set(MAPS)
    for row in rows("code_maps"):
        list_20, list_21 = MAPS[row["map"]]
        codes_20 = {r["code"] for r in rows(f"codelists/{list_20}") if r["in_20"] != "no"}
        codes_21 = {r["code"] for r in rows(f"codelists/{list_21}") if r["in_21"] != "no"}
        assert row["code_20"] in codes_20 | {""}
        assert row["code_21"] in codes_21


def test_every_reason_of_either_release_has_a_way_to_the_other() -> None:
    mapped = [row for row in rows("code_maps") if row["map"] == "reden_intrekking"]
    reasons_20 = {row["code"] for row in rows("codelists/RedenIntrekking")}
    reasons_21 = {row["code"] for row in rows("codelists/RedenWijziging")}
    assert {row["code_20"] for row in mapped} - {""} == reasons_20
    assert {row["code_21"] for row in mapped} == reasons_21
    # No reason of 2.1 goes back to two of 2.0.
    back = Counter(row["code_21"] for row in mapped if row["back"] == "yes")
    assert max(back.values()) == 1


@pytest.mark.parametrize("name", [n for n in ALL if n not in ("findings", "mapping_rules")])
def test_every_row_says_how_well_it_is_known(name: str) -> None:
    grades = [cell for row in rows(name) for column, cell in row.items() if "evidence" in column]
    assert grades
    allowed = {"A", "B", "C", "D"} | ({"none"} if name == "messages" else set())
    assert set(grades) <= allowed


def test_every_finding_is_explained_and_advised_on_in_both_languages() -> None:
    found = list(rows("findings"))
    assert max(Counter(row["code"] for row in found).values()) == 1
    for row in found:
        assert all(row[f"{part}_{lang}"] for part in ("meaning", "advice") for lang in ("en", "nl"))
    # A missing or short line end is told, and the message is converted all the same.
    tolerated = {row["code"] for row in found if row["tolerated"] == "yes"}
    assert tolerated == {"EI-LINE-END", "EI-LAST-LINE-END"}


# What each finding is about, by the start of its name; those in full come first.
KINDS = {
    "FILE-OTHER": "note",
    "PAIRS-COPY": "note",
    "ANSWER": "refusal",
    "BENCH": "bench",
    "BUNDLE": "bundle",
    "DEVIATION": "declaration",
    "EI": "message",
    "ENTITY": "fidelity",
    "FIELD": "fidelity",
    "FILE": "file",
    "GATE": "gate",
    "OUT": "refusal",
    "PAIR": "fidelity",
    "PAIRS": "pairs",
    "RETOUR": "retour",
    "RULE": "rule",
    "SMOKE": "smoke",
    "SUT": "sut",
    "TYPE": "fidelity",
    "XML": "message",
}
# What leaves a message whole enough to judge the rules on.
RULES_FOLLOW = {
    *("EI-BOM", "EI-LINE-END", "EI-LAST-LINE-END", "EI-NUMBER", "EI-COMMENT", "EI-COUNT"),
    *("EI-TOTAL", "XML-BOM", "XML-ENCODING", "RULE"),
}


def test_every_finding_is_of_the_kind_of_its_name() -> None:
    for row in rows("findings"):
        code = row["code"]
        assert row["kind"] == KINDS.get(code, KINDS[code.partition("-")[0]]), code


def test_the_rules_are_judged_behind_what_leaves_a_message_whole() -> None:
    assert {row["code"] for row in rows("findings") if row["rules_follow"] == "yes"} == RULES_FOLLOW
