"""Converters that are wrong about some messages only, to see what is left of those."""

from __future__ import annotations

import os
import time

from tests.suts.spoiling import Element, every, faithful, in_xml

LETTER = "ü"


@in_xml
def dates_second_product_as_the_first(root: Element) -> None:
    """Wrong only where a client has two products that begin on different days."""
    for products in every(root, "Client/StartProducten"):
        dates = products.findall("{*}StartProduct/{*}Begindatum")
        if len(dates) > 1:
            dates[1].text = dates[0].text


def _has_letter(data: bytes, source: str) -> bool:
    return LETTER in data.decode("iso-8859-1" if source == "2.0" else "utf-8")


def raises_on_a_letter(data: bytes, source: str, target: str) -> bytes:
    """Raises an error, and lives on."""
    if _has_letter(data, source):
        raise ValueError("a letter that I do not know")
    return faithful(data, source, target)


def dies_on_a_letter(data: bytes, source: str, target: str) -> bytes:
    """Dies without a word."""
    if _has_letter(data, source):
        os._exit(7)
    return faithful(data, source, target)


@in_xml
def _loses_initials(root: Element) -> None:
    for element in every(root, "Client/Naam/Voorletters"):
        element.text = "X"


def hangs_on_one_client(data: bytes, source: str, target: str) -> bytes:
    """Wrong about more clients, and hangs on one alone."""
    if data.count(b"\r\n02") == 1:
        time.sleep(60)
    return _loses_initials(data, source, target)


@in_xml
def changes_every_text(root: Element) -> None:
    """Wrong in every name, code and number."""
    for element in root.iter():
        if element.text and len(element.text.strip()) > 2:
            element.text += "X"
