"""The cases of rules that look back at earlier messages, typed by hand."""

from __future__ import annotations

from tests.schemas.rules.cases import (
    AT1,
    AT2,
    AT_START1,
    C1,
    C2,
    EARLIER,
    EARLIER_20,
    ID,
    L1,
    L2,
    L3,
    L4,
    L5,
    REQUESTED,
    START1,
    START2,
    START3,
    STOP1,
    SUBMITTED,
    Message,
    in_20,
    in_21,
)

ID_20 = "1 IDENTIFICATIE BERICHT"
STATUS_20 = "STATUS AANLEVERING RECORD"


def without(edits: dict[str, str], place: str) -> dict[str, str]:
    """The edits but for one."""
    return {key: value for key, value in edits.items() if key != place}


in_21("TR056", "WMO301", {}, {ID: "WT2017050002"}, f"/Bericht/{ID}", "9056",
      before=[("WMO301", {})])  # fmt: skip
in_20("TR056", "WMO301", {}, {ID_20: "WT2017050002"},
      (1, "01", "IDENTIFICATIE BERICHT", 22, 33), "9056", before=[("WMO301", {})])  # fmt: skip

# The golden start, to the municipality and for a client of the golden assignment. Only the product
# of this decision, category 01, and in 2.1 this number were assigned.
STARTED = {"Header/Afzender": "98025566", "Header/Ontvanger": "0384", f"{C1}/Bsn": "999908406"}
STARTED_20 = {"1 CODE AANBIEDER": "98025566", "1 GEMEENTECODE": "0384", "2 BSN": "999908406"}
ASSIGNED = f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]"
in_21("TR019", "WMO305", STARTED | {f"{START1}/ToewijzingNummer": "502"},
      STARTED | {f"{START1}/ToewijzingNummer": "501"}, f"{AT_START1}/ToewijzingNummer", "9019",
      before=[("WMO301", {f"{ASSIGNED}/ToewijzingNummer": "501"})])  # fmt: skip
in_20("TR019", "WMO305", STARTED_20, STARTED_20 | {"3 BESCHIKKINGNUMMER": "425386123"},
      (3, "07", "BESCHIKKINGNUMMER", 48, 56), "9019", before=[("WMO301", {})])  # fmt: skip

# A second start message. What was delivered first is withdrawn, what was withdrawn is delivered.
AGAIN = {ID: "ST2017-00002", f"{START2}/StatusAanlevering": "3", f"{START3}/StatusAanlevering": "1"}
AGAIN_20 = {ID_20: "ST2017-00002", f"4 {STATUS_20}": "3", f"6 {STATUS_20}": "1"}
WITHDRAWN, WITHDRAWN_20 = {f"{START1}/StatusAanlevering": "3"}, {f"3 {STATUS_20}": "3"}
LATER, LATER_20 = {f"{START1}/Begindatum": "2017-04-06"}, {"3 BEGINDATUM LEVERING": "20170406"}
AT_STATUS = f"{AT_START1}/StatusAanlevering"
AT_STATUS_20 = (3, "07", STATUS_20, 99, 99)
FIRST: list[Message] = [("WMO305", {})]
in_21("TR063", "WMO305", AGAIN | WITHDRAWN | LATER, AGAIN | WITHDRAWN, AT_STATUS, "9063",
      before=FIRST)  # fmt: skip
in_20("TR063", "WMO305", AGAIN_20 | WITHDRAWN_20 | LATER_20, AGAIN_20 | WITHDRAWN_20,
      AT_STATUS_20, "9063", before=FIRST)  # fmt: skip
in_21("TR074", "WMO305", AGAIN, AGAIN | WITHDRAWN, AT_STATUS, "9074", before=FIRST)
in_20("TR074", "WMO305", AGAIN_20, AGAIN_20 | WITHDRAWN_20, AT_STATUS_20, "9074", before=FIRST)
in_21("TR326", "WMO305", AGAIN | LATER, AGAIN | LATER | {f"{START1}/Product/Code": "01A02"},
      f"{AT_START1}/Begindatum", before=FIRST)  # fmt: skip
in_20("TR326", "WMO305", AGAIN_20 | LATER_20, AGAIN_20 | LATER_20 | {"3 PRODUCTCODE": "01A02"},
      (3, "07", "BEGINDATUM LEVERING", 72, 79), before=FIRST)  # fmt: skip

