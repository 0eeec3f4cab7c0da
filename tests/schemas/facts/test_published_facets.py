"""The simple types of 2.1 held against the official schemas of 2.3, where these are at hand.

What differs is typed here, and listed in `schemas/SOURCES.md`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.schemas.tables_edit import rows

XS = "{http://www.w3.org/2001/XMLSchema}"
FACETS = ("pattern", "minLength", "maxLength", "minInclusive", "maxInclusive")
STANDARDS = ("iwmo", "ijw")
FILLED = ("", r".*[^\s].*")
# By type and facet: what 2.1 has, and what 2.3 has.
DIFFERENT = {
    ("LDT_AgbCode", "minLength"): ("", "1"),
    ("LDT_BerichtCode", "minLength"): ("", "1"),
    ("LDT_BerichtSubversie", "pattern"): ("1", ""),
    ("LDT_BerichtVersie", "pattern"): ("2", ""),
    ("LDT_BurgerServicenummer", "minLength"): ("", "1"),
    ("LDT_Commentaar", "pattern"): (r".*[^\s].*", r"([.\s]*\S+[.\s]*)+"),
    ("LDT_Eenheid", "base"): ("integer", "string"),
    ("LDT_Eenheid", "maxLength"): ("", "2"),
    ("LDT_Eenheid", "minInclusive"): ("0", ""),
    ("LDT_Eenheid", "maxInclusive"): ("99", ""),
    ("LDT_Gemeente", "minLength"): ("", "1"),
    ("LDT_Gemeente", "maxLength"): ("4", ""),
    ("LDT_IdentificatieBericht", "minLength"): ("", "1"),
    ("LDT_IdentificatieBericht", "pattern"): FILLED,
    ("LDT_Landnummer", "minLength"): ("", "1"),
    ("LDT_Landnummer", "pattern"): FILLED,
    ("LDT_Naam", "minLength"): ("", "1"),
    ("LDT_Naam", "pattern"): FILLED,
    ("LDT_Persoonsid", "minLength"): ("", "1"),
    ("LDT_Persoonsid", "pattern"): FILLED,
    ("LDT_ProductCategorie", "base"): ("integer", "string"),
    ("LDT_ProductCategorie", "maxLength"): ("", "2"),
    ("LDT_ProductCategorie", "minInclusive"): ("0", ""),
    ("LDT_ProductCategorie", "maxInclusive"): ("99", ""),
    ("LDT_Telefoonnummer", "minLength"): ("", "1"),
    ("LDT_Telefoonnummer", "pattern"): (r"[^\s][0-9]*", "[0-9]*"),
    ("LDT_Voorletters", "minLength"): ("", "1"),
    ("LDT_Voorletters", "pattern"): (r"[^\s][a-zA-Z]*", "([a-zA-ZÀ-ỳ])+"),
}
# By standard and type: the codes that 2.1 alone has, and those that 2.3 alone has.
OTHER_CODES = {
    ("iwmo", "LDT_Eenheid"): (set(), {"21", "81"}),
    ("ijw", "LDT_Eenheid"): (set(), {"21", "81"}),
    ("iwmo", "LDT_RedenWijziging"): (set(), {"10", "11"}),
    ("ijw", "LDT_RedenWijziging"): (set(), {"10", "11"}),
    ("iwmo", "LDT_RedenBeeindiging"): ({"32", "33", "34"}, {"21", "22", "23"}),
}
# 2.3 lists no codes of messages; its return codes are those of its own rules.
NOT_HELD = ("LDT_BerichtCode", "LDT_RetourCode")
Restriction = dict[str, list[str]]


def official(published: Path, standard: str) -> dict[str, Restriction]:
    """The facets of each simple type of 2.3, with its base and its codes."""
    root = etree.parse(published / "xsd23" / standard / "basisschema.xsd").getroot()
    found = {}
    for kind in root.iterfind(f"{XS}simpleType"):
        (restriction,) = kind.iterfind(f"{XS}restriction")
        facets: Restriction = {"base": [restriction.get("base", "").removeprefix("xs:")]}
        for facet in restriction:
            name = etree.QName(facet).localname
            facets.setdefault(name, []).append(facet.get("value", ""))
        found[kind.get("name", "")] = facets
    return found


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_type_has_the_facets_of_2_3_but_for_those_that_are_listed(
    published: Path, standard: str
) -> None:
    theirs, found = official(published, standard), {}
    for row in rows("xml21/simple_types"):
        for facet in ("base", *FACETS):
            (other,) = theirs[row["type"]].get(facet, [""])
            if row[facet] != other:
                found[row["type"], facet] = (row[facet], other)
    assert found == DIFFERENT


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_type_has_the_codes_of_2_3_but_for_those_that_are_listed(
    published: Path, standard: str
) -> None:
    theirs, found = official(published, standard), {}
    for row in rows("xml21/simple_types"):
        other = set(theirs[row["type"]].get("enumeration", []))
        assert bool(row["codelist"]) == bool(other or row["type"] == "LDT_BerichtCode"), row
        if row["codelist"] and row["type"] not in NOT_HELD:
            own = {
                code["code"]
                for code in rows(row["codelist"].removesuffix(".csv"))
                if code["in_21"] != "no" and standard in code["standard"].split()
            }
            if own != other:
                found[standard, row["type"]] = (own - other, other - own)
    assert found == {key: codes for key, codes in OTHER_CODES.items() if key[0] == standard}
