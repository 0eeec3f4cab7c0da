"""A table broken in one place is not loaded: the error names the file and the row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tables_edit import Tables

from schemas import messages
from schemas.errors import TableError

BSN = "02,3,BSN,N,9,15,23,M,Bsn,same,,B"
WMO305, XML305 = "ei20/WMO305", "xml21/WMO305"

# Table, what stands there, what stands there then, code, and where it is seen: a table and the
# start of its row, if that is not the changed row itself.
Change = tuple[str, str, str, str, tuple[str, str] | None]
CHANGES: dict[str, Change] = {
    "a gap between two fields": (
        *(WMO305, BSN, BSN.replace(",15,", ",16,")),
        *("TABLE-COLUMNS", None),
    ),
    "an overlap of two fields": (
        *(WMO305, BSN, BSN.replace(",15,", ",14,")),
        *("TABLE-COLUMNS", None),
    ),
    "a length that start and end contradict": (
        *(WMO305, BSN, BSN.replace("N,9,", "N,8,")),
        *("TABLE-COLUMNS", None),
    ),
    "a record that is not of the length of its message": (
        *("messages", "WMO306,418,180", "WMO306,418,181"),
        *("TABLE-COLUMNS", ("records", "WMO305,01,")),
    ),
    "an unknown rule": (
        *(WMO305, BSN, BSN.replace("same", "sames")),
        *("TABLE-RULE", None),
    ),
    "a field without an element": (
        *(WMO305, BSN, BSN.replace(",Bsn,", ",,")),
        *("TABLE-MAPPING", None),
    ),
    "a field for an element that is not there": (
        *(WMO305, BSN, BSN.replace(",Bsn,", ",Sofi,")),
        *("TABLE-MAPPING", None),
    ),
    "a field for an element that holds others": (
        *(WMO305, BSN, BSN.replace(",Bsn,", ",Naam,")),
        *("TABLE-MAPPING", None),
    ),
    "a type of field that is neither N nor AN": (
        *(WMO305, BSN, BSN.replace(",N,", ",X,")),
        *("TABLE-FIELD", None),
    ),
    "an unknown presence": (
        *(WMO305, BSN, BSN.replace(",M,", ",P,")),
        *("TABLE-FIELD", None),
    ),
    "an unknown code list of a field": (
        *(WMO305, BSN, BSN.replace("same,,", "same,Nope,")),
        *("TABLE-FIELD", None),
    ),
    "a column that is no number": (
        *(WMO305, BSN, BSN.replace(",15,", ",fifteen,")),
        *("TABLE-NUMBER", None),
    ),
    "an evidence grade that does not exist": (
        *(WMO305, BSN, BSN.replace(",,B", ",,E")),
        *("TABLE-EVIDENCE", None),
    ),
    "no evidence grade": (
        *(WMO305, BSN, BSN.replace(",,B", ",,")),
        *("TABLE-EVIDENCE", None),
    ),
    "two evidence grades": (
        *(WMO305, BSN, BSN.replace(",,B", ",,AB")),
        *("TABLE-EVIDENCE", None),
    ),
    "a row with a cell too many": (
        *(WMO305, BSN, f"{BSN},"),
        *("TABLE-COLUMNS", None),
    ),
    "a row with a cell too few": (
        *(WMO305, BSN, BSN.removesuffix(",B")),
        *("TABLE-COLUMNS", None),
    ),
    "a field name that stands twice in a record": (
        *(WMO305, "VOORVOEGSEL", "NAAM"),
        *("TABLE-FIELD", ("ei20/WMO305", "02,10,NAAM")),
    ),
    "a record below one that is not there": (
        *("records", "WMO305,07,PRODUCTRECORD (START),02", "WMO305,07,PRODUCTRECORD (START),08"),
        *("TABLE-RECORD", None),
    ),
    "a cardinality that is none": (
        *("records", "WMO305,02,CLIENTRECORD,01,1,1..*", "WMO305,02,CLIENTRECORD,01,1,1.*"),
        *("TABLE-NUMBER", None),
    ),
    "a comment on a record that is not there": (
        *("records", "WMO303,98,COMMENTAARRECORD,,1,0..*,,,,02 04", "WMO303,98,COMMENTAARRECORD,,1,0..*,,,,02 07"),
        *("TABLE-RECORD", None),
    ),
    "a comment on a record whose element has none": (
        *("records", "WMO301,98,COMMENTAARRECORD,,1,0..*,,,,02", "WMO301,98,COMMENTAARRECORD,,1,0..*,,,,04 02"),
        *("TABLE-MAPPING", None),
    ),
    "an unknown type of element": (
        *(XML305, "Client/Bsn,LDT_BurgerServicenummer", "Client/Bsn,LDT_Sofinummer"),
        *("TABLE-TYPE", None),
    ),
    "an unknown type in a complex type": (
        *("xml21/complex_types", "CDT_Product,Code,LDT_ProductCode", "CDT_Product,Code,LDT_Code"),
        *("TABLE-TYPE", None),
    ),
    "an unknown base of a simple type": (
        *("xml21/simple_types", "LDT_AgbCode,string", "LDT_AgbCode,text"),
        *("TABLE-TYPE", None),
    ),
    "an unknown code list of a simple type": (
        *("xml21/simple_types", "codelists/Duur.csv", "codelists/Duren.csv"),
        *("TABLE-TYPE", None),
    ),
    "a facet that is no number": (
        *("xml21/simple_types", "LDT_AgbCode,string,[0-9]{8},,8", "LDT_AgbCode,string,[0-9]{8},,x"),
        *("TABLE-NUMBER", None),
    ),
    "an element before its parent": (
        *(XML305, "Clienten,,1,1,,A\n", ""),
        *("TABLE-ORDER", ("xml21/WMO305", "Clienten/Client,")),
    ),
    "an element that stands twice": (
        *(XML305, "Clienten/Client/Geslacht,LDT_Geslacht", "Clienten/Client/Bsn,LDT_Geslacht"),
        *("TABLE-ORDER", ("xml21/WMO305", "Clienten/Client/Bsn,LDT_Geslacht")),
    ),
    "an element that no field names": (
        *(XML305, "Clienten/Client/Naam,", "Clienten/Client/Nieuw,LDT_Naam,0,1,,A\nClienten/Client/Naam,"),
        *("TABLE-MAPPING", ("xml21/WMO305", "Clienten/Client/Nieuw")),
    ),
    "a code that is neither valid nor not": (
        *("codelists/Geslacht", "1,yes,yes,", "1,perhaps,yes,"),
        *("TABLE-CODE", None),
    ),
    "a code that stands twice": (
        *("codelists/Geslacht", "2,yes,yes,", "1,yes,yes,"),
        *("TABLE-CODE", ("codelists/Geslacht", "1,yes,yes,iwmo ijw,V")),
    ),
    "a message code that is in no list": (
        *("messages", "WMO306,418,180", "WMO306,498,180"),
        *("TABLE-CODE", None),
    ),
    "a message code that 2.0 does not have": (
        *("codelists/BerichtCode", "418,unknown,yes", "418,no,yes"),
        *("TABLE-CODE", ("messages", "WMO305,")),
    ),
    "an unknown role of a rule": (
        *("mapping_rules", "\nsame,value,", "\nsame,values,"),
        *("TABLE-RULE", ("mapping_rules", "same,")),
    ),
    "an unknown notation of a rule": (
        *("mapping_rules", "\nsame,value,text", "\nsame,value,roman"),
        *("TABLE-RULE", ("mapping_rules", "same,")),
    ),
    "an unknown map of a rule": (
        *("mapping_rules", ",geslacht,,", ",geslachten,,"),
        *("TABLE-RULE", None),
    ),
    "a rule that stands twice": (
        *("mapping_rules", "\nsame,value,text,blank,,,,,", "\nsame,value,text,blank,,,,,\nsame,value,text,blank,,,,,"),
        *("TABLE-RULE", ("mapping_rules", "same; 0 = absent")),
    ),
    "an absence with a field that is not there": (
        *("mapping_rules", "with EENHEID", "with EENHEDEN"),
        *("TABLE-RULE", ("ei20/WMO301", "09,11,VOLUME")),
    ),
    "an element that is called absent in 2.0 and is not there": (
        *("only_21", "Naam/Voornamen,all", "Naam/Roepnaam,all"),
        *("TABLE-MAPPING", None),
    ),
}  # fmt: skip

# Tables that the end of a table is added to, or that are made or missing.
ADDED: dict[str, tuple[str, str, str, str]] = {
    "an element both mapped and absent in 2.0": (
        *("only_21", "Client/Bsn,WMO305,,B"),
        *("TABLE-MAPPING", "xml21/WMO305.csv:9"),
    ),
    "a rule that no field uses": (
        *("mapping_rules", "same; but for Sundays,value,text,blank,,,,,"),
        *("TABLE-RULE", "mapping_rules.csv:86"),
    ),
    "a record without fields": (
        *("records", "WMO305,08,BESCHIKKINGRECORD,02,2,1,,,,,D"),
        *("TABLE-RECORD", "records.csv:135"),
    ),
    "a field of a record that is not there": (
        *(WMO305, "08,1,KENMERK RECORD,N,180,1,180,M,,constant 08,,B"),
        *("TABLE-RECORD", "ei20/WMO305.csv:47"),
    ),
}
NO_ROW = "the error names a message type or a file, and no row"
