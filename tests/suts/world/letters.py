"""Faults in letters that are rare, or that 2.0 lacks."""

from __future__ import annotations

import re
import unicodedata

from schemas.errors import Refused
from tests.suts.spoiling import Convert, faithful
from tests.suts.world.tools import mending_texts, texts

_FREE = ("Naam", "Straatnaam", "Plaatsnaam", "Organisatie", "Commentaar")
_QUOTES = str.maketrans("‘’‚“”„", "'''\"\"\"")
# Stands for the euro sign on its way through the faithful converter.
_CURRENCY = "¤"


@texts(*_FREE)
def writes_spaces_for_no_break_spaces(text: str) -> str:
    return text.replace("\xa0", " ")


@texts(*_FREE)
def ends_texts_at_the_letter_255(text: str) -> str:
    return text.partition("ÿ")[0]


@texts(*_FREE)
def writes_ss_for_sharp_s(text: str) -> str:
    return text.replace("ß", "ss")


@texts("Commentaar")
def writes_letters_as_a_search_engine_keeps_them(text: str) -> str:
    return re.sub("[²³¹ªº]", lambda sign: unicodedata.normalize("NFKC", sign[0]), text)


@mending_texts
def writes_straight_quotes_for_curved_ones(text: str) -> str:
    return text.translate(_QUOTES)


@mending_texts
def writes_hyphens_for_dashes(text: str) -> str:
    return re.sub("[–—]", "-", text)


@mending_texts
def writes_eur_for_the_euro_sign(text: str) -> str:
    return text.replace("€", "EUR")


@mending_texts
def composes_letters_and_accents(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@mending_texts
def writes_plain_letters_for_those_of_other_alphabets(text: str) -> str:
    return "".join(map(_plain, text))


def _plain(letter: str) -> str:
    apart = letter if ord(letter) < 256 else unicodedata.normalize("NFKD", letter)
    return "".join(part for part in apart if not unicodedata.combining(part))


def _in_windows_1252() -> Convert:
    def convert(data: bytes, source: str, target: str) -> bytes:
        try:
            return faithful(data, source, target)
        except Refused as refused:
            if refused.code != "OUT-CHARACTER":
                raise
        known = data.decode("utf-8").replace("€", _CURRENCY).encode()
        output = faithful(known, source, target)
        return output.replace(_CURRENCY.encode("iso-8859-1"), "€".encode("windows-1252"))

    return convert


writes_the_euro_sign_of_windows_in_ei = _in_windows_1252()
