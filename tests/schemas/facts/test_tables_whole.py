"""Tables with a row too many, and tables that are missing or damaged, are not loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import TableError
from schemas.facts import catalogue
from tests.schemas.tables_edit import Tables

WMO305 = "ei20/WMO305"
ADDRESSES = "Clienten/Client/Contactgegevens/Contact,Clienten/Client/Relaties/Relatie/Contact"

# Code, table, the row that is added to its end.
ADDED = {
    "an element both mapped and absent in 2.0": (
        "TABLE-MAPPING",
        "only_21",
        "Client/Bsn,WMO305,,B",
    ),
    "a rule that no field uses": (
        "TABLE-RULE",
        "mapping_rules",
        "same; but for Sundays,value,text,blank,,,,,",
    ),
    "a rule that stands twice": ("TABLE-RULE", "mapping_rules", "same,value,number,blank,,,,,"),
    "a record without fields": (
        "TABLE-COLUMNS",
        "records",
        "WMO305,08,BESCHIKKINGRECORD,02,2,1,,,,,D",
    ),
    "a record that stands twice": (
        "TABLE-RECORD",
        "records",
        "WMO305,07,PRODUCTRECORD (START),02,1,1..*,,,,,B",
    ),
    "a field of a record that is not there": (
        "TABLE-RECORD",
        WMO305,
        "08,1,KENMERK RECORD,N,180,1,180,M,,constant 08,,B",
    ),
    "a message type that stands twice": (
        "TABLE-RECORD",
        "messages",
        "WMO305,iwmo,Start,aanbieder,gemeente,heen,WMO306,418,180,yes,B,A,XML",
    ),
    "a code that a map gives twice": ("TABLE-CODE", "code_maps", "geslacht,9,1,yes,B"),
    "a code in a map that no list has": ("TABLE-CODE", "code_maps", "geslacht,8,2,yes,B"),
    "a total of a field that is not there": (
        "TABLE-FIELD",
        "totals",
        "WMO303,TOTAAL,INDICATIE DEBET/CREDIT,04,BEDRAG,INDICATIE,,,,,D",
    ),
    "fields that are filled together and are not there": (
        "TABLE-FIELD",
        "together",
        "04,FAX (01)|LANDNUMMER (01),WMO301,B",
    ),
}


@pytest.mark.parametrize("what", ADDED)
def test_a_row_too_many_is_refused_at_that_row(tmp_path: Path, what: str) -> None:
    code, table, row = ADDED[what]
    tables = Tables(tmp_path)
    tables.add(table, row)
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.code == code
    assert error.value.where == tables.at(table, row)


# Table, what stands there, what stands there then.
CONTRADICTIONS = {
    "a key that no field of the record has": (
        "records",
        f"WMO301,04,ADRESRECORD,02,1,1..*,{ADDRESSES},RELATIENUMMER",
        f"WMO301,04,ADRESRECORD,02,1,1..*,{ADDRESSES},RELATIE",
    ),
    "a field that must equal one that is not there": (
        "mapping_rules",
        "its clientrecord,equal,,,02/CLIENTNUMMER",
        "its clientrecord,equal,,,02/CLIENT",
    ),
    "a minimum above the maximum": (
        "xml21/WMO305",
        "Client/Bsn,LDT_BurgerServicenummer,1,1",
        "Client/Bsn,LDT_BurgerServicenummer,2,1",
    ),
    "a pattern that is none": (
        "xml21/simple_types",
        "LDT_AgbCode,string,[0-9]{8}",
        "LDT_AgbCode,string,[0-9{8}",
    ),
    "a complex type within itself": (
        "xml21/complex_types",
        "CDT_Huis,Huisnummer,LDT_Huisnummer",
        "CDT_Huis,Huisnummer,CDT_Huis",
    ),
    "a highest value that is no number": ("xml21/complex_types", ",9999,", ",x,"),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_fact_that_cannot_be_is_refused_at_its_row(tmp_path: Path, what: str) -> None:
    table, old, new = CONTRADICTIONS[what]
    tables = Tables(tmp_path)
    row = tables.row_of(table, old)
    tables.change(table, old, new)
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.where.split(":")[0] == row.split(":")[0]


@pytest.mark.parametrize(
    "table",
    ["messages", "records", "mapping_rules", "code_maps", "only_21", "ei20/WMO305", "xml21/WMO305"],
)
def test_a_table_that_is_missing_is_named(tmp_path: Path, table: str) -> None:
    tables = Tables(tmp_path)
    tables.path(table).unlink()
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.code == "TABLE-MISSING"
    assert error.value.where == str(tables.path(table))


@pytest.mark.parametrize("table", ["totals", "together", "fills"])
def test_a_table_that_is_missing_and_needed_later_is_named(tmp_path: Path, table: str) -> None:
    tables = Tables(tmp_path)
    tables.path(table).unlink()
    with pytest.raises(TableError, match=table):
        catalogue.load(tables.folder)


def test_a_message_without_a_first_or_last_record_is_refused(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    tables.change("records", "WMO305,99,SLUITRECORD,,1,1,,,,,B\n", "")
    with pytest.raises(TableError, match="WMO305") as error:
        catalogue.load(tables.folder)
    assert error.value.code == "TABLE-RECORD"


def _new_list(tables: Tables) -> None:
    text = "code,in_20,in_21,standard,label,evidence\n1,yes,yes,iwmo ijw,Een,A\n"
    tables.path("codelists/Nieuw").write_text(text, encoding="utf-8")


def test_a_code_list_that_nothing_reaches_is_refused(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    _new_list(tables)
    with pytest.raises(TableError, match="Nieuw") as error:
        catalogue.load(tables.folder)
    assert error.value.code == "TABLE-CODE"


def test_a_code_list_that_nothing_reaches_is_named_by_its_file(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    _new_list(tables)
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.where.startswith("codelists/Nieuw.csv")


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "not UTF-8": (WMO305, lambda data: data.replace(b"BSN", b"B\xe9N", 1)),
    "a quote that does not end": (WMO305, lambda data: data.replace(b"BSN", b'"BSN', 1)),
    "a column of another name": ("messages", lambda data: data.replace(b"standard", b"norm", 1)),
    "a byte order mark": ("messages", lambda data: b"\xef\xbb\xbf" + data),
    "no rows": (WMO305, lambda data: data[: data.index(b"\n") + 1]),
    "no message code": (
        WMO305,
        lambda data: data.replace(b"same; a code of this message", b"same"),
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_table_is_named(tmp_path: Path, what: str) -> None:
    table, damage = DAMAGE[what]
    tables = Tables(tmp_path)
    path = tables.path(table)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.where.startswith(f"{table}.csv")


def test_the_own_tables_do_not_contradict_each_other() -> None:
    assert catalogue.load().messages.keys() == catalogue.catalogue().messages.keys()
