"""Faults in single values: lost, cut, swapped, or made up."""

from __future__ import annotations

from tests.suts.spoiling import (
    Element,
    Records,
    add,
    drop,
    every,
    faithful,
    in_both,
    in_ei,
    in_xml,
    rewrite,
    swap,
)


@in_xml
def loses_initials(root: Element) -> None:
    for element in every(root, "Naam/Voorletters"):
        drop(element)


@in_xml
def loses_end_of_decision(root: Element) -> None:
    for element in every(root, "Beschikking/Einddatum"):
        drop(element)


@in_xml
def loses_rank_of_relatie(root: Element) -> None:
    for element in every(root, "Relatie/Volgorde"):
        drop(element)


@in_xml
def loses_use_of_name(root: Element) -> None:
    for element in every(root, "Client/Naam/NaamGebruik"):
        drop(element)


@in_ei
def loses_postcode(records: Records) -> None:
    for place in records.of("04"):
        records.put(place, "POSTCODE", "")


@in_ei
def loses_country_of_telephone(records: Records) -> None:
    for place in records.of("04"):
        records.put(place, "LANDNUMMER (01)", "")


@in_xml
def cuts_names_at_20(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", lambda name: name[:20])


@in_ei
def cuts_email_at_50(records: Records) -> None:
    for place in records.of("04"):
        records.put(place, "EMAILADRES", records.get(place, "EMAILADRES")[:50].rstrip())


@in_xml
def swaps_begin_and_end(root: Element) -> None:
    for product in every(root, "BeschiktProduct"):
        for end in product.findall("{*}Einddatum"):
            swap(product.findall("{*}Ingangsdatum")[0], end)


def _swap_dates_of_return(records: Records) -> None:
    names = "DAGTEKENING HEENBERICHT", "DAGTEKENING RETOURBERICHT"
    first, second = (records.get(0, name) for name in names)
    records.put(0, names[0], second)
    records.put(0, names[1], first)


@in_both(_swap_dates_of_return)
def swaps_dates_of_return(root: Element) -> None:
    swap(
        every(root, "Header/BerichtIdentificatie/Dagtekening")[0],
        every(root, "Header/DagtekeningRetour")[0],
    )


@in_xml
def swaps_sender_and_receiver(root: Element) -> None:
    swap(every(root, "Header/Afzender")[0], every(root, "Header/Ontvanger")[0])


@in_xml
def swaps_own_name_and_partner_name(root: Element) -> None:
    for name in every(root, "Client/Naam"):
        for partner in name.findall("{*}Partnernaam/{*}Naam"):
            swap(name.findall("{*}Geslachtsnaam/{*}Naam")[0], partner)


@in_xml
def glues_prefix_to_name(root: Element) -> None:
    for group in every(root, "Client/Naam/Geslachtsnaam"):
        for prefix in group.findall("{*}Voorvoegsel"):
            name = group.findall("{*}Naam")[0]
            name.text = f"{prefix.text} {name.text}"
            drop(prefix)


@in_xml
def swaps_day_and_month_of_birth(root: Element) -> None:
    def swapped(text: str) -> str:
        year, month, day = text.split("-")
        return f"{year}-{day}-{month}" if int(day) <= 12 else text

    rewrite(root, "Client/Geboortedatum/Datum", swapped)


@in_ei
def keeps_two_digits_of_the_year(records: Records) -> None:
    for place in records.of("02"):
        day = records.get(place, "GEBOORTEDATUM")[2:]
        records.put(place, "GEBOORTEDATUM", ("19" if day[:2] >= "30" else "20") + day)


@in_xml
def writes_times_of_twelve_hours(root: Element) -> None:
    def halved(text: str) -> str:
        hour = int(text[:2]) % 12 or 12
        return f"{hour:02}{text[2:]}"

    rewrite(root, "ToegewezenProduct/Toewijzingstijd", halved)


@in_xml
def invents_first_names(root: Element) -> None:
    for name in every(root, "Client/Naam"):
        for initials in name.findall("{*}Voorletters"):
            initials.addprevious(add(name, "Voornamen", f"{initials.text}.", base=True))


@in_ei
def marks_every_client_as_secret(records: Records) -> None:
    for place in records.of("02"):
        records.put(place, "GEHEIME CLIENT", "1")


@in_ei
def takes_gemeente_of_product_from_provider(records: Records) -> None:
    for place in records.of("15"):
        records.put(place, "GEMEENTECODE", records.get(place, "CODE AANBIEDER")[:4])


@in_ei
def cuts_names_at_a_word(records: Records) -> None:
    for place in records.of("02"):
        name = records.get(place, "NAAM")
        if not name.endswith(" "):
            records.put(place, "NAAM", name.rpartition(" ")[0])


@in_xml
def exchanges_bsn_of_clients(root: Element) -> None:
    numbers = every(root, "Client/Bsn")
    if len(numbers) > 1:
        swap(numbers[0], numbers[1])


@in_xml
def writes_dates_with_a_zone(root: Element) -> None:
    rewrite(root, "StartProduct/Begindatum", lambda day: f"{day}+01:00")


_first: list[bytes] = []


def answers_with_the_first_message(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target == "2.1":
        _first.append(output)
        return _first[0]
    return output
