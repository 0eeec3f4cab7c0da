"""The other classes and elements at which a rule is judged, typed by hand.

What keeps these is the golden message as it stands.
"""

from __future__ import annotations

from tests.schemas.rules.cases import (
    ASSIGNED1,
    AT1,
    AT2,
    C1,
    C2,
    EARLIER,
    EARLIER_20,
    ID,
    L1,
    L2,
    L5,
    REQUESTED,
    START1,
    START2,
    STOP1,
    SUBMITTED,
    TEMPORARY,
    TOTAL,
    Message,
    in_20,
    in_21,
)
from tests.schemas.rules.history_cases import ID_20, STATUS_20, without

# --- The same key twice -------------------------------------------------------------------------

in_21("TR101", "WMO301", {f"{C1}/Relaties/Relatie[2]/Nummer": "00000000001"}, {},
      f"{AT1}/Relaties/Relatie[2]/Nummer", "9101")  # fmt: skip
LIMITED = "Beschikking/Beperkingen/Beperking"
in_21("TR101", "WMO301", {f"{C1}/{LIMITED}[2]/Beperking": "3"}, {},
      f"{AT1}/{LIMITED}[2]/Beperking", "9101")  # fmt: skip
in_20("TR101", "WMO301", {"18 BEPERKING": "3"}, {}, (18, "07", "BEPERKING", 57, 57), "0803")
SCORED = f"{LIMITED}[1]/BeperkingScores/BeperkingScore[2]/Vraag"
in_21("TR101", "WMO301", {f"{C1}/{SCORED}": "0301"}, {}, f"{AT1}/{SCORED}", "9101")
in_20("TR101", "WMO301", {"16 VRAAG BEPERKING": "0301"}, {},
      (16, "12", "VRAAG BEPERKING", 58, 61), "0803")  # fmt: skip
DECIDED = "Beschikking/BeschiktProducten/BeschiktProduct"
in_21("TR101", "WMO301",
      {f"{C1}/{DECIDED}[1]/Product/Code": "", f"{C1}/{DECIDED}[2]/Product/Categorie": "03"}, {},
      f"{AT1}/{DECIDED}[2]/Product/Categorie", "9101")  # fmt: skip
in_20("TR101", "WMO301", {"19 PRODUCTCODE": "", "21 PRODUCTCATEGORIE": "03"}, {},
      (21, "09", "PRODUCTCATEGORIE", 57, 58), "0803")  # fmt: skip
# Two withdrawals with one key: two deliveries would be TR074 too. What is withdrawn and delivered
# again in one message, with another size, does not stand twice.
TWIN = {
    f"{START1}/StatusAanlevering": "3",
    f"{START2}/BeschikkingNummer": "658721124",
    f"{START2}/Product/Categorie": "01",
    f"{START2}/Product/Code": "01A01",
    f"{START2}/ToewijzingIngangsdatum": "2017-04-03",
    f"{START2}/Begindatum": "2017-04-04",
    f"{START2}/StatusAanlevering": "3",
}
TWIN_20 = {
    f"3 {STATUS_20}": "3",
    "4 BESCHIKKINGNUMMER": "658721124", "4 PRODUCTCATEGORIE": "01", "4 PRODUCTCODE": "01A01",
    "4 INGANGSDATUM TOEWIJZING": "20170403", "4 BEGINDATUM LEVERING": "20170404",
    f"4 {STATUS_20}": "3",
}  # fmt: skip
in_21("TR101", "WMO305", TWIN, without(TWIN, f"{START1}/StatusAanlevering"),
      f"{AT1}/StartProducten/StartProduct[2]/Product/Categorie", "9101")  # fmt: skip