# Another message that has the number of the first.
in_21("TR056", "WMO305", without(AGAIN | WITHDRAWN, ID), AGAIN | WITHDRAWN,
      f"/Bericht/{ID}", "9056", before=FIRST)  # fmt: skip
in_20("TR056", "WMO305", without(AGAIN_20 | WITHDRAWN_20, ID_20),
      AGAIN_20 | WITHDRAWN_20, (1, "01", "IDENTIFICATIE BERICHT", 22, 33), "9056",
      before=FIRST)  # fmt: skip
OTHERS = {f"{C1}/Bsn": "999908406", f"{C2}/Bsn": "999910450"}
in_21("TR056", "WMO307", OTHERS, OTHERS | {ID: "STOP-2"}, f"/Bericht/{ID}", "9056",
      before=[("WMO307", {})])  # fmt: skip

# The golden stop, of the first product that the golden start tells of.
STOPPED = {
    "Header/Afzender": "98026987",
    "Header/Ontvanger": "0344",
    f"{C1}/Bsn": "999933863",
    f"{STOP1}/BeschikkingNummer": "658721124",
    f"{STOP1}/Product/Code": "01A01",
    f"{C1}/StopProducten/StopProduct[2]/StatusAanlevering": "3",
}
STOPPED_20 = {
    "1 CODE AANBIEDER": "98026987", "1 GEMEENTECODE": "0344", "2 BSN": "999933863",
    "3 BESCHIKKINGNUMMER": "658721124", "3 PRODUCTCODE": "01A01", f"4 {STATUS_20}": "3",
}  # fmt: skip
BEGAN, BEGAN_20 = {f"{STOP1}/Begindatum": "2017-04-04"}, {"3 BEGINDATUM LEVERING": "20170404"}
in_21("TR382", "WMO307", STOPPED | {f"{STOP1}/Begindatum": "2017-04-05"}, STOPPED | BEGAN,
      f"{AT1}/StopProducten/StopProduct[1]/Begindatum", "9069", before=FIRST)  # fmt: skip
in_20("TR382", "WMO307", STOPPED_20 | {"3 BEGINDATUM LEVERING": "20170405"}, STOPPED_20 | BEGAN_20,
      (3, "06", "BEGINDATUM LEVERING", 72, 79), "9069", before=FIRST)  # fmt: skip
ENDED = [*FIRST, ("WMO307", STOPPED | BEGAN)]
ENDED_20 = [*FIRST, ("WMO307", STOPPED_20 | BEGAN_20)]
in_21("TR071", "WMO305", AGAIN | WITHDRAWN, AGAIN | LATER, AT_STATUS, "9071", before=ENDED)
in_20("TR071", "WMO305", AGAIN_20 | WITHDRAWN_20, AGAIN_20 | LATER_20, AT_STATUS_20, "9071",
      before=ENDED_20)  # fmt: skip

SECOND = f"{C2}/Beschikking/ToegewezenProducten/ToegewezenProduct"
in_21("TR332", "WMO301", {ID: "WT2017050002", f"{SECOND}/ToewijzingNummer": "501"},
      {ID: "WT2017050002", f"{SECOND}/ToewijzingNummer": "502"},
      f"{AT2}/Beschikking/ToegewezenProducten/ToegewezenProduct/ToewijzingNummer",
      before=[("WMO301", {f"{ASSIGNED}/ToewijzingNummer": "501"})])  # fmt: skip
# The same client, and another category or another code.
FIRST_USE = {f"{ASSIGNED}/ToewijzingNummer": "501", f"{ASSIGNED}/Product/Code": ""}
LATER_USE = FIRST_USE | {ID: "WT2017050002"}
in_21("TR332", "WMO301", LATER_USE | {f"{ASSIGNED}/Product/Categorie": "02"}, LATER_USE,
      f"{AT1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer",
      before=[("WMO301", FIRST_USE)])  # fmt: skip
in_21("TR332", "WMO301", LATER_USE | {f"{ASSIGNED}/Product/Code": "03A01"}, LATER_USE,
      f"{AT1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer",
      before=[("WMO301", FIRST_USE)])  # fmt: skip
