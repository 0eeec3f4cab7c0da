"""The rules held against the official rules of iWmo 3.2: place, element, level and return code.

What differs stands here with its reason, typed by hand: a class or element that came or went with
3.x, an answer that repeats what was sent, or a place that the list of 2.1 does not name.
"""

from __future__ import annotations

from pathlib import Path

from schemas.rules.rule_rows import FOLDER
from tests.schemas.rules.published_places import (
    MESSAGES,
    judged_places,
    published_places,
    table,
)
from tests.schemas.tables_edit import rows

ONE_CLIENT = "A message of 3.x has one client; that of 2.x may have several, by their BSN."
DECIDED = "3.x has no decision, no impairments and no decided products."
REPEATS = "An answer repeats what was sent, the faults too."
# Judged at a class at which 3.2 has no such rule: rule, message number, class.
OTHER_CLASS = {
    ("TR101", "301", "Client"): ONE_CLIENT,
    ("TR101", "305", "Client"): ONE_CLIENT,
    ("TR101", "307", "Client"): ONE_CLIENT,
    ("TR101", "315", "Client"): ONE_CLIENT,
    ("TR101", "301", "Beperking"): DECIDED,
    ("TR101", "301", "BeperkingScore"): DECIDED,
    ("TR101", "301", "BeschiktProduct"): DECIDED,
    ("TR381", "301", "BeschiktProduct"): DECIDED,
    ("CD041", "301", "BeschiktProduct"): DECIDED,
    ("CS003", "301", "Beschikking"): DECIDED,
    ("CS003", "301", "BeschiktProduct"): DECIDED,
    ("TR134", "303", "Client"): "A client of 323 has no date of birth.",
    ("CS318", "301", "Client"): "The use 6 of a name went with 3.x, and the rule with it.",
}
# Judged at an element of such a class that the rule of 3.2 is not at.
OTHER_ELEMENT = {
    (
        "TR337",
        "304",
        "Header/DeclaratieFactuurIdentificatie/DeclarantFactuurNummer",
    ): "325 repeats the identification of its 323, which 2.x lacks.",
    ("CS325", "303", "IngediendeBedragPrestatie/BtwBedrag/DebetCredit"): "3.x has no VAT.",
    (
        "CS325",
        "303",
        "Header/DeclaratieFactuurBedragen/BtwTotaalBedrag/DebetCredit",
    ): "3.x has no VAT.",
    (
        "CS325",
        "304",
        "ToegekendeBedragPrestatie/GemeenteBerekendBedrag/DebetCredit",
    ): "A line of 325 has the submitted amount alone.",
    (
        "CS325",
        "304",
        "ToegekendeBedragPrestatie/ToegekendBedrag/DebetCredit",
    ): "A line of 325 has the submitted amount alone.",
}
KEY = "The key of the class in 2.x is not published."
DATES = "Of which dates of 2.x it is said is not published; that of birth alone is certain."
# A class at which 3.2 has a rule that we judge elsewhere alone.
NOT_JUDGED = {
    ("CD060", "WMO325", "Prestatie"): REPEATS,
    ("CS002", "WMO325", "Client"): REPEATS,
    ("TR101", "WMO325", "Client"): REPEATS,
    ("TR101", "WMO325", "Prestatie"): REPEATS,
    ("TR134", "WMO325", "Prestatie"): REPEATS,
    ("TR137", "WMO325", "Prestatie"): REPEATS,
    ("TR378", "WMO325", "Header"): REPEATS,
    ("TR056", "WMO323", "Header"): "A 303 has no identification but its number: TR333.",
    ("TR056", "WMO325", "Header"): "A 304 repeats the number of its 303.",
    ("TR002", "WMO301", "Relatie"): "The list of 2.1 names the date of the client.",
    ("TR101", "WMO301", "Contact"): KEY,
    ("TR101", "WMO301", "ToegewezenProduct"): f"{KEY} TR302 and TR332 ask for more.",
    ("TR101", "WMO315", "AangevraagdProduct"): f"{KEY} TR386 asks for more.",
    ("TR101", "WMO323", "Prestatie"): f"{KEY} TR314 and TR416 ask for more.",
    ("TR134", "WMO301", "Relatie"): DATES,
    ("TR134", "WMO301", "ToegewezenProduct"): DATES,
    ("TR134", "WMO305", "StartProduct"): DATES,
    ("TR134", "WMO307", "StopProduct"): DATES,
    ("TR134", "WMO323", "Declaratie"): "TR137 judges the periods of a declaration.",
    ("TR134", "WMO323", "Prestatie"): "TR137 judges the periods of a declaration.",
}
LEVELS = {
    "bericht inhoud (xslt)": {"in-message", "condition", "constraint"},
    "berichtoverstijgend": {"cross-message"},
    "externe bron": {"external"},
    "berichtformaat (xsd)": {"schema", "constraint"},
}
# Rules of 2.1 that 3.2 no longer has.
GONE = {"CS318"}
# The code of 3.2 for all that a message breaks by itself.
WHATEVER = "0001"


def test_a_rule_is_judged_at_the_classes_of_the_official_rules(published: Path) -> None:
    official = published_places(published)
    found, covered = set(), set()
    for (rule, number, at, _), classes, _ in judged_places():
        here = {(r, m, c) for r, m, c, _ in official if (r, m) == (rule, MESSAGES[number])}
        fit = {place for place in here if place[2] in classes}
        covered |= fit
        found |= set() if fit else {(rule, number, at)}
    assert found == set(OTHER_CLASS)
    judged = {row["rule"] for row in table(FOLDER / "judgements.csv")}
    left = {(r, m, c) for r, m, c, _ in official if r in judged and m in MESSAGES.values()}
    assert left - covered == set(NOT_JUDGED)


def test_a_rule_is_judged_at_the_elements_of_the_official_rules(published: Path) -> None:
    official = published_places(published)
    found = set()
    for (rule, number, _, element), classes, words in judged_places():
        there = {
            e for r, m, c, e in official if (r, m) == (rule, MESSAGES[number]) and c in classes
        }
        if there and "" not in there and not there & words:
            found.add((rule, number, element))
    assert found == set(OTHER_ELEMENT)


def test_a_rule_has_the_level_of_the_official_one(published: Path) -> None:
    official = {row["rule"]: row for row in table(published / "rules_32.csv")}
    for row in table(FOLDER / "rules.csv"):
        if row["tested_by"] == "rule" and row["rule"] not in GONE:
            assert row["level"] in LEVELS[official[row["rule"]]["level"]], row["rule"]
    assert GONE.isdisjoint(official)


def test_a_rule_has_the_official_return_code_where_a_list_of_2_x_has_it(published: Path) -> None:
    official = {row["rule"]: row["retour_code"] for row in table(published / "rules_32.csv")}
    listed = {row["code"]: row for row in rows("codelists/RetourCode")}
    checked = set()
    for row in table(FOLDER / "rules.csv"):
        code = official.get(row["rule"], "")
        for release in ("20", "21"):
            if code not in ("", WHATEVER) and listed.get(code, {}).get(f"in_{release}") == "yes":
                assert code in row[f"retour_{release}"].split("|"), row["rule"]
                checked.add(code)
    assert checked == {
        *("9019", "9056", "9063", "9069", "9071", "9074"),
        *("0611", "8017", "8021", "8187", "8848", "S300"),
    }