in_20(
    "TR101",
    "WMO305",
    TWIN_20,
    without(TWIN_20, f"3 {STATUS_20}"),
    (4, "07", "PRODUCTCATEGORIE", 57, 58),
    "0803",
)
STOP2 = f"{C1}/StopProducten/StopProduct[2]"
STOPPED_TWICE = {
    f"{STOP1}/StatusAanlevering": "3",
    f"{STOP2}/BeschikkingNummer": "425386777",
    f"{STOP2}/Product/Categorie": "01",
    f"{STOP2}/Product/Code": "01A02",
    f"{STOP2}/ToewijzingIngangsdatum": "2016-02-29",
    f"{STOP2}/Begindatum": "2016-03-01",
    f"{STOP2}/StatusAanlevering": "3",
}
STOPPED_TWICE_20 = {
    f"3 {STATUS_20}": "3",
    "4 BESCHIKKINGNUMMER": "425386777", "4 PRODUCTCATEGORIE": "01", "4 PRODUCTCODE": "01A02",
    "4 INGANGSDATUM TOEWIJZING": "20160229", "4 BEGINDATUM LEVERING": "20160301",
    f"4 {STATUS_20}": "3",
}  # fmt: skip
in_21("TR101", "WMO307", STOPPED_TWICE, without(STOPPED_TWICE, f"{STOP1}/StatusAanlevering"),
      f"{AT1}/StopProducten/StopProduct[2]/Product/Categorie", "9101")  # fmt: skip
in_20(
    "TR101",
    "WMO307",
    STOPPED_TWICE_20,
    without(STOPPED_TWICE_20, f"3 {STATUS_20}"),
    (4, "06", "PRODUCTCATEGORIE", 57, 58),
    "0803",
)

# --- Dates --------------------------------------------------------------------------------------

in_21("TR134", "WMO303", {f"{C1}/Geboortedatum/Datum": "2017-05-09"}, {},
      f"{AT1}/Geboortedatum/Datum")  # fmt: skip
in_20("TR134", "WMO303", {"2 GEBOORTEDATUM": "20170509"}, {}, (2, "02", "GEBOORTEDATUM", 54, 61))
in_21("CS003", "WMO301", {f"{C1}/{DECIDED}[1]/Einddatum": "2017-04-30"}, {},
      f"{AT1}/{DECIDED}[1]/Einddatum", "S003")  # fmt: skip
in_20("CS003", "WMO301", {"19 EINDDATUM": "20170430"}, {}, (19, "09", "EINDDATUM", 72, 79), "1120")
AT_ASSIGNED = f"{AT1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]"
in_21("CS003", "WMO301", {f"{ASSIGNED1}/Einddatum": "2017-04-30"}, {},
      f"{AT_ASSIGNED}/Einddatum", "S003")  # fmt: skip
in_20("CS003", "WMO301", {"22 EINDDATUM": "20170430"}, {}, (22, "15", "EINDDATUM", 98, 105), "1175")
in_21("CS003", "WMO301", {f"{TEMPORARY}/Periode/Einddatum": "2017-04-14"}, {},
      f"{AT1}/Contactgegevens/Contact[2]/Periode/Einddatum", "S003")  # fmt: skip
in_20("CS003", "WMO301", {"10 EINDDATUM ADRES": "20170414"}, {},
      (10, "04", "EINDDATUM ADRES", 282, 289), "1065")  # fmt: skip
in_21("CS003", "WMO315", {f"{REQUESTED[0]}/ToewijzingEinddatum": "2017-05-14"},
      {f"{REQUESTED[0]}/ToewijzingEinddatum": "2017-05-15"},
      f"{AT1}/Producten/Product[1]/ToewijzingEinddatum", "S003")  # fmt: skip
in_21("CS139", "WMO301", {f"{C1}/Relaties/Relatie[2]/Geboortedatum/Datum": "1901-01-01"}, {},
      f"{AT1}/Relaties/Relatie[2]/Geboortedatum/Datum", "9097")  # fmt: skip
