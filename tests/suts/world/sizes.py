"""Faults that show in large messages: tables, counters and fields that are too small."""

from __future__ import annotations

import struct

from tests.suts.spoiling import Element, Records, drop, every, faithful, in_ei, in_xml, rewrite
from tests.suts.world.tools import PRODUCTS, in_content, lists

_LINE, _INT32 = 140, 2_147_483_647


def _keep(root: Element, most: int, *names: str) -> None:
    for holder in lists(root, *names):
        del holder[most:]


@in_content
def keeps_ten_clients(root: Element) -> None:
    _keep(root, 10, "Clienten")


@in_content
def keeps_eight_products_of_a_client(root: Element) -> None:
    _keep(root, 8, *PRODUCTS)


@in_content
def keeps_four_relaties(root: Element) -> None:
    _keep(root, 4, "Relaties")


@in_content
def keeps_five_addresses(root: Element) -> None:
    _keep(root, 5, "Contactgegevens")


@in_content
def loses_the_21st_client_between_pages(root: Element) -> None:
    for holder in lists(root, "Clienten"):
        del holder[20::20]


@in_content
def keeps_999_products_of_a_message(root: Element) -> None:
    for product in [item for holder in lists(root, *PRODUCTS) for item in holder][999:]:
        drop(product)
    for client in every(root, "Clienten/Client"):
        if not any(len(holder) for holder in lists(client, *PRODUCTS)):
            drop(client)


def _number_modulo(records: Records, most: int) -> None:
    for place in range(1, len(records.lines) - 1):
        number = int(records.get(place, "IDENTIFICATIE DETAILRECORD"))
        records.put(place, "IDENTIFICATIE DETAILRECORD", str(number % most))


@in_ei
def numbers_records_in_two_digits(records: Records) -> None:
    _number_modulo(records, 100)


@in_ei
def numbers_records_in_four_digits(records: Records) -> None:
    _number_modulo(records, 10_000)


@in_ei
def counts_records_in_a_byte(records: Records) -> None:
    last, field = len(records.lines) - 1, "TOTAAL AANTAL DETAILRECORDS"
    records.put(last, field, str(int(records.get(last, field)) % 256))


def loses_comments_of_records_above_99(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.1":
        return output
    records = Records(data)
    lost = [
        place
        for place in records.of("98")
        if int(records.get(place, "IDENTIFICATIE DETAILRECORD")) > 99
    ]
    for place in reversed(lost):
        del records.lines[place]
    records.count_again()
    return faithful(records.write(), source, target) if lost else output


def _cut_comments(root: Element, length: int) -> None:
    rewrite(root, "Commentaar", lambda text: text[:length].rstrip())


@in_content
def keeps_three_lines_of_comments(root: Element) -> None:
    _cut_comments(root, 3 * _LINE)


@in_content
def keeps_nine_lines_of_comments(root: Element) -> None:
    _cut_comments(root, 9 * _LINE)


@in_content
def cuts_comments_at_255(root: Element) -> None:
    _cut_comments(root, 255)


@in_content
def cuts_comments_at_500(root: Element) -> None:
    _cut_comments(root, 500)


def _in_order_of_texts(text: str) -> str:
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    order = sorted(range(len(lines)), key=lambda place: str(place + 1))
    return "".join(lines[place].ljust(_LINE) for place in order).rstrip()


@in_xml
def sorts_lines_of_comments_by_the_text_of_their_number(root: Element) -> None:
    rewrite(root, "Commentaar", _in_order_of_texts)


@in_ei
def numbers_lines_of_comments_in_one_digit(records: Records) -> None:
    for place in records.of("98"):
        number = int(records.get(place, "REGELNUMMER VRIJE TEKST"))
        records.put(place, "REGELNUMMER VRIJE TEKST", str(number % 10))


@in_content
def keeps_totals_within_31_bits(root: Element) -> None:
    rewrite(root, "TotaalBedrag", lambda cents: str(min(int(cents), _INT32)))


@in_content
def writes_totals_in_single_precision(root: Element) -> None:
    rewrite(root, "TotaalBedrag", lambda cents: f"{_single(int(cents)):.0f}")


def _single(number: int) -> float:
    return float(struct.unpack("f", struct.pack("f", number))[0])
