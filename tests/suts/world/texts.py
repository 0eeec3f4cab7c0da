"""Faults that show in texts which are not quite ordinary."""

from __future__ import annotations

import html
import re

from tests.suts.spoiling import Element, add, every, in_xml, rewrite
from tests.suts.world.tools import in_content, text_at, texts

_LINE = 140
_NAMES = ("Naam",)
_PLACES = ("Plaatsnaam", "Straatnaam")
_FREE = ("Naam", "Straatnaam", "Plaatsnaam", "Organisatie", "Commentaar")
_PREFIX = re.compile(r"(van (?:der|den|de|het|'t)|in 't|van|de|den|der|ten|ter|la|el) (.+)")


@texts(*_NAMES)
def writes_one_space_for_more_in_names(text: str) -> str:
    return re.sub(" +", " ", text)


@texts("Commentaar")
def writes_one_space_for_more_in_comments(text: str) -> str:
    return re.sub(" +", " ", text)


@texts(*_PLACES)
def writes_one_space_for_more_in_addresses(text: str) -> str:
    return re.sub(" +", " ", text)


@texts("Commentaar")
def strips_the_start_of_comments(text: str) -> str:
    return text.lstrip()


@texts("Commentaar")
def skips_blank_lines_of_comments(text: str) -> str:
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "".join(line for line in lines if line.strip())


@texts("Emailadres")
def writes_email_in_small_letters(text: str) -> str:
    return text.lower()


@texts("Plaatsnaam")
def writes_towns_as_titles(text: str) -> str:
    return text.title()


@texts(*_NAMES)
def writes_words_of_names_with_one_capital(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)


@texts("Voorvoegsel")
def writes_prefixes_in_small_letters(text: str) -> str:
    return text.lower()


@texts("Plaatsnaam")
def writes_ij_as_one_capital(text: str) -> str:
    return re.sub(r"\bIJ", "Ij", text)


@texts("Huisletter", "HuisnummerToevoeging")
def writes_house_letters_in_capitals(text: str) -> str:
    return text.upper()


@in_content
def splits_prefixes_off_names(root: Element) -> None:
    for group in every(root, "Geslachtsnaam") + every(root, "Partnernaam"):
        found = _PREFIX.fullmatch(text_at(group, "Naam"))
        if found and not text_at(group, "Voorvoegsel"):
            group.findall("{*}Naam")[0].text = found[2]
            add(group, "Voorvoegsel", found[1])


@texts("Naam", "Voorvoegsel", "Plaatsnaam", "Straatnaam")
def loses_apostrophes_at_the_start(text: str) -> str:
    return text.removeprefix("'")


@texts("Commentaar")
def reads_entities_twice(text: str) -> str:
    return html.unescape(text)


@in_xml
def escapes_double_quotes_twice(root: Element) -> None:
    rewrite(root, "Commentaar", lambda text: text.replace('"', "&quot;"))


@in_xml
def doubles_double_quotes(root: Element) -> None:
    rewrite(root, "Commentaar", lambda text: text.replace('"', '""'))


@texts(*_FREE)
def loses_backslashes(text: str) -> str:
    return text.replace("\\", "")


@texts("Commentaar")
def ends_comments_at_a_semicolon(text: str) -> str:
    return text.partition(";")[0].rstrip()


@texts("Commentaar")
def takes_angle_brackets_for_markup(text: str) -> str:
    return re.sub("<[^>]*>", "", text)


@texts("Voorletters")
def takes_initials_na_for_not_available(text: str) -> str:
    return "" if text == "NA" else text


@texts("LandCode")
def takes_namibia_for_not_available(text: str) -> str:
    return "" if text == "NA" else text


@texts(*_NAMES)
def takes_the_name_null_for_nothing(text: str) -> str:
    return "Onbekend" if text.upper() == "NULL" else text


@texts("Straatnaam", "Organisatie")
def loses_the_point_that_ends_a_name(text: str) -> str:
    return text.rstrip(".")


@texts("Telefoonnummer")
def loses_the_plus_of_telephone_numbers(text: str) -> str:
    return text.removeprefix("+")


@texts("Landnummer")
def writes_a_plus_for_zeros_of_a_country(text: str) -> str:
    return re.sub("^00", "+", text)