in_20("CS139", "WMO301", {"6 GEBOORTEDATUM": "19010101"}, {},
      (6, "03", "GEBOORTEDATUM", 63, 70), "9097")  # fmt: skip

# --- Products, names and statuses ---------------------------------------------------------------

in_21("TR381", "WMO301", {f"{C1}/{DECIDED}[1]/Product/Code": "07A03"}, {},
      f"{AT1}/{DECIDED}[1]/Product/Code")  # fmt: skip
in_20("TR381", "WMO301", {"19 PRODUCTCODE": "07A03"}, {}, (19, "09", "PRODUCTCODE", 59, 63))
in_21("TR381", "WMO301", {f"{ASSIGNED1}/Product/Code": "07A03"}, {},
      f"{AT_ASSIGNED}/Product/Code")  # fmt: skip
in_20("TR381", "WMO301", {"22 PRODUCTCODE": "07A03"}, {}, (22, "15", "PRODUCTCODE", 59, 63))
in_21("TR381", "WMO307", {f"{STOP1}/Product/Code": "02A05"}, {},
      f"{AT1}/StopProducten/StopProduct[1]/Product/Code")  # fmt: skip
in_20("TR381", "WMO307", {"3 PRODUCTCODE": "02A05"}, {}, (3, "06", "PRODUCTCODE", 59, 63))
in_21("TR381", "WMO315", {f"{REQUESTED[0]}/Product/Code": "02A16"}, {},
      f"{AT1}/Producten/Product[1]/Product/Code")  # fmt: skip
in_20("TR381", "WMO315", {"3 PRODUCTCODE": "02A16"}, {}, (3, "07", "PRODUCTCODE", 59, 63))
in_21("TR381", "WMO303", {f"{L1}/ProductCode": "02A05"}, {},
      f"{AT1}/Prestaties/Prestatie[1]/ProductCode")  # fmt: skip
in_20("TR381", "WMO303", {"4 PRODUCTCODE": "02A05"}, {}, (4, "04", "PRODUCTCODE", 125, 129))

SECOND = "Beschikking/ToegewezenProducten/ToegewezenProduct"
in_21("CD041", "WMO301", {f"{C2}/{SECOND}/Omvang": ""}, {}, f"{AT2}/{SECOND}", "D041")
in_20("CD041", "WMO301", {"28 VOLUME": "", "28 EENHEID": "", "28 FREQUENTIE": ""}, {},
      (28, "15", "VOLUME", 107, 114), "1125|1145")  # fmt: skip
in_21("CD041", "WMO315", {f"{REQUESTED[0]}/Omvang": ""}, {},
      f"{AT1}/Producten/Product[1]", "D041")  # fmt: skip
in_20("CD041", "WMO315", {"3 VOLUME": "", "3 EENHEID": "", "3 FREQUENTIE": ""}, {},
      (3, "07", "VOLUME", 88, 95), "1125|1145")  # fmt: skip

# All records of the care of the first client repeat its BSN.
in_21("CS002", "WMO303", {f"{C1}/Bsn": "999939854"}, {f"{C1}/Bsn": "999908406"}, f"{AT1}/Bsn",
      "S002|0435")  # fmt: skip
in_20("CS002", "WMO303", {f"{number} BSN": "999939854" for number in (2, 4, 5)},
      {f"{number} BSN": "999908406" for number in (2, 4, 5)},
      (2, "02", "BSN", 15, 23), "0435|0399")  # fmt: skip
in_20("CS002", "JW321", {f"{number} BSN": "999975366" for number in (2, 4, 5, 6, 7, 8, 9, 10)}, {},
      (2, "02", "BSN", 15, 23), "0435|0399")  # fmt: skip

in_21("CS050", "WMO301", {f"{C1}/Naam/NaamGebruik": "5"}, {}, f"{AT1}/Naam/NaamGebruik", "S050")
in_20("CS050", "WMO301", {"2 NAAMGEBRUIK": "5"}, {}, (2, "02", "NAAMGEBRUIK", 138, 138),
      "8181|8223")  # fmt: skip