in_21("TR379", "WMO301", {f"{ASSIGNED}/ReferentieAanbieder": "VOT-2017-07-000000000009"},
      {f"{ASSIGNED}/ReferentieAanbieder": "VOT-2017-07-000000000002"},
      f"{AT1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]/ReferentieAanbieder", "9300",
      before=[("WMO315", {f"{C1}/Bsn": "999908406"})])  # fmt: skip
ASKED = {
    ID: "VOT-2017-08",
    f"{REQUESTED[1]}/ReferentieAanbieder": "VOT-2017-08-000000000003",
    f"{REQUESTED[2]}/ReferentieAanbieder": "VOT-2017-08-000000000005",
}
in_21("TR347", "WMO315", ASKED,
      ASKED | {f"{REQUESTED[0]}/ReferentieAanbieder": "VOT-2017-08-000000000002"},
      f"{AT1}/Producten/Product[1]/ReferentieAanbieder", before=[("WMO315", {})])  # fmt: skip
ANEW = ASKED | {f"{REQUESTED[0]}/ReferentieAanbieder": "VOT-2017-08-000000000002"}
in_21("TR056", "WMO315", without(ANEW, ID), ANEW, f"/Bericht/{ID}", "9056",
      before=[("WMO315", {})])  # fmt: skip

# An assignment of 12 hours of 01A01 in April 2017, and a declaration of just these.
APRIL = {
    "Header/Afzender": "0150",
    f"{ASSIGNED}/ToewijzingNummer": "501",
    f"{ASSIGNED}/Product/Categorie": "01",
    f"{ASSIGNED}/Product/Code": "01A01",
    f"{ASSIGNED}/Ingangsdatum": "2017-04-01",
    f"{ASSIGNED}/Einddatum": "2017-04-30",
    f"{ASSIGNED}/Omvang/Volume": "12",
    f"{ASSIGNED}/Omvang/Eenheid": "04",
    f"{ASSIGNED}/Omvang/Frequentie": "6",
}
APRIL_20 = {
    "1 GEMEENTECODE": "0150", "2 BSN": "999922312",
    "22 PRODUCTCATEGORIE": "01", "22 PRODUCTCODE": "01A01",
    "22 INGANGSDATUM": "20170401", "22 EINDDATUM": "20170430",
    "22 VOLUME": "00000012", "22 EENHEID": "04", "22 FREQUENTIE": "6",
}  # fmt: skip
MINE, MINE_20 = {f"{L1}/ToewijzingNummer": "501"}, {"4 BESCHIKKINGNUMMER": "425386123"}
AT_LINE = f"{AT1}/Prestaties/Prestatie[1]"
in_21("TR307", "WMO303", MINE | {f"{L1}/ProductPeriode/Begindatum": "2017-03-31"}, MINE,
      f"{AT_LINE}/ProductPeriode/Begindatum", before=[("WMO301", APRIL)])  # fmt: skip
in_20("TR307", "WMO303", MINE_20 | {"4 BEGINDATUM PRODUCT": "20170331"}, MINE_20,
      (4, "04", "BEGINDATUM PRODUCT", 106, 113), before=[("WMO301", APRIL_20)])  # fmt: skip
SHORT, SHORT_20 = {f"{ASSIGNED}/Einddatum": "2017-04-29"}, {"22 EINDDATUM": "20170429"}
in_21("TR308", "WMO303", MINE, MINE | {f"{L1}/ProductPeriode/Einddatum": "2017-04-29"},
      f"{AT_LINE}/ProductPeriode/Einddatum", before=[("WMO301", APRIL | SHORT)])  # fmt: skip
in_20("TR308", "WMO303", MINE_20, MINE_20 | {"4 EINDDATUM PRODUCT": "20170429"},
      (4, "04", "EINDDATUM PRODUCT", 114, 121),
      before=[("WMO301", APRIL_20 | SHORT_20)])  # fmt: skip
LITTLE, LITTLE_20 = {f"{ASSIGNED}/Omvang/Volume": "11"}, {"22 VOLUME": "00000011"}
VOLUME = f"{SUBMITTED}/GeleverdVolume"
# Without its amounts before the granted one, of which another rule asks that they agree.
FEWER = {f"{L1}/{VOLUME}": "11", f"{L1}/{SUBMITTED}/BerekendBedrag": ""}
FEWER_20 = {
    "4 AANTAL UITGEVOERDE PRODUCTEN": "0011",
    "4 BEREKEND BEDRAG": "", "4 INDICATIE DEBET/CREDIT (01)": "",
}  # fmt: skip
AT_VOLUME_20 = (4, "04", "AANTAL UITGEVOERDE PRODUCTEN", 130, 133)
in_21("TR321", "WMO303", MINE, MINE | FEWER, f"{AT_LINE}/{VOLUME}",
      before=[("WMO301", APRIL | LITTLE)])  # fmt: skip
