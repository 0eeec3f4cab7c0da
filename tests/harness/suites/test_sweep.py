"""The sweep of `refuse`: every fault of layout and schema, at every field, and nothing else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import schemas.facts.table_rows
from harness.configuration.software import SutOptions
from harness.reference import converter as reference
from harness.running.settings import Settings
from harness.suites.refuse.input import is_swept
from harness.suites.refuse.kinds import AT, refusal
from harness.suites.refuse.sweep.not_reached import not_reached, why_not_element, why_not_field
from harness.suites.refuse.sweep.registry import names, spots_of, swept
from harness.suites.registry import SUITES, parse
from schemas.errors import Refused, TableError
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.releases.read_write import read
from tests.paths import DOCS

CONVERTED = [message for message in catalogue().messages.values() if message.convertible]
BY_NAME = pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
TABLES = schemas.facts.table_rows.TABLES
# A letter makes no date, no time, and no number that counts on: all at the field itself.
WITH_LETTER = {"EI-DATE", "EI-TIME", "EI-NUMBER", "EI-COMMENT", "EI-COUNT"}
# Nor can a total with a letter be what the records come to; of two totals the first is told.
TOTALS = re.compile("99 TOTAAL .*BEDRAG")
# A relatie without a number can have no address, which stands at the relatie.
WITHOUT_NUMBER = ("value-missing", "03 RELATIENUMMER")


def repeats(message: MessageType, address: str) -> set[str]:
    """A field of 2.0 with those that the layout lets repeat it, which are changed with it."""
    record, _, name = address.partition(" ")
    found = {address}
    for other in message.records.values():
        for field in other.fields:
            if field.rule.argument == f"{record}/{name}" and field.rule.role in ("equal", "owner"):
                found.add(f"{field.record} {field.name}")
    if record != "98" and name == "IDENTIFICATIE DETAILRECORD":
        found.add("98 IDENTIFICATIE DETAILRECORD")
    return found


def place(fault: Fault) -> str:
    if fault.ei:
        return f"{fault.ei.record} {fault.ei.field}".strip()
    assert fault.xml
    return re.sub(r"\[\d+\]", "", fault.xml.path).removeprefix("/Bericht").removeprefix("/")


def held_to_the_layout(message: MessageType, kind: str, address: str, found: list[Fault]) -> None:
    codes, places = [fault.code for fault in found], {place(fault) for fault in found}
    own = refusal(kind, "2.0").code
    assert codes[0] == own, (address, codes)
    if kind in ("record-missing", "record-repeated", "owner-without-record"):
        assert codes == [own], (address, codes)
        return
    allowed = {own} | (WITH_LETTER if kind == "letter-in-number" else set())
    at = repeats(message, re.sub(r"RESERVE \d+", "RESERVE", address))
    if (kind, address) == WITHOUT_NUMBER:
        allowed, at = allowed | {"EI-OWNER"}, at | {"03"}
    if kind == "letter-in-number" and TOTALS.fullmatch(address):
        allowed, at = allowed | {"EI-TOTAL"}, {item for item in places if TOTALS.fullmatch(item)}
    if kind == "half-of-pair":
        record = address.partition(" ")[0]
        assert {item.partition(" ")[0] for item in places} == {record}, (address, places)
    else:
        assert places <= at, (kind, address, places)
    assert set(codes) <= allowed, (kind, address, codes)


def held_to_the_schema(kind: str, address: str, found: list[Fault]) -> None:
    if kind == "other-standard":
        # One namespace is that of many elements, and the first wrong one in each class is told of.
        assert {fault.code for fault in found} == {refusal(kind, "2.1").code}
        assert all("/2_1/basisschema/schema/2_1}" in fault.actual for fault in found)
        return
    (fault,) = found
    assert fault.code == refusal(kind, "2.1").code, address
    if fault.code == "XML-VALUE":
        assert place(fault) == address, kind
    else:
        # Of what is missing the parent tells, or what stands in its place.
        parent = address.rpartition("/")[0]
        assert f"{place(fault)}/".startswith(f"{parent}/".lstrip("/")), (kind, address, fault)


def found_in(data: bytes, release: str) -> list[Fault]:
    faults = read(data, release).faults
    return [fault for fault in faults if not finding_codes()[fault.code].tolerated]


@BY_NAME
def test_every_input_is_wrong_in_its_own_facet_at_its_own_field(message: MessageType) -> None:
    for release, target in (("2.0", "2.1"), ("2.1", "2.0")):
        for name, spot in spots_of(message.name, release).items():
            made = swept(message, release, name, 1)
            found = found_in(made.data, release)
            code = refusal(spot.kind, release).code
            if code.startswith("OUT-"):
                assert not found, name
                with pytest.raises(Refused) as refused:
                    reference.convert(made.data, release, target)
                assert refused.value.code == code, name
                continue
            if release == "2.0":
                held_to_the_layout(message, spot.kind, spot.address, found)
            else:
                held_to_the_schema(spot.kind, spot.address, found)
            assert made.evidence >= found[0].evidence, name


@BY_NAME
def test_other_seeds_have_an_input_for_every_place(message: MessageType) -> None:
    for seed in (2, -77):
        inputs = {swept(message, release, name, seed).data for release, name in names(message.name)}
        assert len(inputs) > 200


def rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def in_capitals(codelist: str, column: str) -> bool:
    """Whether a list has a code in capitals that it does not have in small letters too."""
    known = [*rows(f"codelists/{Path(codelist).stem}")] if codelist else []
    codes = {row["code"] for row in known}
    return any(row[column] != "no" and row["code"].lower() not in codes for row in known)


def facets_of_a_field(row: dict[str, str], listed: bool, codec: str) -> set[str]:
    """What the columns of a field of 2.0 say that can be wrong in it."""
    found = (
        {"letter-in-number"} if row["type"] == "N" else {"control-character", "not-left-aligned"}
    )
    found |= {"value-missing"} if row["presence"] == "M" else set()
    found |= {"text-in-reserve"} if row["field"] == "RESERVE" else set()
    found |= {"unknown-code"} if listed else set()
    found |= {"code-in-small-letters"} if in_capitals(row["codelist"], "in_20") else set()
    found |= {f"no-such-{codec}"} if codec in ("date", "time") else set()
    found |= {"wrong-count"} if row["rule"].startswith("count of") else set()
    return found


@BY_NAME
def test_every_facet_of_every_field_of_the_layout_is_asked_or_told_why_not(
    message: MessageType,
) -> None:
    codecs = {row["rule"]: row["codec"] for row in rows("mapping_rules")}
    asked = {(spot.kind, spot.address) for spot in spots_of(message.name, "2.0").values()}
    fields = {(f.record, f.start): f for record in message.records.values() for f in record.fields}
    for row in rows(f"ei20/{message.name}"):
        field = fields[row["record"], int(row["start"])]
        column = f" {row['start']}" if row["field"] == "RESERVE" else ""
        address = f"{row['record']} {row['field']}{column}"
        for kind in facets_of_a_field(row, bool(row["codelist"]), codecs[row["rule"]]):
            why = why_not_field(message, kind, field)
            assert ((kind, address) in asked) != (why is not None), (kind, address, why)


@BY_NAME
def test_every_facet_of_every_element_of_the_schema_is_asked_or_told_why_not(
    message: MessageType,
) -> None:
    simple = {row["type"]: row for row in rows("xml21/simple_types")}
    asked = {(spot.kind, spot.address) for spot in spots_of(message.name, "2.1").values()}
    for path, element in message.elements.items():
        found = set() if element.optional else {"element-missing"}
        found |= {"element-repeated"} if element.highest == 1 else set()
        if element.type:
            row = simple[element.type.name]
            found |= {"element-empty"}
            found |= {"unknown-code"} if row["codelist"] else set()
            found |= {"code-in-small-letters"} if in_capitals(row["codelist"], "in_21") else set()
            found |= {"value-too-long"} if row["maxLength"] else set()
            found |= {"value-too-high"} if row["maxInclusive"] else set()
            found |= {"value-too-low"} if row["minInclusive"] else set()
            found |= {"outside-pattern"} if row["pattern"] or element.pattern else set()
            found |= {"no-number"} if row["base"] == "integer" else set()
            found |= {f"no-such-{row['base']}"} if row["base"] in ("date", "time") else set()
        for kind in found if path else ():
            why = why_not_element(kind, element)
            assert ((kind, path) in asked) != (why is not None), (kind, path, why)


def test_every_reason_is_one_of_some_field() -> None:
    told: set[str] = set()
    kinds = {kind for row in not_reached() for kind in row.kinds}
    for message in CONVERTED:
        for record in message.records.values():
            for field in record.fields:
                told |= {str(why_not_field(message, kind, field)) for kind in kinds}
        for element in message.elements.values():
            told |= {str(why_not_element(kind, element)) for kind in kinds}
    assert told - {"None"} == {*map(str, not_reached())}


@BY_NAME
def test_what_the_target_cannot_hold_is_asked_of_every_date_text_and_list(
    message: MessageType,
) -> None:
    asked = {(spot.kind, spot.address) for spot in spots_of(message.name, "2.1").values()}
    codecs = {row["rule"]: row["codec"] for row in rows("mapping_rules")}
    for row in rows(f"ei20/{message.name}"):
        record = message.records[row["record"]]
        for path in filter(None, row["xml21_path"].split("|")):
            full = path if path.startswith("Header/") else f"{record.container}/{path}"
            if codecs[row["rule"]] == "date":
                assert ("year-too-late", full) in asked
            if row["codelist"] == "ProductCode":
                assert ("code-target-lacks", full) in asked


def test_product_codes_categories_agb_codes_and_the_bsn_are_asked_about() -> None:
    asked = {f"{message.name} {name}" for message in CONVERTED for _, name in names(message.name)}
    for name in (
        "WMO303 unknown-code-at-04-productcode",
        "WMO303 unknown-code-at-04-productcategorie",
        "WMO303 letter-in-number-at-01-code-aanbieder",
        "WMO303 value-missing-at-02-bsn",
        "WMO303 code-target-lacks-at-clienten-client-prestaties-prestatie-productcode",
        "WMO303 unknown-code-at-clienten-client-prestaties-prestatie-productcategorie",
        "WMO303 outside-pattern-at-header-aanbieder",
        "WMO303 element-missing-at-clienten-client-bsn",
        "WMO303 element-empty-at-clienten-client-bsn",
    ):
        assert name in asked


def test_an_id_of_the_sweep_tells_the_whole_case() -> None:
    for message in CONVERTED:
        for case in SUITES["refuse"].once(message, -3):
            assert parse(case.id) == case
            assert AT in case.kind
            assert is_swept(case)


@pytest.mark.parametrize("count", [1, 7, 40, 1000])
def test_the_sweep_is_asked_once_whatever_the_count_and_spread_over_it(count: int) -> None:
    (message,) = (item for item in CONVERTED if item.name == "WMO307")
    settings = Settings(("WMO307",), ("refuse",), count, 1, options=SutOptions(reference=True))
    shares = [
        [case for case in settings.cases(message, index) if is_swept(case)]
        for index in range(count)
    ]
    ids = [case.id for share in shares for case in share]
    assert sorted(ids) == sorted(case.id for case in SUITES["refuse"].once(message, 1))
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_two_places_of_one_name_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    spots_of.cache_clear()
    spots_twice = 2 * [next(iter(across_spots()))]
    monkeypatch.setattr("harness.suites.refuse.sweep.registry._spots", lambda *_: [*spots_twice])
    with pytest.raises(TableError, match="two places"):
        spots_of("WMO307", "2.0")
    spots_of.cache_clear()


def across_spots() -> Iterator[object]:
    from harness.suites.refuse.sweep.ei_fields import spots

    return iter(list(spots(catalogue().one("WMO307"))))


def test_the_page_tells_every_kind_and_every_reason() -> None:
    page = (DOCS / "sweep.md").read_text(encoding="utf-8")
    asked, _, left_out = page.partition("## What the sweep leaves out")
    kinds = {
        spot.kind
        for message in CONVERTED
        for release, name in names(message.name)
        for spot in (spots_of(message.name, release)[name],)
    }
    assert kinds <= {*re.findall("`([a-z0-9-]+)`", asked)}
    told = [line.strip("| ").split(" | ") for line in left_out.splitlines() if "| 2." in line]
    assert told == [
        [" ".join(f"`{kind}`" for kind in row.kinds), row.release, row.fields, row.why["en"]]
        for row in not_reached()
    ]


@BY_NAME
def test_signs_that_windows_has_and_2_0_lacks_are_asked_in_each_type(message: MessageType) -> None:
    spots = [
        name for name in spots_of(message.name, "2.1") if name.startswith("letter-target-lacks")
    ]
    said = "".join(swept(message, "2.1", spot, 1).data.decode() for spot in spots)
    for sign in ("\u201c", "\u2013", "\u20ac", "e\u0301"):
        assert sign in said