in_21("CS058", "WMO307", {f"{STOP1}/StatusAanlevering": "2"}, {f"{C1}/StatusAanlevering": "9"},
      f"{AT1}/StopProducten/StopProduct[1]/StatusAanlevering", "S058")  # fmt: skip
in_20("CS058", "WMO307", {f"3 {STATUS_20}": "2"}, {}, (3, "06", STATUS_20, 98, 98), "0806")

# --- Earlier stops ------------------------------------------------------------------------------

STOPPED = {"Header/Ontvanger": "0384", f"{C1}/Bsn": "999908406"}
ASSIGNED = {f"{ASSIGNED1}/ToewijzingNummer": "501"}
AT_STOP1 = f"{AT1}/StopProducten/StopProduct[1]"
in_21("TR019", "WMO307", STOPPED | {f"{STOP1}/ToewijzingNummer": "502"},
      STOPPED | {f"{STOP1}/ToewijzingNummer": "501"}, f"{AT_STOP1}/ToewijzingNummer", "9019",
      before=[("WMO301", ASSIGNED)])  # fmt: skip
STOPPED_20 = {"1 GEMEENTECODE": "0384", "2 BSN": "999908406"}
in_20("TR019", "WMO307", STOPPED_20, STOPPED_20 | {"3 BESCHIKKINGNUMMER": "425386123"},
      (3, "06", "BESCHIKKINGNUMMER", 48, 56), "9019", before=[("WMO301", {})])  # fmt: skip

STOP3 = f"{C2}/StopProducten/StopProduct"
AGAIN = {ID: "STOP-2", f"{STOP2}/StatusAanlevering": "3", f"{STOP3}/StatusAanlevering": "1"}
AGAIN_20 = {ID_20: "STOP-2", f"4 {STATUS_20}": "3", f"6 {STATUS_20}": "1"}
WITHDRAWN, WITHDRAWN_20 = {f"{STOP1}/StatusAanlevering": "3"}, {f"3 {STATUS_20}": "3"}
FIRST: list[Message] = [("WMO307", {})]
in_21("TR063", "WMO307", AGAIN | WITHDRAWN | {f"{STOP1}/Begindatum": "2016-03-02"},
      AGAIN | WITHDRAWN, f"{AT_STOP1}/StatusAanlevering", "9063", before=FIRST)  # fmt: skip
in_20("TR063", "WMO307", AGAIN_20 | WITHDRAWN_20 | {"3 BEGINDATUM LEVERING": "20160302"},
      AGAIN_20 | WITHDRAWN_20, (3, "06", STATUS_20, 98, 98), "9063", before=FIRST)  # fmt: skip
in_21("TR074", "WMO307", AGAIN, AGAIN | WITHDRAWN, f"{AT_STOP1}/StatusAanlevering", "9074",
      before=FIRST)  # fmt: skip
in_20("TR074", "WMO307", AGAIN_20, AGAIN_20 | WITHDRAWN_20, (3, "06", STATUS_20, 98, 98), "9074",
      before=FIRST)  # fmt: skip

# --- Amounts of zero ----------------------------------------------------------------------------

CODES = "8194|8455|8456|8839"
AT_L5 = f"{AT2}/Prestaties/Prestatie[3]/{SUBMITTED}"
BTW = f"{L5}/{SUBMITTED}/BtwBedrag"
in_21("CS325", "WMO303", {f"{BTW}/Bedrag": "0", f"{BTW}/DebetCredit": "C"},
      {f"{BTW}/Bedrag": "0", f"{BTW}/DebetCredit": "D"}, f"{AT_L5}/BtwBedrag/DebetCredit",
      CODES)  # fmt: skip