in_20("TR321", "WMO303", MINE_20, MINE_20 | FEWER_20, AT_VOLUME_20,
      before=[("WMO301", APRIL_20 | LITTLE_20)])  # fmt: skip

# A second declaration, of which every line has a number of its own.
NUMBER = "Header/DeclaratieFactuurIdentificatie/DeclarantFactuurNummer"
LINE, LINE_20 = "ProductReferentie/ReferentieNummer", "REFERENTIENUMMER DIT PRESTATIERECORD"
NEXT = {
    NUMBER: "DECL2017005",
    f"{L1}/{LINE}": "2017-05-0001",
    f"{L2}/{LINE}": "2017-05-0002",
    f"{L2}/{EARLIER}": "2017-03-0078",
    f"{L3}/{LINE}": "2017-05-0003",
    f"{L4}/{LINE}": "2017-05-0004",
    f"{L5}/{LINE}": "2017-05-0005",
}
NEXT_20 = {
    "1 FACTUURNUMMER DECLARANT": "DECL2017005",
    f"4 {LINE_20}": "2017-05-0001",
    f"5 {LINE_20}": "2017-05-0002",
    f"5 {EARLIER_20}": "2017-03-0078",
    f"8 {LINE_20}": "2017-05-0003",
    f"9 {LINE_20}": "2017-05-0004",
    f"10 {LINE_20}": "2017-05-0005",
}


in_21("TR322", "WMO303", NEXT | MINE, NEXT | {f"{L1}/ToewijzingNummer": "502"},
      f"{AT_LINE}/{VOLUME}", before=[("WMO301", APRIL), ("WMO303", MINE)])  # fmt: skip
in_20("TR322", "WMO303", NEXT_20 | MINE_20, NEXT_20, AT_VOLUME_20,
      before=[("WMO301", APRIL_20), ("WMO303", MINE_20)])  # fmt: skip
# Two lines of one message are more than what was assigned to the second client.
WHOLE_MONTH = APRIL | {
    f"{C1}/Bsn": "999923997", f"{ASSIGNED}/Product/Categorie": "07",
    f"{ASSIGNED}/Product/Code": "07A03", f"{ASSIGNED}/Omvang/Eenheid": "16",
}  # fmt: skip
WHOLE_MONTH_20 = APRIL_20 | {
    "2 BSN": "999923997",
    "22 PRODUCTCATEGORIE": "07", "22 PRODUCTCODE": "07A03", "22 EENHEID": "16",
}  # fmt: skip
TWO_LINES = {
    f"{L3}/ToewijzingNummer": "501", f"{L4}/ToewijzingNummer": "501",
    f"{L3}/{VOLUME}": "11", f"{L3}/{SUBMITTED}/BerekendBedrag": "",
    f"{L4}/ProductCategorie": "07", f"{L4}/ProductCode": "07A03", f"{L4}/{SUBMITTED}/Eenheid": "16",
}  # fmt: skip
TWO_LINES_20 = {
    "8 BESCHIKKINGNUMMER": "425386123", "9 BESCHIKKINGNUMMER": "425386123",
    "8 AANTAL UITGEVOERDE PRODUCTEN": "0011",
    "8 BEREKEND BEDRAG": "", "8 INDICATIE DEBET/CREDIT (01)": "",
    "9 PRODUCTCATEGORIE": "07", "9 PRODUCTCODE": "07A03", "9 TIJDSEENHEID ZORGPERIODE": "16",
}  # fmt: skip
in_21("TR322", "WMO303", TWO_LINES | {f"{L4}/{VOLUME}": "2"}, TWO_LINES,
      f"{AT2}/Prestaties/Prestatie[2]/{VOLUME}", before=[("WMO301", WHOLE_MONTH)])  # fmt: skip
