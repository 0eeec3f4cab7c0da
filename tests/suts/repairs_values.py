"""Converters that repair dates, names, numbers and codes, each in the way of some vendor."""

from __future__ import annotations

from collections.abc import Iterator

from tests.suts.spoiling import (
    Convert,
    Element,
    Records,
    drop,
    every,
    in_both,
    in_ei,
    in_xml,
    rewrite,
)

_DATED = ("Dagtekening", "FactuurDagtekening")
_DATES = ("Datum", "Begindatum", "Einddatum", "Ingangsdatum", "ToewijzingEinddatum", *_DATED)
_PERIODS = (
    ("Begindatum", "Einddatum"),
    ("Ingangsdatum", "Einddatum"),
    ("ToewijzingIngangsdatum", "ToewijzingEinddatum"),
)
_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2)
_LAST_DAY = "9999-12-31"


def name_of(item: Element) -> str:
    """The name of an element without its namespace."""
    return str(item.tag).rpartition("}")[2]


def parent(item: Element) -> Element:
    """The element that holds another."""
    found = item.getparent()
    assert found is not None
    return found


def child(item: Element, name: str) -> Element | None:
    """The first child of a name."""
    return next((one for one in item if name_of(one) == name), None)


def periods(root: Element) -> Iterator[tuple[Element, Element]]:
    """The first and the last day of every period that has both."""
    for group in root.iter():
        for first, last in _PERIODS:
            begin, end = child(group, first), child(group, last)
            if begin is not None and end is not None:
                yield begin, end


@in_xml
def sorts_periods(root: Element) -> None:
    """Writes the earlier day of a period first."""
    for begin, end in periods(root):
        begin.text, end.text = sorted((begin.text or "", end.text or ""))


@in_xml
def leaves_out_an_end_before_its_begin(root: Element) -> None:
    """Leaves out the last day of a period that ends before it begins."""
    for begin, end in list(periods(root)):
        if (end.text or "") < (begin.text or "") and name_of(parent(end)) != "ProductPeriode":
            drop(end)


@in_ei
def ends_declarations_in_their_period(records: Records) -> None:
    """Lets the period of a declaration end no earlier than it begins."""
    for place in records.of("01"):
        names = [f"{day} DECLARATIE-/FACTUURPERIODE" for day in ("BEGINDATUM", "EINDDATUM")]
        if any(name not in records.message.records["01"].by_name for name in names):
            return
        begin, end = (records.get(place, name) for name in names)
        records.put(place, names[1], max(begin, end))


def _births(records: Records) -> Iterator[int]:
    kinds = [kind for kind in ("02", "03") if kind in records.message.records]
    return (place for place in records.of(*kinds) if records.get(place, "GEBOORTEDATUM"))


def _no_birth_before(first: str) -> Convert:
    """A converter whose store of dates begins on a day."""

    def in_records(records: Records) -> None:
        for place in _births(records):
            born = records.get(place, "GEBOORTEDATUM")
            if born.strip("0"):
                records.put(place, "GEBOORTEDATUM", max(born, first.replace("-", "")))

    @in_both(in_records)
    def convert(root: Element) -> None:
        rewrite(root, "Geboortedatum/Datum", lambda born: max(born, first))

    return convert


knows_no_birth_before_1900 = _no_birth_before("1900-01-01")
knows_no_birth_before_1753 = _no_birth_before("1753-01-01")


def _today(root: Element) -> str:
    """The day of the message."""
    return next(item.text or "" for item in root.iter() if name_of(item) in _DATED)


@in_xml
def leaves_out_the_first_day_of_all(root: Element) -> None:
    """Takes 0001-01-01 for no date, and writes the day of the message."""
    today = _today(root)
    for item in root.iter():
        if name_of(item) in _DATES and item.text == "0001-01-01":
            item.text = today