in_20("CS325", "WMO303", {"10 INDICATIE DEBET/CREDIT BTW": "C"},
      {"10 INDICATIE DEBET/CREDIT BTW": "D"},
      (10, "04", "INDICATIE DEBET/CREDIT BTW", 195, 195), CODES)  # fmt: skip
in_21("CS325", "WMO303",
      {f"{L5}/{SUBMITTED}/DeclaratieFactuurBedrag/DebetCredit": "C",
       f"{L5}/{EARLIER}": "2017-03-99"},
      {}, f"{AT_L5}/DeclaratieFactuurBedrag/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO303",
      {"10 INDICATIE DEBET/CREDIT (02)": "C", f"10 {EARLIER_20}": "2017-03-99"},
      {}, (10, "04", "INDICATIE DEBET/CREDIT (02)", 204, 204), CODES)  # fmt: skip
# 294.00 - 677.75 + 371.25 + 12.50 is nothing.
NOTHING = {
    f"{L2}/{SUBMITTED}/DeclaratieFactuurBedrag/Bedrag": "67775",
    f"{TOTAL}/TotaalBedrag": "0",
}
NOTHING_20 = {
    "5 DECLARATIE-/FACTUURBEDRAG": "00067775", "12 TOTAAL DECLARATIE-/FACTUURBEDRAG": "",
}  # fmt: skip
in_21("CS325", "WMO303", NOTHING | {f"{TOTAL}/DebetCredit": "C"}, NOTHING,
      f"/Bericht/{TOTAL}/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO303", NOTHING_20 | {"12 INDICATIE DEBET/CREDIT": "C"}, NOTHING_20,
      (12, "99", "INDICATIE DEBET/CREDIT", 45, 45), CODES)  # fmt: skip
BTW_TOTAL = "Header/DeclaratieFactuurBedragen/BtwTotaalBedrag"
in_21("CS325", "WMO303", {f"{BTW_TOTAL}/TotaalBedrag": "0", f"{BTW_TOTAL}/DebetCredit": "C"},
      {f"{BTW_TOTAL}/TotaalBedrag": "0", f"{BTW_TOTAL}/DebetCredit": "D"},
      f"/Bericht/{BTW_TOTAL}/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO303", {"12 INDICATIE DEBET/CREDIT BTW": "C"},
      {"12 INDICATIE DEBET/CREDIT BTW": "D"},
      (12, "99", "INDICATIE DEBET/CREDIT BTW", 57, 57), CODES)  # fmt: skip
GIVEN = "ToegekendeBedragPrestatie"
LINE = "Clienten/Client/Prestaties/Prestatie[1]"
in_21("CS325", "WMO304",
      {f"{LINE}/{GIVEN}/GemeenteBerekendBedrag/Bedrag": "0",
       f"{LINE}/{GIVEN}/GemeenteBerekendBedrag/DebetCredit": "C"}, {},
      f"/Bericht/{LINE}/{GIVEN}/GemeenteBerekendBedrag/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO304",
      {"4 BEREKEND BEDRAG GEMEENTE": "", "4 INDICATIE DEBET/CREDIT (03)": "C"}, {},
      (4, "04", "INDICATIE DEBET/CREDIT (03)", 319, 319), CODES)  # fmt: skip
in_21("CS325", "WMO304", {f"{LINE}/{GIVEN}/ToegekendBedrag/DebetCredit": "C"}, {},
      f"/Bericht/{LINE}/{GIVEN}/ToegekendBedrag/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO304", {"4 INDICATIE DEBET/CREDIT (04)": "C"}, {},
      (4, "04", "INDICATIE DEBET/CREDIT (04)", 328, 328), CODES)  # fmt: skip