in_20("TR322", "WMO303", TWO_LINES_20 | {"9 AANTAL UITGEVOERDE PRODUCTEN": "0002"}, TWO_LINES_20,
      (9, "04", "AANTAL UITGEVOERDE PRODUCTEN", 130, 133),
      before=[("WMO301", WHOLE_MONTH_20)])  # fmt: skip
# Two hours of what was declared are credited, and three declared anew: one more than was assigned.
AMOUNT = f"{SUBMITTED}/DeclaratieFactuurBedrag"
CREDITED = NEXT | MINE | {
    f"{L1}/{EARLIER}": "2017-04-0001", f"{L1}/{VOLUME}": "2",
    f"{L1}/{AMOUNT}/Bedrag": "24000", f"{L1}/{AMOUNT}/DebetCredit": "C",
    f"{L1}/{SUBMITTED}/BerekendBedrag": "", f"{L2}/{SUBMITTED}/BerekendBedrag": "",
    f"{L2}/ToewijzingNummer": "501", f"{L2}/{EARLIER}": "", f"{L2}/{VOLUME}": "2",
    f"{L2}/{AMOUNT}/Bedrag": "29400", f"{L2}/{AMOUNT}/DebetCredit": "D",
    f"{L2}/ProductPeriode/Begindatum": "2017-04-02", f"{L2}/ProductPeriode/Einddatum": "2017-04-29",
}  # fmt: skip
DEBIT_20 = "INDICATIE DEBET/CREDIT"
CREDITED_20 = NEXT_20 | MINE_20 | {
    f"4 {EARLIER_20}": "2017-04-0001", "4 AANTAL UITGEVOERDE PRODUCTEN": "0002",
    "4 DECLARATIE-/FACTUURBEDRAG": "00024000", f"4 {DEBIT_20} (02)": "C",
    "4 BEREKEND BEDRAG": "", f"4 {DEBIT_20} (01)": "",
    "5 BESCHIKKINGNUMMER": "425386123", f"5 {EARLIER_20}": "",
    "5 AANTAL UITGEVOERDE PRODUCTEN": "0002",
    "5 DECLARATIE-/FACTUURBEDRAG": "00029400", f"5 {DEBIT_20} (02)": "D",
    "5 BEREKEND BEDRAG": "", f"5 {DEBIT_20} (01)": "",
    "5 BEGINDATUM PRODUCT": "20170402", "5 EINDDATUM PRODUCT": "20170429",
}  # fmt: skip
in_21("TR322", "WMO303", CREDITED | {f"{L2}/{VOLUME}": "3"}, CREDITED,
      f"{AT1}/Prestaties/Prestatie[2]/{VOLUME}",
      before=[("WMO301", APRIL), ("WMO303", MINE)])  # fmt: skip
in_20("TR322", "WMO303", CREDITED_20 | {"5 AANTAL UITGEVOERDE PRODUCTEN": "0003"}, CREDITED_20,
      (5, "04", "AANTAL UITGEVOERDE PRODUCTEN", 130, 133),
      before=[("WMO301", APRIL_20), ("WMO303", MINE_20)])  # fmt: skip
DECLARED: list[Message] = [("WMO303", {})]
in_21("TR314", "WMO303", without(NEXT, f"{L1}/{LINE}"), NEXT, f"{AT_LINE}/{LINE}",
      before=DECLARED)  # fmt: skip
in_20("TR314", "WMO303", without(NEXT_20, f"4 {LINE_20}"), NEXT_20,
      (4, "04", LINE_20, 205, 224), "8021", before=DECLARED)  # fmt: skip
in_21("TR333", "WMO303", without(NEXT, NUMBER), NEXT, f"/Bericht/{NUMBER}", "0030",
      before=DECLARED)  # fmt: skip
in_20("TR333", "WMO303", without(NEXT_20, "1 FACTUURNUMMER DECLARANT"), NEXT_20,
      (1, "01", "FACTUURNUMMER DECLARANT", 65, 76), "0030", before=DECLARED)  # fmt: skip
in_21("TR390", "WMO303", without(NEXT, f"{L2}/{EARLIER}"), NEXT,
      f"{AT1}/Prestaties/Prestatie[2]/{EARLIER}", "8854", before=DECLARED)  # fmt: skip
in_20("TR390", "WMO303", without(NEXT_20, f"5 {EARLIER_20}"), NEXT_20,
      (5, "04", EARLIER_20, 225, 244), before=DECLARED)  # fmt: skip

