"""Constraints between the values of one group, by its complex type or its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from generators.values.draw import Draw, pool

Values = dict[str, str]
Agreement = Callable[[Draw, Values, str], None]
_UNKNOWN_BIRTH_DATE = "1900-01-01"
_LARGEST, _WHOLE = 99_999_999, 10_000
_PHONE = "Telefoon/Telefoon01"
_DUTCH = re.compile("[1-9][0-9]{3}[A-Z]{2}")
_BTW_RATES = ("0", "600", "2100")
DEBIT, CREDIT = "D", "C"
_SUBMITTED_SIGN = "IngediendeBedragPrestatie/DeclaratieFactuurBedrag/DebetCredit"


def _birth_date(_: Draw, values: Values, key: str) -> None:
    """Set the unusable part of a birth date to its first value."""
    known = values.get(f"{key}/DatumGebruik")
    date = values[f"{key}/Datum"]
    values[f"{key}/Datum"] = {
        "1": f"{date[:8]}01",
        "2": f"{date[:5]}01-01",
        "3": _UNKNOWN_BIRTH_DATE,
    }.get(known or "", date)


def _full_name(_: Draw, values: Values, key: str) -> None:
    """Drop the use of a partner's name without one; an organisation has no partner."""
    usage = f"{key}/NaamGebruik"
    wrong = ("6",) if f"{key}/Partnernaam/Naam" in values else ("2", "3", "4")
    if values[usage] in wrong:
        values[usage] = "1"


def _address(_: Draw, values: Values, key: str) -> None:
    """Make the country present exactly when the postcode is."""
    if f"{key}/Postcode" not in values:
        values.pop(f"{key}/LandCode", None)
    elif f"{key}/LandCode" not in values:
        values[f"{key}/LandCode"] = "NL"


def _communication(draw: Draw, values: Values, key: str) -> None:
    """Make the language present exactly when an interpreter is needed."""
    if values[f"{key}/Vorm"] != "1":
        values.pop(f"{key}/Taal", None)
    elif f"{key}/Taal" not in values:
        values[f"{key}/Taal"] = draw.pick(pool("languages"))


def _contact(draw: Draw, values: Values, _: str) -> None:
    """Make an address meet the demands of its kind and country; one can always be reached."""
    postcode, country = values.get("Adres/Postcode"), "Adres/LandCode"
    # 2.0 cannot express a house number of 0.
    house = values.get("Adres/Huis/Huisnummer", "0") != "0"
    if postcode is None and values["Soort"] in ("01", "03"):
        values["Soort"] = draw.pick(("02", "04"))
    if values.get(country) == "NL" and not (house and _DUTCH.fullmatch(postcode or "")):
        values[country] = "BE"
    if not (house and postcode) and f"{_PHONE}/Telefoonnummer" not in values:
        values[f"{_PHONE}/Telefoonnummer"] = f"06{draw.digits(8)}"
        values[f"{_PHONE}/Landnummer"] = "0031"


def _sized(_: Draw, values: Values, __: str) -> None:
    """Drop the product code if there is no size."""
    if "Omvang/Volume" not in values:
        values.pop("Product/Code", None)


def _requested(draw: Draw, values: Values, key: str) -> None:
    """As `_sized`; also avoid decision number 0, which 2.0 cannot express."""
    _sized(draw, values, key)
    if values.get("BeschikkingNummer") == "0":
        values["BeschikkingNummer"] = "1"


def _sign(values: Values, key: str, amount: int, credit: bool) -> None:
    values[f"{key}/Bedrag"] = str(amount)
    values[f"{key}/DebetCredit"] = CREDIT if credit and amount else DEBIT


def _calculated(draw: Draw, values: Values, key: str) -> int:
    """Return volume times tariff times percentage, reducing the larger factor if it is too much."""
    tariff_key, volume_key = f"{key}/ProductTarief", f"{key}/GeleverdVolume"
    tariff = int(values.get(tariff_key, draw.between(1, 9999)))
    volume = int(values[volume_key])
    if volume * tariff > _LARGEST:
        if tariff_key not in values or volume > tariff:
            tariff = _LARGEST // volume
        else:
            volume = _LARGEST // tariff
    if tariff_key in values:
        values[tariff_key] = str(tariff)
    values[volume_key] = str(volume)
    share_key = f"{key}/Verrekenpercentage"
    amount = volume * tariff * int(values.get(share_key, _WHOLE)) // _WHOLE
    if amount > _LARGEST:
        values[share_key] = str(_WHOLE)
        amount = volume * tariff
    if values.get(share_key) == "0":
        # 2.0 cannot express 0 percent, and would calculate without a percentage.
        for name in ("Bedrag", "DebetCredit"):
            values.pop(f"{key}/BerekendBedrag/{name}", None)
    return amount


def _submitted(draw: Draw, values: Values, key: str) -> None:
    """Set the submitted amount: volume times tariff plus btw, all debit or all credit."""
    credit = draw.chance(0.25)
    amount = _calculated(draw, values, key)
    if f"{key}/BerekendBedrag/Bedrag" in values:
        _sign(values, f"{key}/BerekendBedrag", amount, credit)
    if f"{key}/BtwBedrag/Bedrag" in values:
        values[f"{key}/BtwPercentage"] = draw.pick(_BTW_RATES)
        btw = amount * int(values[f"{key}/BtwPercentage"]) // 10_000
        _sign(values, f"{key}/BtwBedrag", btw, credit)
        amount = min(amount + btw, _LARGEST)
    _sign(values, f"{key}/DeclaratieFactuurBedrag", amount, credit)


def _granted(_: Draw, values: Values, key: str) -> None:
    """Give the granted amounts the sign of the submitted one."""
    for name in ("GemeenteBerekendBedrag", "ToegekendBedrag"):
        amount = int(values[f"{key}/{name}/Bedrag"])
        _sign(values, f"{key}/{name}", amount, values.get(_SUBMITTED_SIGN) == CREDIT)


def _references(draw: Draw, values: Values, key: str) -> None:
    """Make the earlier reference present exactly for a credit line."""
    earlier = f"{key}/VorigReferentieNummer"
    if values.get(_SUBMITTED_SIGN) != CREDIT:
        values.pop(earlier, None)
    elif earlier not in values:
        values[earlier] = f"EERDER{draw.number():05}-{draw.identity[:8]}"


def _category_of(values: Values, category: str, code: str) -> None:
    """Set the category to the start of the product code."""
    if code in values:
        values[category] = values[code][: len(values[category])]


def _product(_: Draw, values: Values, key: str) -> None:
    _category_of(values, f"{key}/Categorie", f"{key}/Code")


def _declared_product(_: Draw, values: Values, __: str) -> None:
    _category_of(values, "ProductCategorie", "ProductCode")


# These look at more than the elements of their own group.
BEYOND: frozenset[Agreement] = frozenset((_granted, _references))

AGREEMENTS: dict[str, Agreement] = {
    "CDT_Geboortedatum": _birth_date,
    "CDT_VolledigeNaam": _full_name,
    "CDT_Adres": _address,
    "CDT_Communicatie": _communication,
    "CDT_IngediendeBedragPrestatie": _submitted,
    "CDT_ToegekendeBedragPrestatie": _granted,
    "CDT_Referentie": _references,
    "CDT_Product": _product,
    "Contact": _contact,
    "BeschiktProduct": _sized,
    "ToegewezenProduct": _sized,
    "Product": _requested,
    "Prestatie": _declared_product,
}
