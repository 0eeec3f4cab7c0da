"""The code lists held against those of 2.0 that were published, where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from lxml import etree

from tests.schemas.tables_edit import rows

XS = "{http://www.w3.org/2001/XMLSchema}"
# The published lists of 2.0 by their Vektis names; that of return codes is WJ001.
LISTS = {
    "COD002": "BerichtCode",
    "COD032": "LandCode",
    "COD046": "Geslacht",
    "COD170": "DatumGebruik",
    "COD172": "RedenIntrekking",
    "COD232": "JuridischeStatus",
    "COD260": "JaNee",
    "COD327": "TypeVerwijzer",
    "COD366": "BurgerlijkeStaat",
    "COD467": "StatusAanlevering",
    "COD472": "SoortRelatie",
    "COD478": "Leefeenheid",
    "COD539": "BeperkingCategorie",
    "COD700": "NaamGebruik",
    "COD736": "Grondslag",
    "COD747": "Communicatievorm",
    "COD749": "Duur",
    "COD757": "AdresSoort",
    "COD825": "BeperkingVraag",
    "COD828": "BeperkingScore",
    "NUM061": "AanduidingWoonadres",
    "WMO020": "ProductCategorie",
    "WMO021": "ProductCode",
    "WMO588": "RedenBeeindiging",
    "WMO756": "Eenheid",
    "WMO757": "Frequentie",
}
# The digits of a numeric field, where the list leaves zeros out; the examples have them.
DIGITS = {"COD757": 2}
# Typed by hand from WJ001: one text of each kind of code.
TEXTS = {
    "0030": "Factuurnummer declarant ontbreekt, is onjuist of is niet uniek "
    "(nummer is reeds gebruikt in een voorgaande factuur).",
    "0200": "Geen opmerking over dit record.",
    "0233": "Record is niet beoordeeld.",
    "8001": "Declaratie is volledig toegewezen",
    "8207": "Referentienummer dit prestatierecord moet uniek zijn binnen het bestand.",
    "9018": "Bericht voldoet niet aan technische regel 18",
}


def listed(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        # Where the text has quotes, the file that it was taken from has them behind a backslash.
        return {row["code"]: row["label"].replace('\\"', '"') for row in csv.DictReader(file)}


def own(name: str) -> dict[str, str]:
    """The codes of 2.0 of a list of iWmo, with their labels."""
    return {
        row["code"]: row["label"]
        for row in rows(f"codelists/{name}")
        if row["in_20"] == "yes" and "iwmo" in row["standard"]
    }


def test_the_texts_of_return_codes_are_the_official_ones(published: Path) -> None:
    texts = listed(published / "retour_codes_20.csv")
    assert len(texts) == 427
    assert own("RetourCode") == texts


def test_return_codes_have_their_texts() -> None:
    labels = own("RetourCode")
    assert {code: labels[code] for code in TEXTS} == TEXTS
    assert all(labels.values())


@pytest.mark.parametrize("published_name", LISTS)
def test_a_list_of_2_0_has_the_published_codes(published: Path, published_name: str) -> None:
    codes = listed(published / "codelists_20" / f"{published_name}.csv")
    digits = DIGITS.get(published_name, 0)
    assert {code.zfill(digits) for code in codes} == set(own(LISTS[published_name]))


@pytest.mark.parametrize("published_name", LISTS)
def test_a_code_of_2_0_has_the_published_label(published: Path, published_name: str) -> None:
    labels = listed(published / "codelists_20" / f"{published_name}.csv")
    digits = DIGITS.get(published_name, 0)
    found = own(LISTS[published_name])
    assert found == {code.zfill(digits): label for code, label in labels.items()}


def _documented(published: Path, standard: str) -> dict[tuple[str, str], str]:
    """The label of each code of a simple type in the schemas of 2.3."""
    base = etree.parse(published / "xsd23" / standard / "basisschema.xsd")
    return {
        (kind.get("name", ""), code.get("value", "")): code.findtext(f".//{XS}documentation", "")
        for kind in base.iterfind(f"{XS}simpleType")
        for code in kind.iter(f"{XS}enumeration")
    }


@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_a_code_that_2_1_alone_has_the_label_of_the_schemas_of_2_3(
    published: Path, standard: str
) -> None:
    labels = _documented(published, standard)
    seen = 0
    for kind in rows("xml21/simple_types"):
        # The codes of messages are in no schema; the rules of 2.1 gave its return codes names.
        if not kind["codelist"] or kind["type"] in ("LDT_BerichtCode", "LDT_RetourCode"):
            continue
        for row in rows(kind["codelist"].removesuffix(".csv")):
            if standard in row["standard"].split() and row["in_20"] != "yes":
                label = " ".join(labels[kind["type"], row["code"]].split()).removesuffix(".")
                assert row["label"].casefold() == label.casefold(), (kind["type"], row["code"])
                seen += 1
    assert seen > 20


# The codes of declarations in 2.0, of which the base standard says no more than that they are.
SORTS = {"P": "Productie", "T": "Test"}
JEUGDWET = {
    "436": "Toewijzing Jw",
    "437": "Toewijzing retour Jw",
    "432": "Jw Declaratie",
    "450": "Jw Factuur",
    "433": "Jw Declaratie Retour",
    "451": "Jw Factuur Retour",
    "438": "Start levering Jw",
    "439": "Start levering retour Jw",
    "440": "Stop levering Jw",
    "441": "Stop levering retour Jw",
    "446": "Verzoek om toewijzing Jw",
    "447": "Verzoek om toewijzing retour Jw",
    "434": "Declaratie jeugd-ggz (DBC) Jw",
    "435": "Declaratie jeugd-ggz (DBC) retour Jw",
}
# The return codes that 2.1 alone has; the others are named after a rule, condition or constraint.
OF_2_1 = {"8017": "", "8854": "line credited before", "9300": "reference differs from request"}
NAMES = {"9": "rule TR", "D": "condition CD", "S": "constraint CS"}


def test_codes_that_no_published_list_has_are_labelled_as_typed() -> None:
    assert {row["code"]: row["label"] for row in rows("codelists/SoortBericht")} == SORTS
    messages = {row["code"]: row["label"] for row in rows("codelists/BerichtCode")}
    assert {code: messages[code] for code in JEUGDWET} == JEUGDWET
    for row in rows("codelists/RetourCode"):
        if row["in_20"] != "yes":
            code = row["code"]
            named = NAMES.get(code[0], "") + code[1:]
            assert row["label"] == OF_2_1.get(code, named)


def test_every_published_list_of_2_0_is_held(published: Path) -> None:
    assert {path.stem for path in (published / "codelists_20").glob("*.csv")} == set(LISTS)


def test_message_codes_of_2_0_have_their_labels(published: Path) -> None:
    assert listed(published / "codelists_20" / "COD002.csv") == own("BerichtCode")


@pytest.mark.parametrize("standard", ["iwmo", "ijw"])
def test_the_vat_is_at_most_9999_hundredths_of_a_percent(published: Path, standard: str) -> None:
    base = etree.parse(published / "xsd23" / standard / "basisschema.xsd")
    (element,) = base.iterfind(f".//{XS}element[@name='BtwPercentage']")
    (highest,) = element.iter(f"{XS}maxInclusive")
    (row,) = [r for r in rows("xml21/complex_types") if r["element"] == "BtwPercentage"]
    assert highest.get("value") == row["highest_value"] == "9999"
