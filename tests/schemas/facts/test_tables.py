"""A table with one cell or row changed is not loaded: the error names the file and the row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.errors import TableError
from schemas.facts import catalogue
from tests.schemas.ei_edit import cases
from tests.schemas.tables_edit import Tables

BSN = "02,3,BSN,N,9,15,23,M,Bsn,same,,B"
WMO305, XML305 = "ei20/WMO305", "xml21/WMO305"
COMMENT = "98,COMMENTAARRECORD,,1,0..*,,,,"
NEW = "Clienten/Client/Nieuw"


@dataclass(frozen=True)
class Change:
    """What is written for a text of a table, and the code and place of the error."""

    code: str
    table: str
    old: str
    new: str
    # A table and the start of its row, where that is not the changed row itself.
    seen: tuple[str, ...] = ()


def change(code: str, table: str, old: str, new: str, *seen: str) -> Change:
    return Change(code, table, old, new, seen)


CHANGES = {
    "a gap between two fields": change("TABLE-COLUMNS", WMO305, BSN, BSN.replace(",15,", ",16,")),
    "an overlap of two fields": change("TABLE-COLUMNS", WMO305, BSN, BSN.replace(",15,", ",14,")),
    "a length that start and end contradict": change(
        "TABLE-COLUMNS", WMO305, BSN, BSN.replace("N,9,", "N,8,")
    ),
    "a record that is not of the length of its message": change(
        "TABLE-COLUMNS", "messages", "WMO306,418,180", "WMO306,418,181", "records", "WMO305,01,"
    ),
    "an unknown rule": change("TABLE-RULE", WMO305, BSN, BSN.replace("same", "sames")),
    "a field without an element": change("TABLE-MAPPING", WMO305, BSN, BSN.replace(",Bsn,", ",,")),
    "a field for an element that is not there": change(
        "TABLE-MAPPING", WMO305, BSN, BSN.replace(",Bsn,", ",Sofi,")
    ),
    "a field for an element that holds others": change(
        "TABLE-MAPPING", WMO305, BSN, BSN.replace(",Bsn,", ",Naam,")
    ),
    "a type of field that is neither N nor AN": change(
        "TABLE-FIELD", WMO305, BSN, BSN.replace(",N,", ",X,")
    ),
    "an unknown presence": change("TABLE-FIELD", WMO305, BSN, BSN.replace(",M,", ",P,")),
    "an unknown code list of a field": change(
        "TABLE-FIELD", WMO305, BSN, BSN.replace("same,,", "same,Nope,")
    ),
    "a column that is no number": change(
        "TABLE-NUMBER", WMO305, BSN, BSN.replace(",15,", ",fifteen,")
    ),
    "an evidence grade that does not exist": change(
        "TABLE-EVIDENCE", WMO305, BSN, BSN.replace(",,B", ",,E")
    ),
    "no evidence grade": change("TABLE-EVIDENCE", WMO305, BSN, BSN.replace(",,B", ",,")),
    "two evidence grades": change("TABLE-EVIDENCE", WMO305, BSN, BSN.replace(",,B", ",,AB")),
    "a row with a cell too many": change("TABLE-COLUMNS", WMO305, BSN, f"{BSN},"),
    "a row with a cell too few": change("TABLE-COLUMNS", WMO305, BSN, BSN.removesuffix(",B")),
    "a field name that stands twice in a record": change(
        "TABLE-FIELD", WMO305, "VOORVOEGSEL", "NAAM", "ei20/WMO305", "02,10,NAAM"
    ),
    "a record below one that is not there": change(
        "TABLE-RECORD",
        "records",
        "WMO305,07,PRODUCTRECORD (START),02",
        "WMO305,07,PRODUCTRECORD (START),08",
    ),
    "a cardinality that is none": change(
        "TABLE-NUMBER",
        "records",
        "WMO305,02,CLIENTRECORD,01,1,1..*",
        "WMO305,02,CLIENTRECORD,01,1,1.*",
    ),
    "a comment on a record that is not there": change(
        "TABLE-RECORD", "records", f"WMO303,{COMMENT}02 04", f"WMO303,{COMMENT}02 07"
    ),
    "a comment on a record whose element has none": change(
        "TABLE-MAPPING", "records", f"WMO301,{COMMENT}02", f"WMO301,{COMMENT}04 02"
    ),
    "an unknown type of element": change(
        "TABLE-TYPE", XML305, "Client/Bsn,LDT_BurgerServicenummer", "Client/Bsn,LDT_Sofinummer"
    ),
    "an unknown type in a complex type": change(
        "TABLE-TYPE",
        "xml21/complex_types",
        "CDT_Product,Code,LDT_ProductCode",
        "CDT_Product,Code,LDT_Code",
    ),
    "an unknown base of a simple type": change(
        "TABLE-TYPE", "xml21/simple_types", "LDT_AgbCode,string", "LDT_AgbCode,text"
    ),
    "an unknown code list of a simple type": change(
        "TABLE-TYPE", "xml21/simple_types", "codelists/Duur.csv", "codelists/Duren.csv"
    ),
    "a facet that is no number": change(
        "TABLE-NUMBER",
        "xml21/simple_types",
        "LDT_AgbCode,string,[0-9]{8},,8",
        "LDT_AgbCode,string,[0-9]{8},,x",
    ),
    "an element before its parent": change(
        "TABLE-ORDER", XML305, "Clienten,,1,1,,A\n", "", "xml21/WMO305", "Clienten/Client,"
    ),
    "an element that stands twice": change(
        "TABLE-ORDER",
        XML305,
        "Clienten/Client/Geslacht,LDT_Geslacht",
        "Clienten/Client/Bsn,LDT_Geslacht",
        "xml21/WMO305",
        "Clienten/Client/Bsn,LDT_Geslacht",
    ),
    "an element that no field names": change(
        "TABLE-MAPPING",
        XML305,
        "Clienten/Client/Naam,",
        f"{NEW},LDT_Naam,0,1,,A\nClienten/Client/Naam,",
        "xml21/WMO305",
        NEW,
    ),
    "a code that is neither valid nor not": change(
        "TABLE-CODE", "codelists/Geslacht", "1,yes,yes,", "1,perhaps,yes,"
    ),
    "a code that stands twice": change(
        "TABLE-CODE",
        "codelists/Geslacht",
        "2,yes,yes,",
        "1,yes,yes,",
        "codelists/Geslacht",
        "1,yes,yes,iwmo ijw,V",
    ),
    "a message code that is in no list": change(
        "TABLE-CODE", "messages", "WMO306,418,180", "WMO306,498,180"
    ),
    "a message code that 2.0 does not have": change(
        "TABLE-CODE",
        "codelists/BerichtCode",
        "418,unknown,yes",
        "418,no,yes",
        "messages",
        "WMO305,",
    ),
    "an unknown role of a rule": change(
        "TABLE-RULE", "mapping_rules", "\nsame,value,", "\nsame,values,", "mapping_rules", "same,"
    ),
    "an unknown notation of a rule": change(
        "TABLE-RULE",
        "mapping_rules",
        "\nsame,value,text",
        "\nsame,value,roman",
        "mapping_rules",
        "same,",
    ),
    "an unknown map of a rule": change(
        "TABLE-RULE", "mapping_rules", ",geslacht,,", ",geslachten,,"
    ),
    "an absence with a field that is not there": change(
        "TABLE-RULE",
        "mapping_rules",
        "with EENHEID",
        "with EENHEDEN",
        "ei20/WMO301",
        "09,11,VOLUME",
    ),
    "an element that is called absent in 2.0 and is not there": change(
        "TABLE-MAPPING", "only_21", "Naam/Voornamen,all", "Naam/Roepnaam,all"
    ),
}
NO_ROW = "the error names a message type or a file, and no row"
KNOWN = {
    "an element that no field names": NO_ROW,
    "a message code that is in no list": NO_ROW,
    "a message code that 2.0 does not have": NO_ROW,
}


@pytest.mark.parametrize("what", cases(CHANGES, KNOWN))
def test_a_fact_that_contradicts_another_is_refused_at_its_row(tmp_path: Path, what: str) -> None:
    case = CHANGES[what]
    tables = Tables(tmp_path)
    own_row = tables.row_of(case.table, case.old)
    tables.change(case.table, case.old, case.new)
    with pytest.raises(TableError) as error:
        catalogue.load(tables.folder)
    assert error.value.code == case.code
    assert error.value.where == (tables.at(*case.seen) if case.seen else own_row)
