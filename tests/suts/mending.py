"""Converters that mend what is wrong in a message, and do right where nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from tests.suts.spoiling import Element, Records, in_both, in_ei, in_xml

_FIRST = ("Begindatum", "Ingangsdatum", "ToewijzingIngangsdatum")
_LAST = ("Einddatum", "ToewijzingEinddatum")
_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def _named(root: Element, *names: str) -> Iterator[Element]:
    return (item for item in root.iter() if _name(item) in names)


def _name(item: Element) -> str:
    return str(item.tag).rpartition("}")[2]


def _below(item: Element, name: str) -> Element | None:
    return next(_named(item, name), None)


def _is_bsn(text: str) -> bool:
    return sum(a * int(b) for a, b in zip(_ELEVEN, text, strict=True)) % 11 == 0


@in_xml
def writes_old_birth_dates_as_people_do(root: Element) -> None:
    """Writes a birth date of long ago as 01-01-1890."""
    for birth in _named(root, "Geboortedatum"):
        day = _below(birth, "Datum")
        if day is not None and (day.text or "") < "1900":
            day.text = "-".join(reversed((day.text or "").split("-")))


@in_xml
def puts_periods_the_right_way_round(root: Element) -> None:
    """Swaps the two days of a period that ends before it begins."""
    for group in root.iter():
        first = next((item for item in group if _name(item) in _FIRST), None)
        last = next((item for item in group if _name(item) in _LAST), None)
        if first is not None and last is not None and (last.text or "") < (first.text or ""):
            first.text, last.text = last.text, first.text


@in_ei
def lets_stops_end_on_their_first_day(records: Records) -> None:
    """Lets care that ends before it begins end on the day on which it begins."""
    for place in records.of("06"):
        begin = records.get(place, "BEGINDATUM LEVERING")
        if records.get(place, "EINDDATUM") < begin:
            records.put(place, "EINDDATUM", begin)


def _zero_in_records(records: Records) -> None:
    for place in records.of("02"):
        if not _is_bsn(records.get(place, "BSN")):
            records.put(place, "BSN", "000000000")


@in_both(_zero_in_records)
def zeroes_a_bsn_that_fails_its_test(root: Element) -> None:
    """Writes zeros for a BSN that does not pass its test."""
    for bsn in _named(root, "Bsn"):
        if not _is_bsn(bsn.text or ""):
            bsn.text = "000000000"


@in_xml
def calculates_amounts_again(root: Element) -> None:
    """Calculates an amount from volume and tariff where it is another."""
    for line in _named(root, "IngediendeBedragPrestatie"):
        factors = [_below(line, name) for name in ("GeleverdVolume", "ProductTarief", "Eenheid")]
        share, amount = _below(line, "Verrekenpercentage"), _below(line, "BerekendBedrag")
        if amount is None or None in factors:
            continue
        volume, tariff, unit = (
            int((item.text if item is not None else "") or 0) for item in factors
        )
        percent = int((share.text if share is not None else "") or 10000)
        right = volume * tariff * percent / 10000
        told = _below(amount, "Bedrag")
        assert told is not None
        allowed = [right, right / 60] if unit == 1 else [right]
        if all(abs(int(told.text or 0) - item) > 1 for item in allowed):
            told.text = str(round(right))


@in_xml
def uses_the_own_name_where_there_is_no_other(root: Element) -> None:
    """Writes that a client uses the own name, where the partner's is used and there is none."""
    for name in _named(root, "Naam"):
        use = next((item for item in name if _name(item) == "NaamGebruik"), None)
        has_partner = any(_name(item) == "Partnernaam" for item in name)
        if use is not None and use.text in ("2", "3", "4") and not has_partner:
            use.text = "1"