@in_xml
def moves_births_after_the_message_back_a_century(root: Element) -> None:
    """Takes a birth after the day of the message for one of a hundred years before."""
    today = _today(root)
    for item in every(root, "Geboortedatum/Datum"):
        born = item.text or ""
        if born > today:
            item.text = f"{int(born[:4]) - 100:04}{born[4:]}"


@in_xml
def writes_no_end_for_the_last_day_of_all(root: Element) -> None:
    """Leaves out an end on 9999-12-31, which says the same."""
    for _, end in list(periods(root)):
        if end.text == _LAST_DAY and name_of(parent(end)) not in (
            "ProductPeriode",
            "StopProduct",
            "DeclaratiePeriode",
        ):
            drop(end)


def _ends_in_2099(records: Records) -> None:
    for place, line in enumerate(records.lines):
        records.lines[place] = line.replace("99991231", "20991231")


@in_both(_ends_in_2099)
def knows_no_year_after_2099(root: Element) -> None:
    """Writes 2099-12-31 for 9999-12-31."""
    for item in root.iter():
        if name_of(item) in _DATES and item.text == _LAST_DAY:
            item.text = "2099-12-31"


def _right_bsn(text: str) -> str:
    """The first number from its first eight digits on that passes the test."""
    eight = int(text) // 10
    while True:
        digits = map(int, str(eight))
        check = sum(digit * by for digit, by in zip(digits, _ELEVEN, strict=True)) % 11
        if check < 10:
            return f"{eight}{check}"
        eight += 1


@in_xml
def mends_the_last_digit_of_a_bsn(root: Element) -> None:
    """Writes the last digit by which a BSN passes its test."""
    rewrite(root, "Client/Bsn", _right_bsn)


@in_xml
def leaves_out_the_partner_whose_name_is_not_used(root: Element) -> None:
    """Leaves out the name of the partner where the own name is used."""
    for name in every(root, "Naam"):
        use, partner = child(name, "NaamGebruik"), child(name, "Partnernaam")
        if use is not None and partner is not None and use.text == "1":
            drop(partner)


@in_ei
def leaves_out_a_partner_of_the_same_name(records: Records) -> None:
    """Leaves out the name of a partner who is called as the client is."""
    for place in records.of("02"):
        if "NAAM (02)" not in records.message.records["02"].by_name:
            return
        if records.get(place, "NAAM (01)") == records.get(place, "NAAM (02)"):
            records.put(place, "NAAM (02)", "")
            records.put(place, "VOORVOEGSEL (02)", "")


@in_ei
def uses_the_own_name_without_a_partner(records: Records) -> None:
    """Writes that the own name is used where there is no partner."""
    for place in records.of("02", "03"):
        partner, use = records.get(place, "NAAM (02)").strip(), records.get(place, "NAAMGEBRUIK")
        if not partner and use in "23":
            records.put(place, "NAAMGEBRUIK", "1")


@in_xml
def derives_the_country_from_the_postcode(root: Element) -> None:
    """Writes NL for the country of a postcode of four digits and two letters."""
    for place in every(root, "Adres"):
        postcode, country = child(place, "Postcode"), child(place, "LandCode")
        code = "" if postcode is None else (postcode.text or "")
        if country is not None and code[:4].isdigit() and code[4:].isalpha() and len(code) == 6:
            country.text = "NL"


@in_ei
def writes_house_1_for_house_0(records: Records) -> None:
    """Writes house number 1 where there is an address and no number."""
    for place in records.of("04"):
        street, number = (records.get(place, name) for name in ("STRAATNAAM", "HUISNUMMER"))
        if street.strip() and not number.strip("0"):
            records.put(place, "HUISNUMMER", "1")


@in_xml
def derives_the_category_from_the_code(root: Element) -> None:
    """Writes the first two characters of a product code as its category."""
    pairs = (("Categorie", "Code"), ("ProductCategorie", "ProductCode"))
    for group in root.iter():
        for first, second in pairs:
            category, code = child(group, first), child(group, second)
            if category is not None and code is not None and (code.text or "")[:2].isdigit():
                category.text = (code.text or "")[:2]
