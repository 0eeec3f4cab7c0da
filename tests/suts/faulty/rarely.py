"""Faults that show seldom: for some messages, some days, or after another message."""

from __future__ import annotations

from tests.suts.spoiling import Element, Records, drop, every, faithful, in_xml

_seen: list[str] = []


@in_xml
def gives_third_client_the_second_name(root: Element) -> None:
    names = every(root, "Client/Naam/Geslachtsnaam/Naam")
    if len(names) > 2:
        names[2].text = names[1].text


@in_xml
def knows_no_leap_days(root: Element) -> None:
    for element in root.iter():
        element.text = (element.text or "").replace("-02-29", "-02-28")


@in_xml
def loses_contract_in_wmo316(root: Element) -> None:
    if "wmo316" in str(root.tag):
        for element in every(root, "Product/Raamcontract"):
            drop(element)


@in_xml
def keeps_three_products(root: Element) -> None:
    for products in every(root, "Client/StartProducten"):
        for product in products[3:]:
            drop(product)


@in_xml
def loses_unknown_birth_date(root: Element) -> None:
    for group in every(root, "Client/Geboortedatum"):
        for use in group.findall("{*}DatumGebruik"):
            if use.text == "3":
                drop(use)


def keeps_identification_of_the_last_message(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.0":
        return output
    records = Records(output)
    _seen.append(records.get(0, "IDENTIFICATIE BERICHT"))
    records.put(0, "IDENTIFICATIE BERICHT", _seen[max(len(_seen) - 2, 0)])
    return records.write()
