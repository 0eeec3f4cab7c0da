"""Faults in codes, in zeros and in the notation of numbers."""

from __future__ import annotations

from lxml import etree

from tests.suts.spoiling import (
    Element,
    Records,
    add,
    drop,
    every,
    faithful,
    in_ei,
    in_xml,
    input_21,
    rewrite,
)

_WITHDRAWAL = {"02": "1", "05": "2", "07": "3", "06": "4"}


@in_xml
def keeps_sex_9(root: Element) -> None:
    rewrite(root, "Client/Geslacht", lambda code: "9" if code == "0" else code)


@in_ei
def keeps_sex_0(records: Records) -> None:
    for place in records.of("02"):
        if records.get(place, "GESLACHT") == "9":
            records.put(place, "GESLACHT", "0")


@in_xml
def does_not_split_legal_status(root: Element) -> None:
    for element in every(root, "Client/WettelijkeVertegenwoordiging"):
        element.tag = str(element.tag).replace("WettelijkeVertegenwoordiging", "JuridischeStatus")


@in_xml
def loses_legal_representation(root: Element) -> None:
    for element in every(root, "Client/WettelijkeVertegenwoordiging"):
        drop(element)


@in_ei
def loses_legal_representation_back(records: Records) -> None:
    for place in records.of("02"):
        if "06" <= records.get(place, "JURIDISCHE STATUS") <= "10":
            records.put(place, "JURIDISCHE STATUS", "00")


def numbers_reasons_of_withdrawal_in_order(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.0":
        return output
    records = Records(output)
    reasons = [
        [item.text or "" for item in product.findall("{*}RedenWijziging")]
        for product in every(input_21(data), "ToegewezenProduct")
    ]
    for place, codes in zip(records.of("15"), reasons, strict=True):
        records.put(place, "REDEN INTREKKING", _WITHDRAWAL.get("".join(codes), "0"))
    return records.write()


@in_xml
def writes_size_of_zeros(root: Element) -> None:
    for product in every(root, "BeschiktProduct"):
        if product.findall("{*}Omvang"):
            continue
        size = add(product, "Omvang")
        for name, zeros in (("Volume", "0"), ("Eenheid", "00"), ("Frequentie", "0")):
            add(size, name, zeros, base=True)
        dates = product.findall("{*}Einddatum") or product.findall("{*}Ingangsdatum")
        dates[0].addnext(size)


@in_xml
def drops_volume_of_zero(root: Element) -> None:
    for element in every(root, "BeschiktProduct/Omvang/Volume"):
        if element.text == "0":
            drop(element)


@in_xml
def drops_calculated_amount_of_zero(root: Element) -> None:
    for element in every(root, "BerekendBedrag/Bedrag"):
        parent = element.getparent()
        if element.text == "0" and parent is not None:
            drop(parent)


@in_xml
def strips_zeros_of_provider(root: Element) -> None:
    rewrite(root, "StartProduct/Aanbieder", lambda code: code.lstrip("0"))


@in_xml
def strips_zeros_of_gemeente(root: Element) -> None:
    rewrite(root, "Header/Afzender", lambda code: code.lstrip("0"))


@in_xml
def strips_zeros_of_relatie(root: Element) -> None:
    rewrite(root, "Relatie/Nummer", lambda number: number.lstrip("0") or "0")


@in_xml
def strips_zeros_of_grounds(root: Element) -> None:
    rewrite(root, "Grondslagen/Grondslag01", lambda code: code.lstrip("0"))


@in_xml
def takes_telephone_for_a_number(root: Element) -> None:
    rewrite(root, "Contactgegevens/Contact/Telefoon/Telefoon01/Telefoonnummer", _as_number)


def _as_number(text: str) -> str:
    return str(int(text)) if text.isdigit() else text


@in_xml
def pads_postcode_to_8(root: Element) -> None:
    rewrite(root, "Contactgegevens/Contact/Adres/Postcode", lambda text: text.ljust(8))


@in_xml
def pads_product_code_to_6(root: Element) -> None:
    rewrite(root, "BeschiktProduct/Product/Code", lambda code: code.ljust(6))


@in_xml
def writes_only_first_return_code(root: Element) -> None:
    for codes in every(root, "StartProduct/RetourCodes"):
        for code in codes[1:]:
            codes.remove(code)


def keeps_return_codes_of_20(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.1":
        return output
    root, records = etree.fromstring(output), Records(data)
    for place, client in zip(records.of("02"), every(root, "Clienten/Client"), strict=True):
        for number, code in enumerate(client.findall("{*}RetourCodes/{*}RetourCode"), 1):
            code.text = records.get(place, f"RETOURCODE (0{number})").strip()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@in_xml
def writes_0200_in_header(root: Element) -> None:
    header = every(root, "Header")[0]
    if not header.findall("{*}RetourCodes"):
        add(add(header, "RetourCodes"), "RetourCode", "0200")


@in_ei
def forgets_0200_in_header(records: Records) -> None:
    if records.get(0, "RETOURCODE (01)") == "0200":
        records.put(0, "RETOURCODE (01)", "")


@in_xml
def writes_version_0(root: Element) -> None:
    rewrite(root, "Header/BerichtVersie", lambda _: "0")


@in_ei
def writes_version_0201(records: Records) -> None:
    records.put(0, "SUBVERSIENUMMER BERICHTSTANDAARD", "01")


@in_ei
def writes_code_of_the_return(records: Records) -> None:
    records.lines[0] = records.lines[0].replace("01414", "01415", 1)


@in_xml
def gives_every_request_one_reference(root: Element) -> None:
    rewrite(root, "Product/ReferentieAanbieder", lambda _: "REF-1")


def prefers_legal_representation(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.0":
        return output
    records = Records(output)
    clients = every(input_21(data), "Clienten/Client")
    for place, client in zip(records.of("02"), clients, strict=True):
        for code in client.findall("{*}WettelijkeVertegenwoordiging"):
            records.put(place, "JURIDISCHE STATUS", code.text or "")
    return records.write()


@in_xml
def turns_return_codes_round(root: Element) -> None:
    for codes in every(root, "StartProduct/RetourCodes"):
        codes[:] = reversed(codes)


@in_ei
def writes_every_invoice_as_a_declaration(records: Records) -> None:
    records.lines[0] = records.lines[0].replace("01450", "01432", 1)


@in_xml
def writes_no_references(root: Element) -> None:
    for element in every(root, "Product/ReferentieAanbieder"):
        drop(element)


@in_ei
def writes_spaces_for_absent_numbers(records: Records) -> None:
    for place in records.of("08"):
        line = records.lines[place]
        if not records.get(place, "EINDDATUM").strip("0"):
            records.lines[place] = f"{line[:76]}        {line[84:]}"


@in_ei
def writes_days_that_do_not_exist(records: Records) -> None:
    for place in records.of("08"):
        if records.get(place, "EINDDATUM").strip("0"):
            records.put(place, "EINDDATUM", records.get(place, "EINDDATUM")[:4] + "0230")


@in_ei
def writes_midnight_as_24(records: Records) -> None:
    for place in records.of("15"):
        if records.get(place, "TOEWIJZINGSTIJD") == "000000":
            records.put(place, "TOEWIJZINGSTIJD", "240000")


@in_ei
def writes_units_that_are_in_no_list(records: Records) -> None:
    for place in records.of("07"):
        if records.get(place, "EENHEID") == "83":
            records.put(place, "EENHEID", "84")
