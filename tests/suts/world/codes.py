"""Faults in codes: unknown ones that are accepted, and known ones that are not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from schemas.errors import Refused
from schemas.facts import codelists
from tests.suts.spoiling import Convert, Element, Records, every, faithful, rewrite
from tests.suts.world.tools import in_content, lists, parsed, texts, written

_COUNTRIES = ("NL", "BE", "DE", "FR", "GB", "ES", "IT", "PL", "PT", "TR")


@cache
def _known(code_list: str) -> tuple[str, ...]:
    both = [codelists.load(standard)[code_list].codes for standard in ("iwmo", "ijw")]
    return tuple(dict.fromkeys(code.code for codes in both for code in codes))


def _is_unknown(code_list: str, code: str) -> bool:
    known = _known(code_list)
    return bool(code.strip("0 ")) and not {code.strip(), code.zfill(2)} & set(known)


def _fields(records: Records, field: str) -> list[int]:
    """The places of the records that have a field."""
    kinds = [kind for kind, record in records.message.records.items() if _has(record.fields, field)]
    return records.of(*kinds)


def _has(fields: tuple[object, ...], name: str) -> bool:
    return any(getattr(field, "name", "") == name for field in fields)


def _codes(data: bytes, release: str, element: str, field: str) -> list[str]:
    """What stands at a code in a message."""
    if release == "2.1":
        return [item.text or "" for item in every(parsed(data), element) if len(item) == 0]
    records = Records(data)
    return [records.get(place, field) for place in _fields(records, field)]


def _with(
    data: bytes, release: str, element: str, field: str, change: Callable[[str], str]
) -> bytes:
    """A message with its codes changed."""
    if release == "2.1":
        root = parsed(data)
        for item in every(root, element):
            if len(item) == 0:
                item.text = change(item.text or "")
        return written(root)
    records = Records(data)
    for place in _fields(records, field):
        code = records.get(place, field)
        if change(code) != code:
            records.put(place, field, change(code))
    return records.write()


def _defaulting(code_list: str, element: str, field: str, default: str) -> Convert:
    """A converter that writes a default for an unknown code, in place of refusing it."""

    def known(code: str) -> str:
        return default if _is_unknown(code_list, code) else code

    return _retrying(lambda data, source: _with(data, source, element, field, known))


def _retrying(mended: Callable[[bytes, str], bytes]) -> Convert:
    """A converter that tries again with another message where it must refuse."""

    def convert(data: bytes, source: str, target: str) -> bytes:
        try:
            return faithful(data, source, target)
        except Refused as refused:
            try:
                return faithful(mended(data, source), source, target)
            except Exception:
                raise refused from None

    return convert


def _passing(code_list: str, element: str, field: str) -> Convert:
    """A converter that passes an unknown code on, in place of refusing it."""

    def convert(data: bytes, source: str, target: str) -> bytes:
        try:
            return faithful(data, source, target)
        except Refused as refused:
            try:
                return _passed_on(data, source, target)
            except Exception:
                raise refused from None

    def _passed_on(data: bytes, source: str, target: str) -> bytes:
        codes = _codes(data, source, element, field)
        unknown = next(code for code in codes if _is_unknown(code_list, code))
        stand_in = next(code for code in _known(code_list) if code not in codes)
        put = {unknown: stand_in}
        known = _with(data, source, element, field, lambda code: put.get(code, code))
        output = faithful(known, source, target)
        back = {stand_in: unknown}
        return _with(output, target, element, field, lambda code: back.get(code, code))

    return convert


writes_the_netherlands_for_unknown_countries = _defaulting("LandCode", "LandCode", "LANDCODE", "NL")
writes_other_for_unknown_relaties = _defaulting(
    "SoortRelatie", "Relatie/Soort", "SOORT RELATIE", "09"
)
writes_a_sex_for_codes_outside_the_list = _defaulting("Geslacht", "Geslacht", "GESLACHT", "1")
writes_minutes_for_unknown_units = _defaulting("Eenheid", "Eenheid", "EENHEID", "01")
writes_first_delivery_for_unknown_states = _defaulting(
    "StatusAanlevering", "StatusAanlevering", "STATUS AANLEVERING RECORD", "1"
)
writes_an_end_of_care_for_unknown_reasons = _defaulting(
    "RedenBeeindiging", "RedenBeeindiging", "REDEN BEEINDIGING", "31"
)
writes_unknown_for_other_referrers = _defaulting("TypeVerwijzer", "Type", "CODE VERWIJZER", "07")
passes_on_unknown_units = _passing("Eenheid", "Eenheid", "EENHEID")
passes_on_unknown_countries = _passing("LandCode", "LandCode", "LANDCODE")
passes_on_unknown_grounds = _passing("Grondslag", "Grondslag01", "GRONDSLAG (01)")
passes_on_unknown_limitations = _passing("BeperkingVraag", "Vraag", "VRAAG BEPERKING")


@_retrying
def takes_small_letters_for_codes(data: bytes, source: str) -> bytes:
    return _with(data, source, "LandCode", "LANDCODE", str.upper)


@texts("LandCode")
def knows_ten_countries(code: str) -> str:
    return code if code in _COUNTRIES else "NL"


@texts("Code", "ProductCode")
def loses_the_zero_that_a_product_code_starts_with(code: str) -> str:
    return code.removeprefix("0")


@texts("Code", "ProductCode")
def takes_product_codes_of_digits_for_numbers(code: str) -> str:
    return str(int(code)) if code.isdigit() else code


@texts("RetourCode")
def knows_return_codes_below_9000(code: str) -> str:
    return code if code < "9000" else "0001"


@texts("Taal")
def writes_languages_in_small_letters(code: str) -> str:
    return code.lower()


@in_content
def takes_euros_for_pieces(root: Element) -> None:
    rewrite(root, "Eenheid", lambda code: "82" if code == "83" else code)


def refuses_units_of_euros(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    xml = parsed(output if target == "2.1" else data)
    if any(item.text == "83" for item in lists(xml, "Eenheid")):
        raise Refused("CODE", "unit 83 is not known")
    return output
