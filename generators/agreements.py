"""What the values of one group must agree on, by its complex type or its name."""

from __future__ import annotations

from collections.abc import Callable

from generators.draw import Draw

Values = dict[str, str]
Agreement = Callable[[Draw, Values, str], None]
_UNKNOWN_BIRTH_DATE = "1900-01-01"
_LARGEST = 99_999_999
_BTW_RATES = ("0", "600", "2100")
DEBIT, CREDIT = "D", "C"


def _birth_date(_: Draw, values: Values, key: str) -> None:
    """The part of a birth date that may not be used is the first of its kind."""
    known = values.get(f"{key}/DatumGebruik")
    date = values[f"{key}/Datum"]
    values[f"{key}/Datum"] = {
        "1": f"{date[:8]}01",
        "2": f"{date[:5]}01-01",
        "3": _UNKNOWN_BIRTH_DATE,
    }.get(known or "", date)


def _full_name(draw: Draw, values: Values, key: str) -> None:
    """Most people without a partner's name do not use one."""
    usage = f"{key}/NaamGebruik"
    if f"{key}/Partnernaam/Naam" not in values and draw.chance(0.9):
        values[usage] = "1" if values[usage] in ("2", "3", "4") else values[usage]


def _address(_: Draw, values: Values, key: str) -> None:
    """A country stands with a postcode, and only then."""
    if f"{key}/Postcode" not in values:
        values.pop(f"{key}/LandCode", None)
    elif f"{key}/LandCode" not in values:
        values[f"{key}/LandCode"] = "NL"


def _communication(_: Draw, values: Values, key: str) -> None:
    """A language stands with an interpreter of it, and only then."""
    if values[f"{key}/Vorm"] != "1":
        values.pop(f"{key}/Taal", None)


def _sign(values: Values, key: str, amount: int, credit: bool) -> None:
    values[f"{key}/Bedrag"] = str(amount)
    values[f"{key}/DebetCredit"] = CREDIT if credit and amount else DEBIT


def _submitted(draw: Draw, values: Values, key: str) -> None:
    """Volume times tariff, with the btw on it, all debit or all credit."""
    draw.credit = draw.chance(0.25)
    tariff_key, volume_key = f"{key}/ProductTarief", f"{key}/GeleverdVolume"
    tariff = int(values.get(tariff_key, draw.between(1, 9999)))
    amount = int(values[volume_key]) * tariff
    if amount > _LARGEST:
        amount = draw.pick((_LARGEST, draw.between(1, _LARGEST)))
    share = int(values.get(f"{key}/Verrekenpercentage", "10000"))
    amount = min(amount * share // 10_000, _LARGEST)
    if f"{key}/BerekendBedrag/Bedrag" in values:
        _sign(values, f"{key}/BerekendBedrag", amount, draw.credit)
    if f"{key}/BtwBedrag/Bedrag" in values:
        values[f"{key}/BtwPercentage"] = draw.pick(_BTW_RATES)
        btw = amount * int(values[f"{key}/BtwPercentage"]) // 10_000
        _sign(values, f"{key}/BtwBedrag", btw, draw.credit)
        amount = min(amount + btw, _LARGEST)
    _sign(values, f"{key}/DeclaratieFactuurBedrag", amount, draw.credit)
    draw.credit = values[f"{key}/DeclaratieFactuurBedrag/DebetCredit"] == CREDIT


def _granted(draw: Draw, values: Values, key: str) -> None:
    """What is granted has the sign of what was submitted."""
    for name in ("GemeenteBerekendBedrag", "ToegekendBedrag"):
        amount = int(values[f"{key}/{name}/Bedrag"])
        _sign(values, f"{key}/{name}", amount, draw.credit)


def _references(draw: Draw, values: Values, key: str) -> None:
    """A credit line refers to an earlier line, and only then."""
    earlier = f"{key}/VorigReferentieNummer"
    if not draw.credit:
        values.pop(earlier, None)
    elif earlier not in values:
        values[earlier] = f"EERDER{draw.number():05}"


def _category_of(values: Values, category: str, code: str) -> None:
    """A product belongs to the category that its code begins with."""
    if code in values:
        values[category] = values[code][: len(values[category])]


def _product(_: Draw, values: Values, key: str) -> None:
    _category_of(values, f"{key}/Categorie", f"{key}/Code")


def _declared_product(_: Draw, values: Values, __: str) -> None:
    _category_of(values, "ProductCategorie", "ProductCode")


AGREEMENTS: dict[str, Agreement] = {
    "CDT_Geboortedatum": _birth_date,
    "CDT_VolledigeNaam": _full_name,
    "CDT_Adres": _address,
    "CDT_Communicatie": _communication,
    "CDT_IngediendeBedragPrestatie": _submitted,
    "CDT_ToegekendeBedragPrestatie": _granted,
    "CDT_Referentie": _references,
    "CDT_Product": _product,
    "Prestatie": _declared_product,
}
