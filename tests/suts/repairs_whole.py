"""Converters that repair amounts, remove what is there twice, or refuse what breaks a rule."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tests.suts.repairs_values import child, name_of, parent, periods
from tests.suts.spoiling import (
    Convert,
    Element,
    Records,
    drop,
    every,
    faithful,
    in_both,
    in_ei,
    in_xml,
    input_21,
)

_SUBMITTED = "IngediendeBedragPrestatie"


def _text(item: Element, path: str) -> str:
    found = every(item, path)
    return (found[0].text or "") if found else ""


@in_ei
def calculates_amounts_in_records(records: Records) -> None:
    """Calculates an amount from volume, tariff and percentage where it differs by over a cent."""
    if "TARIEF PRODUCT" not in getattr(records.message.records.get("04"), "by_name", {}):
        return
    for place in records.of("04"):
        volume, tariff, unit, percent, told = (
            int(records.get(place, name) or 0)
            for name in (
                "AANTAL UITGEVOERDE PRODUCTEN",
                "TARIEF PRODUCT",
                "TIJDSEENHEID ZORGPERIODE",
                "VERREKENPERCENTAGE",
                "BEREKEND BEDRAG",
            )
        )
        right = volume * tariff * (percent or 10000) // 10000
        is_told = records.get(place, "INDICATIE DEBET/CREDIT (01)").strip()
        near = (right, right // 60) if unit == 1 else (right,)
        if is_told and tariff and unit != 83 and all(abs(told - item) > 1 for item in near):
            records.put(place, "BEREKEND BEDRAG", str(right)[-8:])


@in_xml
def signs_the_vat_as_its_amount(root: Element) -> None:
    """Writes debit or credit of the VAT as it is of the amount."""
    for line in every(root, _SUBMITTED):
        sign = _text(line, "DeclaratieFactuurBedrag/DebetCredit")
        for vat in every(line, "BtwBedrag/DebetCredit"):
            vat.text = sign


@in_xml
def signs_the_total_of_the_vat_as_the_total(root: Element) -> None:
    """Writes debit or credit of the total VAT as it is of the total."""
    sign = _text(root, "DeclaratieFactuurTotaalBedrag/DebetCredit")
    for vat in every(root, "BtwTotaalBedrag/DebetCredit"):
        vat.text = sign


def _no_vat_of_nothing(records: Records) -> None:
    if "BTW-BEDRAG" not in getattr(records.message.records.get("04"), "by_name", {}):
        return
    for place in records.of("04"):
        if not records.get(place, "BTW-BEDRAG").strip("0"):
            records.put(place, "INDICATIE DEBET/CREDIT BTW", "")


@in_both(_no_vat_of_nothing)
def leaves_out_a_vat_of_nothing(root: Element) -> None:
    """Leaves out a VAT amount of zero."""
    for vat in every(root, f"{_SUBMITTED}/BtwBedrag"):
        if _text(vat, "Bedrag") == "0":
            drop(vat)


@in_ei
def signs_what_is_calculated_as_what_is_declared(records: Records) -> None:
    """Writes debit or credit of the calculated amount as it is of the declared one."""
    name = "INDICATIE DEBET/CREDIT (01)"
    if name not in getattr(records.message.records.get("04"), "by_name", {}):
        return
    for place in records.of("04"):
        if records.get(place, name).strip():
            records.put(place, name, records.get(place, "INDICATIE DEBET/CREDIT (02)"))


@in_xml
def calculates_the_vat_from_its_percentage(root: Element) -> None:
    """Writes a percentage of 21 where a VAT of nothing has another."""
    for line in every(root, _SUBMITTED):
        percent = child(line, "BtwPercentage")
        if percent is not None and percent.text not in ("600", "2100", "900", "0"):
            percent.text = "2100"


@in_xml
def leaves_out_the_earlier_line_of_a_debit(root: Element) -> None:
    """Leaves out the reference of the earlier line where nothing is credited."""
    for line in every(root, "Prestatie"):
        if _text(line, f"{_SUBMITTED}/DeclaratieFactuurBedrag/DebetCredit") == "D":
            for earlier in every(line, "ProductReferentie/VorigReferentieNummer"):
                drop(earlier)


@in_xml
def leaves_out_a_client_of_the_same_number(root: Element) -> None:
    """Leaves out a client whose BSN an earlier client has."""
    seen: set[str] = set()
    for client in every(root, "Client"):
        bsn = _text(client, "Bsn")
        if bsn in seen:
            drop(client)
        seen.add(bsn)


def _distinct(*kinds: str) -> Callable[[Element], None]:
    def spoil(root: Element) -> None:
        seen: set[tuple[int, bytes]] = set()
        for item in [item for item in root.iter() if name_of(item) in kinds]:
            text = etree.tostring(item, method="c14n").strip()
            mark = (id(item.getparent()), text)
            if mark in seen and len(parent(item)) > 1:
                drop(item)
            seen.add(mark)

    return spoil


leaves_out_a_product_that_is_there_twice = in_xml(
    _distinct("StartProduct", "StopProduct", "Product", "ToegewezenProduct", "BeschiktProduct")
)
leaves_out_an_address_that_is_there_twice = in_xml(_distinct("Contact"))


def _refuses(breaks: Callable[[Element], bool]) -> Convert:
    """A converter that refuses 2.1 that it converts to or from where a business rule is broken."""

    def convert(data: bytes, source: str, target: str) -> bytes:
        from schemas.errors import Refused

        output = faithful(data, source, target)
        if breaks(input_21(data if source == "2.1" else output)):
            raise Refused("RULE", "the message breaks a business rule")
        return output

    return convert


refuses_periods_that_end_before_they_begin = _refuses(
    lambda root: any((end.text or "") < (begin.text or "") for begin, end in periods(root))
)


def _number_fails(root: Element) -> bool:
    numbers = (item.text or "" for item in every(root, "Client/Bsn"))
    by = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(sum(int(a) * b for a, b in zip(number, by, strict=True)) % 11 for number in numbers)


refuses_a_bsn_that_fails_its_test = _refuses(_number_fails)


def _has_a_number_twice(root: Element) -> bool:
    numbers = [item.text for item in every(root, "ProductReferentie/ReferentieNummer")]
    return len(numbers) != len({*numbers})


refuses_a_reference_that_is_there_twice = _refuses(_has_a_number_twice)


def _is_answered_early(root: Element) -> bool:
    sent = _text(root, "BerichtIdentificatie/Dagtekening")
    answered = _text(root, "Header/DagtekeningRetour")
    return bool(sent and answered) and answered < sent


refuses_an_answer_from_before_its_message = _refuses(_is_answered_early)


def _starts_before_its_assignment(root: Element) -> bool:
    items = [item for item in root.iter() if child(item, "ToewijzingIngangsdatum") is not None]
    return any(
        begin is not None and (begin.text or "") < _text(item, "ToewijzingIngangsdatum")
        for item in items
        if (begin := child(item, "Begindatum")) is not None
    )


refuses_care_from_before_its_assignment = _refuses(_starts_before_its_assignment)


@in_xml
def keeps_products_within_their_decision(root: Element) -> None:
    """Lets a granted product begin no earlier than its decision."""
    for decision in every(root, "Beschikking"):
        first = child(decision, "Ingangsdatum")
        for begin in every(decision, "BeschiktProduct/Ingangsdatum"):
            if first is not None:
                begin.text = max(begin.text or "", first.text or "")
