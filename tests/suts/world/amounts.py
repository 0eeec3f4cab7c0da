"""Faults in amounts, which are copied and never calculated again."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tests.suts.spoiling import Element, drop, every, rewrite
from tests.suts.world.tools import in_content, lists, text_at

_TOTAL = "DeclaratieFactuurTotaalBedrag"


def _submitted(root: Element) -> list[Element]:
    return lists(root, "IngediendeBedragPrestatie")


def _put(group: Element, path: str, text: str) -> None:
    for element in every(group, path):
        element.text = text


@in_content
def calculates_amounts_again(root: Element) -> None:
    for group in _submitted(root):
        tariff = text_at(group, "ProductTarief")
        if tariff:
            amount = int(tariff) * int(text_at(group, "GeleverdVolume"))
            _put(group, "BerekendBedrag/Bedrag", str(amount % 100_000_000))


@in_content
def calculates_vat_again(root: Element) -> None:
    for group in _submitted(root):
        percentage, amount = (
            text_at(group, path) for path in ("BtwPercentage", "BerekendBedrag/Bedrag")
        )
        if percentage and amount:
            vat = Decimal(amount) * Decimal(percentage) / 10_000
            _put(group, "BtwBedrag/Bedrag", f"{vat.quantize(Decimal(1), ROUND_HALF_UP)}")


@in_content
def adds_vat_to_the_calculated_amount_again(root: Element) -> None:
    for group in _submitted(root):
        amounts = [text_at(group, f"{name}/Bedrag") for name in ("BerekendBedrag", "BtwBedrag")]
        if all(amounts):
            total = sum(map(int, amounts)) % 100_000_000
            _put(group, "DeclaratieFactuurBedrag/Bedrag", str(total))


@in_content
def gives_vat_the_sign_of_its_line(root: Element) -> None:
    for group in _submitted(root):
        _put(group, "BtwBedrag/DebetCredit", text_at(group, "DeclaratieFactuurBedrag/DebetCredit"))


@in_content
def gives_the_total_of_vat_the_sign_of_the_total(root: Element) -> None:
    for group in lists(root, "DeclaratieFactuurBedragen"):
        _put(group, "BtwTotaalBedrag/DebetCredit", text_at(group, f"{_TOTAL}/DebetCredit"))


@in_content
def gives_the_line_the_sign_of_the_calculated_amount(root: Element) -> None:
    for group in _submitted(root):
        sign = text_at(group, "BerekendBedrag/DebetCredit")
        if sign:
            _put(group, "DeclaratieFactuurBedrag/DebetCredit", sign)


@in_content
def turns_the_sign_of_vat_on_credit_lines(root: Element) -> None:
    for group in _submitted(root):
        signs = [
            text_at(group, f"{name}/DebetCredit")
            for name in ("BtwBedrag", "DeclaratieFactuurBedrag")
        ]
        if signs == ["C", "C"]:
            _put(group, "BtwBedrag/DebetCredit", "D")


@in_content
def loses_vat_of_zero(root: Element) -> None:
    for group in every(root, "IngediendeBedragPrestatie/BtwBedrag"):
        if int(text_at(group, "Bedrag")) == 0:
            drop(group)


@in_content
def loses_a_total_of_vat_of_zero(root: Element) -> None:
    for group in lists(root, "BtwTotaalBedrag"):
        if int(text_at(group, "TotaalBedrag")) == 0:
            drop(group)


@in_content
def writes_credit_of_zero_as_debit(root: Element) -> None:
    for amount in lists(root, "Bedrag"):
        sign = amount.getnext()
        if int(amount.text or "0") == 0 and sign is not None:
            sign.text = "D"


@in_content
def writes_whole_percentages(root: Element) -> None:
    for name in ("BtwPercentage", "Verrekenpercentage"):
        rewrite(root, name, lambda text: str(int(text) // 100 * 100 or 100))


@in_content
def writes_percentages_of_100_at_most(root: Element) -> None:
    rewrite(root, "Verrekenpercentage", lambda text: str(min(int(text), 10_000)))


@in_content
def writes_amounts_in_seven_digits(root: Element) -> None:
    rewrite(root, "Bedrag", lambda text: str(int(text) % 10_000_000))


@in_content
def cuts_tariffs_in_binary_fractions(root: Element) -> None:
    rewrite(root, "ProductTarief", lambda text: str(int(int(text) / 100 * 100)))


@in_content
def adds_up_the_total_again(root: Element) -> None:
    total = 0
    for group in every(root, "IngediendeBedragPrestatie/DeclaratieFactuurBedrag"):
        sign = -1 if text_at(group, "DebetCredit") == "C" else 1
        total += sign * int(text_at(group, "Bedrag"))
    for group in lists(root, _TOTAL):
        _put(group, "TotaalBedrag", str(abs(total)))
        _put(group, "DebetCredit", "C" if total < 0 else "D")


@in_content
def adds_up_the_total_of_vat_again(root: Element) -> None:
    total = 0
    for group in every(root, "IngediendeBedragPrestatie/BtwBedrag"):
        sign = -1 if text_at(group, "DebetCredit") == "C" else 1
        total += sign * int(text_at(group, "Bedrag"))
    for group in lists(root, "BtwTotaalBedrag"):
        _put(group, "TotaalBedrag", str(abs(total)))
        _put(group, "DebetCredit", "C" if total < 0 else "D")


@in_content
def grants_with_the_sign_that_was_submitted(root: Element) -> None:
    for line in lists(root, "Prestatie"):
        sign = text_at(line, "IngediendeBedragPrestatie/DeclaratieFactuurBedrag/DebetCredit")
        _put(line, "ToegekendBedrag/DebetCredit", sign)
