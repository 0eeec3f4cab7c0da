"""Faults in counts, record numbers, keys and amounts."""

from __future__ import annotations

from tests.suts.spoiling import Element, Records, every, in_both, in_ei, in_xml, rewrite

_TOTAL, _SIGN = "TOTAAL DECLARATIE-/FACTUURBEDRAG", "INDICATIE DEBET/CREDIT"
_AMOUNT, _AMOUNT_SIGN = "DECLARATIE-/FACTUURBEDRAG", "INDICATIE DEBET/CREDIT (02)"
_TOTAL_21 = "Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag"


@in_ei
def counts_the_first_client_only(records: Records) -> None:
    records.put(len(records.lines) - 1, "AANTAL CLIENTRECORDS", "1")


@in_ei
def leaves_comments_out_of_the_count(records: Records) -> None:
    last = len(records.lines) - 1
    details = [line for line in records.lines[1:-1] if line[:2] != "98"]
    records.put(last, "TOTAAL AANTAL DETAILRECORDS", str(len(details)))


@in_ei
def writes_counts_of_zero(records: Records) -> None:
    last = len(records.lines) - 1
    for field in records.message.records["99"].fields:
        if field.name.startswith(("AANTAL", "TOTAAL AANTAL")):
            records.put(last, field.name, "0")


@in_ei
def numbers_one_record_too_high(records: Records) -> None:
    place = records.of("02")[0]
    records.put(place, "IDENTIFICATIE DETAILRECORD", "5")


@in_ei
def numbers_records_for_each_client(records: Records) -> None:
    number = 0
    for place in records.of("02", "07"):
        number = 1 if records.lines[place][:2] == "02" else number + 1
        records.put(place, "IDENTIFICATIE DETAILRECORD", str(number))


@in_ei
def gives_products_the_first_client_number(records: Records) -> None:
    number = records.get(records.of("02")[0], "CLIENTNUMMER").strip()
    for place in records.of("15"):
        records.put(place, "CLIENTNUMMER", number)


@in_ei
def gives_products_the_first_decision_number(records: Records) -> None:
    number = records.get(records.of("08")[0], "BESCHIKKINGNUMMER")
    for place in records.of("15"):
        records.put(place, "BESCHIKKINGNUMMER", number)


@in_ei
def gives_lines_the_first_bsn(records: Records) -> None:
    number = records.get(records.of("02")[0], "BSN")
    for place in records.of("04"):
        records.put(place, "BSN", number)


@in_ei
def does_not_subtract_credit(records: Records) -> None:
    places = records.of("04")
    total = sum(int(records.get(place, _AMOUNT)) for place in places)
    last = len(records.lines) - 1
    if any(records.get(place, _AMOUNT_SIGN) == "C" for place in places):
        records.put(last, _TOTAL, str(total))
        records.put(last, _SIGN, "D")


@in_xml
def writes_a_total_of_zero(root: Element) -> None:
    rewrite(root, f"{_TOTAL_21}/TotaalBedrag", lambda _: "0")


def _write_credit_as_debit(records: Records) -> None:
    for place in records.of("04"):
        records.put(place, _AMOUNT_SIGN, "D")


@in_both(_write_credit_as_debit)
def writes_credit_as_debit(root: Element) -> None:
    rewrite(root, "DeclaratieFactuurBedrag/DebetCredit", lambda _: "D")


@in_xml
def writes_amounts_in_euros(root: Element) -> None:
    rewrite(root, "DeclaratieFactuurBedrag/Bedrag", lambda cents: str(int(cents) // 100))


@in_xml
def writes_amounts_with_a_point(root: Element) -> None:
    rewrite(root, "ProductTarief", lambda cents: f"{int(cents) / 100:.2f}")


@in_xml
def counts_amounts_in_fractions(root: Element) -> None:
    rewrite(root, "DeclaratieFactuurBedrag/Bedrag", lambda cents: str(int(int(cents) / 100 * 100)))


@in_xml
def takes_granted_for_submitted(root: Element) -> None:
    for line in every(root, "Clienten/Client/Prestaties/Prestatie"):
        submitted = line.findall(".//{*}DeclaratieFactuurBedrag/{*}Bedrag")[0]
        line.findall(".//{*}ToegekendBedrag/{*}Bedrag")[0].text = submitted.text
