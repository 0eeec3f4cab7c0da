"""`ikeur layout` shows what stands in the tables, which the tests read for themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.cli.layout.rows import codes, elements, paths, records, table

Json = dict[str, Any]
Shown = Callable[..., Json]
CONVERTED = ("WMO301", "WMO302", "WMO307", "WMO316", "JW303", "JW304")
TYPES = (*CONVERTED, "JW321")


@pytest.mark.parametrize("message", TYPES)
def test_each_record_is_its_row(shown: Shown, message: str) -> None:
    found = [
        (row["code"], row["name"], row["parent"], row["times"], row["evidence"])
        for row in shown(message)["records"]
    ]
    assert found == [
        (row["record"], row["record_name"], row["parent"], times(row), row["evidence"])
        for row in records(message)
    ]


def times(row: dict[str, str]) -> str:
    told = row["cardinality"]
    return told if ".." in told else f"{told}..{told}"


@pytest.mark.parametrize("message", TYPES)
def test_each_field_is_its_row(shown: Shown, message: str) -> None:
    found = [
        [str(field[name]) for name in ("name", "type", "length", "start", "end", "presence")]
        + [field["record"], field["rule"], field["evidence"]]
        for record in shown(message)["records"]
        for field in record["fields"]
    ]
    assert found == [
        [row[name] for name in ("field", "type", "length", "start", "end", "presence")]
        + [row["record"], row["rule"], row["evidence"]]
        for row in table(f"ei20/{message}")
    ]


@pytest.mark.parametrize("message", CONVERTED)
def test_each_field_names_its_elements_and_each_element_its_field(
    shown: Shown, message: str
) -> None:
    found = shown(message)
    fields = [field for record in found["records"] for field in record["fields"]]
    wanted: dict[str, list[str]] = {}
    for field, row in zip(fields, table(f"ei20/{message}"), strict=True):
        here = list(dict.fromkeys(paths(message, row)))
        for way in ("to_21", "from_21"):
            # The text of a comment stands in the class of any record that it may be on.
            assert sorted(place["name"] for place in field[way]["places"]) == sorted(here)
        for path in here:
            wanted.setdefault(path, []).append(f"{row['record']} {row['field']}")
    assert len(wanted) > 10
    told = {item["path"]: item for item in found["elements"]}
    for path, names in wanted.items():
        for way in ("to_20", "from_20"):
            assert [place["name"] for place in told[path][way]["places"]] == names


@pytest.mark.parametrize("message", CONVERTED)
def test_each_element_is_there_in_order_with_its_type(shown: Shown, message: str) -> None:
    found = [(row["path"], row["times"], row["type"]) for row in shown(message)["elements"]]
    assert found == [item[:3] for item in elements(message)]


@pytest.mark.parametrize("message", CONVERTED)
def test_the_facets_are_those_of_the_type_and_the_element(shown: Shown, message: str) -> None:
    types = {row["type"]: row for row in table("xml21/simple_types")}
    own = {item.path: item for item in elements(message)}
    leaves = [row for row in shown(message)["elements"] if row["type"] in types]
    assert leaves
    for row in leaves:
        kind = types[row["type"]]
        names = ("minLength", "maxLength", "minInclusive")
        wanted = {name: kind[name] for name in names if kind[name]}
        assert {name: row["facets"].get(name, "") for name in wanted} == wanted
        highest = own[row["path"]].highest or kind["maxInclusive"]
        assert row["facets"].get("maxInclusive", "") == highest
        patterns = dict.fromkeys(filter(None, (kind["pattern"], own[row["path"]].pattern)))
        assert row["facets"].get("pattern", "") == " & ".join(patterns)
        assert row["base"] == kind["base"]


@pytest.mark.parametrize("message", TYPES)
def test_the_codes_of_a_field_are_those_of_2_0(shown: Shown, message: str) -> None:
    types = {row["type"]: row["codelist"] for row in table("xml21/simple_types")}
    unfolded = elements(message) if message != "JW321" else []
    kinds = {item.path: item.type for item in unfolded}
    rows = table(f"ei20/{message}")
    fields = [field for record in shown(message)["records"] for field in record["fields"]]
    judged = 0
    for field, row in zip(fields, rows, strict=True):
        name = row["codelist"]
        if not name and row["xml21_path"]:
            listed = types.get(kinds[paths(message, row)[0]], "")
            name = listed.removeprefix("codelists/").removesuffix(".csv")
        wanted = codes(name, message, "2.0") if name else []
        if name == "BerichtCode":
            own = next(item for item in table("messages") if item["message"] == message)
            wanted = own["berichtcode"].split("|")
        assert list(field["codes"]["labels"] if field["codes"] else []) == wanted
        judged += bool(wanted)
    assert judged > 2


@pytest.mark.parametrize("message", CONVERTED)
def test_what_becomes_of_a_field_follows_its_rule(shown: Shown, message: str) -> None:
    rules = {row["rule"]: row for row in table("mapping_rules")}
    fields = [field for record in shown(message)["records"] for field in record["fields"]]
    for field, row in zip(fields, table(f"ei20/{message}"), strict=True):
        rule = rules[row["rule"]]
        role = rule["role"]
        to_21 = "lost" if role == "drop" else "derived"
        from_21 = "filled" if role == "drop" else "derived"
        if role in ("value", "comment-text") and row["xml21_path"]:
            to_21, from_21 = "kept", "cut" if rule["cut"] else "kept"
        assert (field["to_21"]["kind"], field["from_21"]["kind"]) == (to_21, from_21), field
        if rule["cut"]:
            assert f"cut after {rule['cut']} characters" in field["from_21"]["words"]
        if rule["fallback"]:
            for way in ("to_21", "from_21"):
                told = [word for word in field[way]["words"] if "lacks" in word]
                assert all(word.endswith(f"`{rule['fallback']}`") for word in told)
                assert told


@pytest.mark.parametrize("message", CONVERTED)
def test_an_element_without_a_field_is_lost(shown: Shown, message: str) -> None:
    told = {row["path"]: row for row in shown(message)["elements"]}
    judged = 0
    for row in table("only_21"):
        if row["messages"] == "all" or message in row["messages"].split():
            for path in told:
                if f"/{path}".endswith(f"/{row['element']}"):
                    assert told[path]["to_20"]["kind"] == "lost"
                    filled = "filled" if row["fill"] else "derived"
                    assert told[path]["from_20"]["kind"] == filled
                    assert row["fill"] in told[path]["from_20"]["words"][0]
                    judged += 1
    assert judged


@pytest.mark.parametrize("message", TYPES)
def test_an_example_has_the_length_of_its_field(shown: Shown, message: str) -> None:
    for record in shown(message)["records"]:
        for field in record["fields"]:
            assert len(field["example"]) == field["length"]
            if field["presence"] == "M" and field["type"] == "AN":
                assert field["example"].strip()