# What was assigned is told without a code, so that only the category can differ.
in_21("TR339", "WMO303",
      MINE | {f"{L1}/ProductCategorie": "02", f"{L1}/ProductCode": "02A05"}, MINE,
      f"{AT_LINE}/ProductCategorie",
      before=[("WMO301", APRIL | {f"{ASSIGNED}/Product/Code": ""})])  # fmt: skip
in_21("TR340", "WMO303", MINE | {f"{L1}/ProductCode": "01A02"}, MINE, f"{AT_LINE}/ProductCode",
      before=[("WMO301", APRIL)])  # fmt: skip
in_21("TR341", "WMO303", MINE | {f"{L1}/{SUBMITTED}/Eenheid": "14"},
      MINE | {f"{L1}/{SUBMITTED}/Eenheid": "01"}, f"{AT_LINE}/{SUBMITTED}/Eenheid",
      before=[("WMO301", APRIL)])  # fmt: skip

in_21("TR366", "WMO304", {f"{L1}/{LINE}": "2017-04-0099"}, {},
      f"/Bericht/Clienten/Client/Prestaties/Prestatie[1]/{LINE}", before=DECLARED)  # fmt: skip
in_20("TR366", "WMO304", {f"4 {LINE_20}": "2017-04-0099"}, {}, (4, "04", LINE_20, 205, 224),
      before=DECLARED)  # fmt: skip
in_21("TR337", "WMO304", {NUMBER: "DECL2017009"}, {}, f"/Bericht/{NUMBER}", before=DECLARED)
in_20("TR337", "WMO304", {"1 FACTUURNUMMER DECLARANT": "DECL2017009"}, {},
      (1, "01", "FACTUURNUMMER DECLARANT", 65, 76), before=DECLARED)  # fmt: skip

# --- Across the switch: what was assigned or declared in 2.0 counts in 2.1 ----------------------

# 2.0 has no number of an assignment: the start names one that may be this, by another decision.
NUMBERED = STARTED | {f"{START1}/ToewijzingNummer": "501"}
DECIDED = {f"{START1}/BeschikkingNummer": "425386123"}
in_21("TR019", "WMO305", NUMBERED, NUMBERED | DECIDED, f"{AT_START1}/BeschikkingNummer", "9019",
      before=[("WMO301", {}, "2.0")])  # fmt: skip
ENDS = {
    "Header/Ontvanger": "0384", f"{C1}/Bsn": "999908406", f"{STOP1}/ToewijzingNummer": "501",
}  # fmt: skip
in_21("TR019", "WMO307", ENDS, ENDS | {f"{STOP1}/BeschikkingNummer": "425386123"},
      f"{AT1}/StopProducten/StopProduct[1]/BeschikkingNummer", "9019",
      before=[("WMO301", {}, "2.0")])  # fmt: skip
OURS = MINE | {f"{L1}/BeschikkingNummer": "425386123"}
in_21("TR307", "WMO303", OURS | {f"{L1}/ProductPeriode/Begindatum": "2017-03-31"}, OURS,
      f"{AT_LINE}/ProductPeriode/Begindatum", before=[("WMO301", APRIL_20, "2.0")])  # fmt: skip
in_21("TR308", "WMO303", OURS, OURS | {f"{L1}/ProductPeriode/Einddatum": "2017-04-29"},
      f"{AT_LINE}/ProductPeriode/Einddatum",
      before=[("WMO301", APRIL_20 | SHORT_20, "2.0")])  # fmt: skip
in_21("TR321", "WMO303", OURS, OURS | FEWER, f"{AT_LINE}/{VOLUME}",
      before=[("WMO301", APRIL_20 | LITTLE_20, "2.0")])  # fmt: skip
in_21("TR322", "WMO303", NEXT | OURS, NEXT | MINE, f"{AT_LINE}/{VOLUME}",
      before=[("WMO301", APRIL_20, "2.0"), ("WMO303", MINE_20, "2.0")])  # fmt: skip
in_21("TR322", "WMO303", NEXT | OURS, NEXT | MINE, f"{AT_LINE}/{VOLUME}",
      before=[("WMO301", APRIL), ("WMO303", MINE_20, "2.0")])  # fmt: skip
