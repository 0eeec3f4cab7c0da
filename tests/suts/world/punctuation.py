"""Faults that show in the punctuation, the letter case and the digits of texts."""

from __future__ import annotations

import re

from tests.suts.spoiling import Element, drop
from tests.suts.world.tools import in_content, lists, text_at, texts


@texts("Naam")
def loses_apostrophes_within_names(text: str) -> str:
    return re.sub(r"(?<=\w)'(?=\w)", "", text)


@texts("Naam")
def loses_commas_of_names(text: str) -> str:
    return text.replace(",", "")


@texts("Naam")
def loses_what_stands_in_brackets_in_names(text: str) -> str:
    return re.sub(r"\s*\(.*\)", "", text) or text


@texts("Naam")
def ends_names_at_a_slash(text: str) -> str:
    return text.split("/")[0]


@texts("Naam")
def writes_dashes_of_names_without_spaces(text: str) -> str:
    return re.sub(r"\s*-\s*", "-", text)


@texts("Naam")
def loses_digits_of_names(text: str) -> str:
    return re.sub(r"\d", "", text) or text


@texts("Naam")
def writes_en_for_ampersands_in_names(text: str) -> str:
    return text.replace("&", "en")


@texts("Voorvoegsel")
def writes_prefixes_without_slashes(text: str) -> str:
    return text.replace("/", " ")


@texts("Voorletters")
def writes_initials_in_capitals(text: str) -> str:
    return text.upper()


@texts("Plaatsnaam")
def ends_towns_at_a_comma(text: str) -> str:
    return text.split(",")[0]


@texts("Straatnaam")
def writes_dashes_of_streets_as_spaces(text: str) -> str:
    return text.replace("-", " ")


@texts("Straatnaam")
def writes_streets_with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@texts("HuisnummerToevoeging")
def loses_dashes_of_additions(text: str) -> str:
    return text.lstrip("-")


@texts("HuisnummerToevoeging")
def writes_additions_in_roman_numerals_as_numbers(text: str) -> str:
    return {"II": "2", "III": "3", "IV": "4"}.get(text, text)


@texts("Postcode")
def writes_postcodes_in_capitals(text: str) -> str:
    return text.upper()


@texts("Postcode")
def takes_postcodes_of_digits_for_numbers(text: str) -> str:
    return str(int(text)) if text.isdigit() else text


@texts("Emailadres")
def loses_underscores_of_email(text: str) -> str:
    return text.replace("_", "")


@texts("Landnummer")
def writes_zeros_for_the_plus_of_a_country(text: str) -> str:
    return text.replace("+", "00")


@texts("Organisatie")
def writes_organisations_in_capitals_as_titles(text: str) -> str:
    return text.title() if text.isupper() else text


@texts("Organisatie")
def takes_organisations_of_digits_for_numbers(text: str) -> str:
    return str(int(text)) if text.isdigit() else text


@texts("Commentaar")
def writes_one_apostrophe_for_two(text: str) -> str:
    return text.replace("''", "'")


@texts("Commentaar")
def writes_underscores_as_spaces(text: str) -> str:
    return text.replace("_", " ")


@texts("Commentaar")
def takes_comments_of_digits_for_numbers(text: str) -> str:
    return str(int(text)) if text.isdigit() else text


@texts("Commentaar")
def starts_comments_with_a_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@texts("Commentaar")
def writes_equal_lines_of_comments_once(text: str) -> str:
    lines = [text[start : start + 140] for start in range(0, len(text), 140)]
    return "".join(line for place, line in enumerate(lines) if [line] != lines[place - 1 : place])


@texts("Identificatie", "DeclarantFactuurNummer")
def takes_identifications_of_digits_for_numbers(text: str) -> str:
    return str(int(text)) if text.isdigit() else text


@texts("DeclarantFactuurNummer")
def writes_numbers_of_invoices_in_capitals(text: str) -> str:
    return text.upper()


@texts("Aanbieder", "Afzender", "Ontvanger", "Servicebureau")
def writes_agb_codes_without_their_zero(text: str) -> str:
    return f"9{text[1:]}" if len(text) == 8 and text[0] == "0" and int(text) else text


@in_content
def loses_countries_without_a_postcode(root: Element) -> None:
    for address in lists(root, "Adres"):
        if not text_at(address, "Postcode"):
            for country in lists(address, "LandCode"):
                drop(country)
