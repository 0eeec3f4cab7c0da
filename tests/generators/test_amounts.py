"""Declarations add up: the totals are those of their lines, recomputed from the bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree

from generators.content.amounts import fill_21
from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.message import generate
from generators.values.draw import Draw
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from tests.generators.corpus import Corpus
from tests.generators.facts import DECLARATIONS, Row, local, records, root

# In 2.0: each total with its sign in the last record, and the amount with its sign in a line.
LINE = ("04", "DECLARATIE-/FACTUURBEDRAG", "INDICATIE DEBET/CREDIT (02)")
TOTAL_303 = ("TOTAAL DECLARATIE-/FACTUURBEDRAG", "INDICATIE DEBET/CREDIT")
BTW_TOTAL = ("TOTAAL BTW-BEDRAG", "INDICATIE DEBET/CREDIT BTW")
BTW_LINE = ("04", "BTW-BEDRAG", "INDICATIE DEBET/CREDIT BTW")
SUBMITTED = ("TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG", "INDICATIE DEBET/CREDIT")
GRANTED = ("TOTAAL TOEGEKEND BEDRAG", "INDICATIE DEBET/CREDIT (02)")
GRANTED_LINE = ("04", "TOEGEKEND BEDRAG", "INDICATIE DEBET/CREDIT (04)")
DBC_TOTAL = ("TOTAAL DECLARATIEBEDRAG", "INDICATIE DEBET/CREDIT")
DBC_LINE = ("06", "DECLARATIEBEDRAG (INCL. BTW)", "INDICATIE DEBET/CREDIT (03)")
DBC_SUBMITTED = ("TOTAAL INGEDIEND DECLARATIEBEDRAG", "INDICATIE DEBET/CREDIT")
DBC_GRANTED = ("TOTAAL TOEGEKEND BEDRAG", "INDICATIE DEBET/CREDIT (02)")
DBC_GRANTED_LINE = ("06", "TOEGEKEND BEDRAG", "INDICATIE DEBET/CREDIT (05)")
COUNT = 60

Records = list[tuple[str, Row]]


def signed(amount: str, sign: str) -> int:
    """Eurocents, below zero for credit; an amount of zero may have no sign."""
    assert sign in ("D", "C") or (sign == " " and int(amount) == 0), (amount, sign)
    return -int(amount) if sign == "C" else int(amount)


def total(message: Records, names: tuple[str, str]) -> int:
    kind, values = message[-1]
    assert kind == "99"
    return signed(values[names[0]], values[names[1]])


def added(message: Records, line: tuple[str, str, str]) -> int:
    kind, amount, sign = line
    return sum(signed(row[amount], row[sign]) for code, row in message if code == kind)


def messages(corpus: Corpus, message: str) -> Iterator[Records]:
    for release in ("both", "2.0"):
        for data in corpus.ei(message, release, COUNT):
            yield records(data)


@pytest.mark.parametrize("message", ["WMO303", "JW303"])
def test_the_totals_of_a_declaration_are_those_of_its_lines(corpus: Corpus, message: str) -> None:
    totals = []
    for made in messages(corpus, message):
        assert total(made, TOTAL_303) == added(made, LINE)
        if made[-1][1][BTW_TOTAL[1]] != " ":
            assert total(made, BTW_TOTAL) == added(made, BTW_LINE)
            totals.append(total(made, BTW_TOTAL))
    # A sum of nothing but zeros would prove nothing.
    assert min(totals) < 0 < max(totals)


@pytest.mark.parametrize("message", ["WMO304", "JW304"])
def test_what_is_not_granted_is_the_difference_of_both_totals(corpus: Corpus, message: str) -> None:
    differences = set()
    for made in messages(corpus, message):
        # What was granted in full does not come back, but counts in both totals.
        difference = total(made, SUBMITTED) - total(made, GRANTED)
        assert difference == added(made, LINE) - added(made, GRANTED_LINE)
        differences.add(difference)
    assert len(differences) > COUNT / 2


def test_the_total_of_a_dbc_declaration_is_that_of_its_tariffs(corpus: Corpus) -> None:
    totals = set()
    for data in corpus.ei("JW321", "both", COUNT):
        made = records(data)
        assert total(made, DBC_TOTAL) == added(made, DBC_LINE)
        totals.add(total(made, DBC_TOTAL))
    assert min(totals) < 0 < max(totals)


def test_what_a_dbc_return_does_not_grant_is_the_difference_of_both_totals(corpus: Corpus) -> None:
    differences = set()
    for data in corpus.ei("JW322", "both", COUNT):
        made = records(data)
        difference = total(made, DBC_SUBMITTED) - total(made, DBC_GRANTED)
        assert difference == added(made, DBC_LINE) - added(made, DBC_GRANTED_LINE)
        differences.add(difference)
    assert len(differences) > COUNT / 2


def amounts(tree: etree._Element, name: str, value: str) -> list[int]:
    """The signed amounts of the elements of a name."""
    found = []
    for element in tree.iter():
        if local(element) == name:
            parts = {local(child): child.text or "" for child in element}
            found.append(signed(parts[value], parts["DebetCredit"]))
    return found


@pytest.mark.parametrize("message", ["WMO303", "JW303"])
@pytest.mark.parametrize("release", ["both", "2.1"])
def test_the_totals_of_an_xml_declaration_are_those_of_its_lines(
    corpus: Corpus, message: str, release: str
) -> None:
    with_btw = 0
    for data in corpus.xml(message, release, COUNT):
        tree = root(data)
        (stated,) = amounts(tree, "DeclaratieFactuurTotaalBedrag", "TotaalBedrag")
        assert stated == sum(amounts(tree, "DeclaratieFactuurBedrag", "Bedrag"))
        btw = amounts(tree, "BtwTotaalBedrag", "TotaalBedrag")
        if btw:
            assert btw == [sum(amounts(tree, "BtwBedrag", "Bedrag"))]
            with_btw += btw != [0]
    assert with_btw


@pytest.mark.parametrize("message", ["WMO304", "JW304"])
@pytest.mark.parametrize("release", ["both", "2.1"])
def test_what_an_xml_return_does_not_grant_is_the_difference_of_both_totals(
    corpus: Corpus, message: str, release: str
) -> None:
    for data in corpus.xml(message, release, COUNT):
        tree = root(data)
        (submitted,) = amounts(tree, "IngediendTotaalBedrag", "TotaalBedrag")
        (granted,) = amounts(tree, "ToegekendTotaalBedrag", "TotaalBedrag")
        lines = sum(amounts(tree, "DeclaratieFactuurBedrag", "Bedrag"))
        assert submitted - granted == lines - sum(amounts(tree, "ToegekendBedrag", "Bedrag"))


@pytest.mark.parametrize("message", DECLARATIONS)
def test_there_are_declarations_and_invoices_debit_and_credit(corpus: Corpus, message: str) -> None:
    codes, signs, totals = set(), set(), set()
    for made in messages(corpus, message):
        codes.add(made[0][1]["CODE EXTERNE-INTEGRATIEBERICHT"])
        signs |= {values[LINE[2]] for kind, values in made if kind == LINE[0]}
        totals.add(made[-1][1]["INDICATIE DEBET/CREDIT"])
    expected = {
        "WMO303": {"416", "448"},
        "WMO304": {"417", "449"},
        "JW303": {"432", "450"},
        "JW304": {"433", "451"},
    }
    assert codes == expected[message]
    assert signs == {"D", "C"}
    assert totals == {"D", "C"}


@pytest.mark.parametrize("message", DECLARATIONS)
def test_a_line_of_volume_tariff_and_btw_adds_up(corpus: Corpus, message: str) -> None:
    seen = 0
    for release in ("both", "2.1"):
        for data in corpus.xml(message, release, COUNT):
            for element in root(data).iter("{*}IngediendeBedragPrestatie"):
                (declared,) = amounts(element, "DeclaratieFactuurBedrag", "Bedrag")
                calculated = amounts(element, "BerekendBedrag", "Bedrag")
                btw = amounts(element, "BtwBedrag", "Bedrag")
                if calculated and btw and declared:
                    seen += 1
                    # No amount is larger than its field.
                    assert abs(declared) == min(abs(calculated[0] + btw[0]), 99_999_999)
    assert seen > 10


DECLARED, CALCULATED = "DeclaratieFactuurBedrag", "BerekendBedrag"
# A total has 11 digits, an amount 8.
LARGEST_TOTAL, LARGEST = 99_999_999_999, 99_999_999


def declaration(*amounts: int) -> Content:
    """A declaration with a line for each amount, credit below zero, which was calculated."""
    content = Content("00")
    for amount in amounts:
        line = Content("04")
        for name in (DECLARED, CALCULATED):
            key = f"IngediendeBedragPrestatie/{name}"
            line.values.source_21[f"{key}/Bedrag"] = str(abs(amount))
            line.values.source_21[f"{key}/DebetCredit"] = "C" if amount < 0 else "D"
        content.children.append(line)
    fill_21(Draw(1, "declaration", 0), catalogue().one("WMO303"), content)
    return content


def of_lines(content: Content, name: str) -> list[int]:
    values = (line.values.source_21 for line in content.children)
    key = f"IngediendeBedragPrestatie/{name}"
    return [signed(one[f"{key}/Bedrag"], one[f"{key}/DebetCredit"]) for one in values]


def total_of(content: Content) -> int:
    key = "Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag"
    values = content.values.source_21
    return signed(values[f"{key}/TotaalBedrag"], values[f"{key}/DebetCredit"])


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_total_leaves_the_lines_as_they_are(sign: int) -> None:
    amounts = [sign * amount for amount in (*[LARGEST] * 1000, 999)]
    made = declaration(*amounts)
    assert total_of(made) == sign * LARGEST_TOTAL
    assert of_lines(made, DECLARED) == amounts


@pytest.mark.parametrize("sign", [1, -1])
def test_of_a_total_of_a_cent_more_one_line_gets_the_amounts_of_the_least(sign: int) -> None:
    least, other = sign * 5, -sign * 7
    made = declaration(least, *[sign * LARGEST] * 1000, other, sign * 1002)
    expected = [least, *[sign * LARGEST] * 999, least, other, sign * 1002]
    assert of_lines(made, DECLARED) == expected
    assert of_lines(made, CALCULATED) == expected
    assert total_of(made) == sum(expected)


@pytest.mark.parametrize(("message", "sums"), [("WMO303", [TOTAL_303]), ("JW304", [SUBMITTED])])
def test_a_declaration_of_thousands_of_lines_adds_up_and_can_be_written(
    message: str, sums: list[tuple[str, str]]
) -> None:
    kind = catalogue().one(message)
    made = records(written(kind, generate(kind, 1, 0, clients=6500), SOURCE["2.0"]))
    if message == "WMO303":
        assert total(made, TOTAL_303) == added(made, LINE)
    else:
        difference = total(made, SUBMITTED) - total(made, GRANTED)
        assert difference == added(made, LINE) - added(made, GRANTED_LINE)
    # What was drawn was too much, and no more was taken away than must be.
    assert all(LARGEST_TOTAL - LARGEST < total(made, names) <= LARGEST_TOTAL for names in sums)