BOTH = "Header/RetourBedragen"
# Nothing was granted of the 54.00 that come back.
ALL_BACK = {
    f"{BOTH}/IngediendTotaalBedrag/TotaalBedrag": "5400",
    f"{BOTH}/ToegekendTotaalBedrag/TotaalBedrag": "0",
}
ALL_BACK_20 = {
    "7 TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG": "00000005400", "7 TOTAAL TOEGEKEND BEDRAG": "",
}  # fmt: skip
in_21("CS325", "WMO304", ALL_BACK | {f"{BOTH}/ToegekendTotaalBedrag/DebetCredit": "C"}, ALL_BACK,
      f"/Bericht/{BOTH}/ToegekendTotaalBedrag/DebetCredit", CODES)  # fmt: skip
in_20("CS325", "WMO304", ALL_BACK_20 | {"7 INDICATIE DEBET/CREDIT (02)": "C"}, ALL_BACK_20,
      (7, "99", "INDICATIE DEBET/CREDIT (02)", 57, 57), CODES)  # fmt: skip

# --- The municipality ---------------------------------------------------------------------------

# 0386 (Egmond aan Zee) lapsed in 1978; 0385 (Edam-Volendam) was in the list all along.
FROM, TO, OF = (f"Header/{party}" for party in ("Afzender", "Ontvanger", "Gemeente"))
HEADER_ONLY, CODES_20 = "1", "0018|1002"
# A declaration repeats its municipality in each record but the comments.
OF_303, OF_321 = "1 2 4 5 7 8 9 10", "1 2 4 5 6 7 8 9 10"
SHORT_20, LONG_20 = (1, "01", "GEMEENTECODE", 10, 13), (1, "01", "GEMEENTECODE", 27, 30)


def of_20(records: str, code: str) -> dict[str, str]:
    """The municipality of a message of 2.0, in some records by number."""
    return {f"{number} GEMEENTECODE": code for number in records.split()}


in_20("TR378", "JW321", of_20(OF_321, "0386"), of_20(OF_321, "0385"), LONG_20, CODES_20)
# The message, its municipality in each release, and where the first that it tells of starts.
for name, party, records, place, begin, begin_20 in (
    ("WMO301", FROM, HEADER_ONLY, SHORT_20, f"{ASSIGNED1}/Ingangsdatum", "22 INGANGSDATUM"),
    ("WMO305", TO, HEADER_ONLY, SHORT_20, f"{START1}/Begindatum", "3 BEGINDATUM LEVERING"),
    ("WMO307", TO, HEADER_ONLY, SHORT_20, f"{STOP1}/Begindatum", "3 BEGINDATUM LEVERING"),
    ("WMO315", TO, HEADER_ONLY, SHORT_20, f"{REQUESTED[0]}/ToewijzingIngangsdatum", "3 BEGINDATUM"),
    ("WMO303", OF, OF_303, LONG_20, f"{L1}/ProductPeriode/Begindatum", "4 BEGINDATUM PRODUCT"),
):
    in_21("TR378", name, {party: "0386"}, {party: "0385"}, f"/Bericht/{party}", "S300")
    in_20("TR378", name, of_20(records, "0386"), of_20(records, "0385"), place, CODES_20)
    # 1945 (Berg en Dal) is in the list from 1 January 2016 on; all else starts later.
    in_21("TR378", name, {party: "1945", begin: "2015-12-31"},
          {party: "1945", begin: "2016-01-01"}, f"/Bericht/{party}", "S300")  # fmt: skip
    in_20("TR378", name, of_20(records, "1945") | {begin_20: "20151231"},
          of_20(records, "1945") | {begin_20: "20160101"}, place)  # fmt: skip
# 0381 (Bussum) is in it up to 31 December 2015.
THREE = [
    f"{START1}/Begindatum",
    f"{START2}/Begindatum",
    f"{C2}/StartProducten/StartProduct/Begindatum",
]
LAST = dict.fromkeys(THREE, "2015-12-31")
in_21("TR378", "WMO305", {TO: "0381", **LAST, THREE[2]: "2016-01-01"}, {TO: "0381", **LAST},
      f"/Bericht/{TO}", "S300")  # fmt: skip
