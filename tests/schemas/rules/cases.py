"""For each rule a message that breaks it and one that only just does not, typed by hand.

Of a rule that looks back the messages before are given too; only the last one breaks it. Places
are typed from the published layouts: in 2.1 the path, in 2.0 record number, record, field, columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.schemas.rules.edited import Edits

# A message of the release of its case, or of the one that it names.
Named = tuple[str, Edits, str]
Message = tuple[str, Edits] | Named
At20 = tuple[int, str, str, int, int]


@dataclass(frozen=True)
class Case:
    """The defect of a rule in one release: what breaks it, what does not, where it is found."""

    rule: str
    release: str
    broken: Sequence[Message]
    whole: Sequence[Message]
    at: str | At20
    retour: str


CASES: list[Case] = []


def in_21(
    rule: str, name: str, broken: Edits, whole: Edits, at: str, retour: str = "",
    before: Sequence[Message] = (),
) -> None:  # fmt: skip
    """A case of release 2.1; `before` are the messages that came before."""
    CASES.append(Case(rule, "2.1", [*before, (name, broken)], [*before, (name, whole)], at, retour))


def in_20(
    rule: str, name: str, broken: Edits, whole: Edits, at: At20, retour: str = "",
    before: Sequence[Message] = (),
) -> None:  # fmt: skip
    """A case of release 2.0."""
    CASES.append(Case(rule, "2.0", [*before, (name, broken)], [*before, (name, whole)], at, retour))


C1, C2 = "Clienten/Client[1]", "Clienten/Client[2]"
AT1, AT2 = "/Bericht/Clienten/Client[1]", "/Bericht/Clienten/Client[2]"
ID = "Header/BerichtIdentificatie/Identificatie"

# --- In-message ---------------------------------------------------------------------------------

# The message is of 10 April 2017.
BIRTH = f"{C2}/Geboortedatum/Datum"
in_21("TR002", "WMO305", {BIRTH: "1897-04-09"}, {BIRTH: "1897-04-10"},
      f"{AT2}/Geboortedatum/Datum", "9002")  # fmt: skip
in_20("TR002", "WMO305", {"5 GEBOORTEDATUM": "18970409"}, {"5 GEBOORTEDATUM": "18970410"},
      (5, "02", "GEBOORTEDATUM", 48, 55), "9002")  # fmt: skip
in_21("TR134", "WMO305", {BIRTH: "2017-04-11"}, {BIRTH: "2017-04-10"},
      f"{AT2}/Geboortedatum/Datum")  # fmt: skip
in_20("TR134", "WMO305", {"5 GEBOORTEDATUM": "20170411"}, {"5 GEBOORTEDATUM": "20170410"},
      (5, "02", "GEBOORTEDATUM", 48, 55))  # fmt: skip

# The temporary address of the first client has a house and a postcode, and no telephone.
TEMPORARY = f"{C1}/Contactgegevens/Contact[2]"
in_21(
    "TR006", "WMO301",
    {f"{TEMPORARY}/Adres/Huis": ""},
    {
        f"{TEMPORARY}/Adres/Huis": "",
        f"{TEMPORARY}/Telefoon/Telefoon01/Telefoonnummer": "035551234",
        f"{TEMPORARY}/Telefoon/Telefoon01/Landnummer": "0032",
    },
    f"{AT1}/Contactgegevens/Contact[2]/Adres", "9006",
)  # fmt: skip
in_20(
    "TR006", "WMO301",
    {"10 HUISNUMMER": "", "10 HUISNUMMERTOEVOEGING": ""},
    {
        "10 HUISNUMMER": "", "10 HUISNUMMERTOEVOEGING": "",
        "10 TELEFOON (01)": "035551234", "10 LANDNUMMER (01)": "0032",
    },
    (10, "04", "HUISNUMMER", 61, 65), "9006",
)  # fmt: skip

STOP1 = f"{C1}/StopProducten/StopProduct[1]"
in_21("TR018", "WMO307", {f"{STOP1}/Einddatum": "2016-02-29"},
      {f"{STOP1}/Einddatum": "2016-03-01"},
      f"{AT1}/StopProducten/StopProduct[1]/Einddatum", "9018")  # fmt: skip
in_20("TR018", "WMO307", {"3 EINDDATUM": "20160229"}, {"3 EINDDATUM": "20160301"},
      (3, "06", "EINDDATUM", 90, 97), "9018")  # fmt: skip

ONLY = f"{C2}/Contactgegevens/Contact"
in_21("TR061", "WMO301", {f"{ONLY}/Soort": "04"}, {f"{ONLY}/Soort": "02"}, f"{AT2}/Bsn", "9061")
in_20("TR061", "WMO301", {"25 SOORT ADRES": "04"}, {"25 SOORT ADRES": "02"},
      (24, "02", "BSN", 15, 23), "9061")  # fmt: skip

in_21("TR101", "WMO305", {f"{C2}/Bsn": "999933863"}, {f"{C2}/Bsn": "999908406"},
      f"{AT2}/Bsn", "9101")  # fmt: skip
in_20("TR101", "WMO305", {"5 BSN": "999933863"}, {"5 BSN": "999908406"},
      (5, "02", "BSN", 15, 23), "0803")  # fmt: skip

# The declaration of 8 May 2017 is about April 2017. Its lines: debit, credit | debit, debit, zero.
L1, L2 = f"{C1}/Prestaties/Prestatie[1]", f"{C1}/Prestaties/Prestatie[2]"
L3, L4, L5 = (f"{C2}/Prestaties/Prestatie[{n}]" for n in (1, 2, 3))
TOTAL = "Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag"
SUBMITTED = "IngediendeBedragPrestatie"
EARLIER = "ProductReferentie/VorigReferentieNummer"
EARLIER_20 = "REFERENTIENUMMER VOORGAANDE GERELATEERDE PRESTATIERECORD"

in_21("TR137", "WMO303", {f"{L4}/ProductPeriode/Einddatum": "2017-04-09"},
      {f"{L4}/ProductPeriode/Einddatum": "2017-04-11"},
      f"{AT2}/Prestaties/Prestatie[2]/ProductPeriode/Einddatum", "8188")  # fmt: skip
in_20("TR137", "WMO303", {"9 EINDDATUM PRODUCT": "20170409"}, {"9 EINDDATUM PRODUCT": "20170411"},
      (9, "04", "EINDDATUM PRODUCT", 114, 121), "8188")  # fmt: skip
PERIOD = "Header/DeclaratieFactuurIdentificatie/DeclaratiePeriode"
in_21("TR137", "WMO303", {f"{PERIOD}/Einddatum": "2017-05-09"},
      {f"{PERIOD}/Einddatum": "2017-05-08"}, f"/Bericht/{PERIOD}/Einddatum")  # fmt: skip
in_20("TR137", "WMO303", {"1 EINDDATUM DECLARATIE-/FACTUURPERIODE": "20170509"},
      {"1 EINDDATUM DECLARATIE-/FACTUURPERIODE": "20170508"},
      (1, "01", "EINDDATUM DECLARATIE-/FACTUURPERIODE", 57, 64), "8816|0021")  # fmt: skip

in_21("TR137", "WMO303", {f"{PERIOD}/Begindatum": "2017-05-01"},
      {f"{PERIOD}/Begindatum": "2017-04-30"}, f"/Bericht/{PERIOD}/Einddatum", "8175")  # fmt: skip
in_20("TR137", "WMO303", {"1 BEGINDATUM DECLARATIE-/FACTUURPERIODE": "20170501"},
      {"1 BEGINDATUM DECLARATIE-/FACTUURPERIODE": "20170430"},
      (1, "01", "EINDDATUM DECLARATIE-/FACTUURPERIODE", 57, 64), "0021|8175")  # fmt: skip

# The third line as credit: 294.00 - 240.00 - 371.25 + 12.50 = -304.75.
CREDITED = {
    f"{L3}/{SUBMITTED}/BerekendBedrag/DebetCredit": "C",
    f"{L3}/{SUBMITTED}/DeclaratieFactuurBedrag/DebetCredit": "C",
    f"{TOTAL}/TotaalBedrag": "30475",
    f"{TOTAL}/DebetCredit": "C",
}
CREDITED_20 = {
    "8 INDICATIE DEBET/CREDIT (01)": "C", "8 INDICATIE DEBET/CREDIT (02)": "C",
    "12 TOTAAL DECLARATIE-/FACTUURBEDRAG": "00000030475", "12 INDICATIE DEBET/CREDIT": "C",
}  # fmt: skip
in_21("TR315", "WMO303", CREDITED | {f"{L3}/{EARLIER}": "2017-03-0077"},
      CREDITED | {f"{L3}/{EARLIER}": "2017-03-0078"},
      f"{AT2}/Prestaties/Prestatie[1]/{EARLIER}", "8269")  # fmt: skip
in_20("TR315", "WMO303", CREDITED_20 | {f"8 {EARLIER_20}": "2017-03-0077"},
      CREDITED_20 | {f"8 {EARLIER_20}": "2017-03-0078"},
      (8, "04", EARLIER_20, 225, 244), "8269")  # fmt: skip

OWN, OWN_20 = "ProductReferentie/ReferentieNummer", "REFERENTIENUMMER DIT PRESTATIERECORD"
in_21("TR101", "WMO303", {f"{C2}/Bsn": "999922312"}, {f"{C2}/Bsn": "999908406"},
      f"{AT2}/Bsn", "8376")  # fmt: skip
# The lines repeat the BSN of their client.
LINES_BSN = ["7 BSN", "8 BSN", "9 BSN", "10 BSN"]
in_20("TR101", "WMO303", dict.fromkeys(LINES_BSN, "999922312"),
      dict.fromkeys(LINES_BSN, "999908406"), (7, "02", "BSN", 15, 23), "8376")  # fmt: skip

in_21("TR314", "WMO303", {f"{L4}/{OWN}": "2017-04-0003"}, {f"{L4}/{OWN}": "2017-04-0006"},
      f"{AT2}/Prestaties/Prestatie[2]/{OWN}", "8207")  # fmt: skip
in_20("TR314", "WMO303", {f"9 {OWN_20}": "2017-04-0003"}, {f"9 {OWN_20}": "2017-04-0006"},
      (9, "04", OWN_20, 205, 224), "8207")  # fmt: skip

in_21("TR316", "WMO303", {f"{L2}/{EARLIER}": "2017-04-0001"}, {f"{L2}/{EARLIER}": "2017-04-0009"},
      f"{AT1}/Prestaties/Prestatie[2]/{EARLIER}", "8062")  # fmt: skip
in_20("TR316", "WMO303", {f"5 {EARLIER_20}": "2017-04-0001"}, {f"5 {EARLIER_20}": "2017-04-0009"},
      (5, "04", EARLIER_20, 225, 244), "8062")  # fmt: skip

OLD = f"{L2}/ProductPeriode"
in_21(
    "TR335", "WMO303",
    {f"{OLD}/Begindatum": "2012-05-01", f"{OLD}/Einddatum": "2012-05-07"},
    {f"{OLD}/Begindatum": "2012-05-01", f"{OLD}/Einddatum": "2012-05-08"},
    f"{AT1}/Prestaties/Prestatie[2]/ProductPeriode/Einddatum", "8222",
)  # fmt: skip
in_20(
    "TR335", "WMO303",
    {"5 BEGINDATUM PRODUCT": "20120501", "5 EINDDATUM PRODUCT": "20120507"},
    {"5 BEGINDATUM PRODUCT": "20120501", "5 EINDDATUM PRODUCT": "20120508"},
    (5, "04", "EINDDATUM PRODUCT", 114, 121), "8222",
)  # fmt: skip

in_21("TR358", "WMO303", {f"{TOTAL}/TotaalBedrag": "43776"},
      {f"{TOTAL}/TotaalBedrag": "43776",
       f"{L4}/{SUBMITTED}/DeclaratieFactuurBedrag/Bedrag": "1251"},
      f"/Bericht/{TOTAL}/TotaalBedrag", "0150")  # fmt: skip
in_20("TR358", "WMO303", {"12 TOTAAL DECLARATIE-/FACTUURBEDRAG": "00000043776"},
      {"12 TOTAAL DECLARATIE-/FACTUURBEDRAG": "00000043776",
       "9 DECLARATIE-/FACTUURBEDRAG": "00001251"},
      (12, "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", 34, 44), "0150")  # fmt: skip

ANSWERED = "Header/RetourBedragen/IngediendTotaalBedrag/TotaalBedrag"
GRANTED = "Header/RetourBedragen/ToegekendTotaalBedrag/TotaalBedrag"
in_21("TR342", "WMO304", {ANSWERED: "43774"}, {ANSWERED: "43774", GRANTED: "38374"},
      f"/Bericht/{ANSWERED}")  # fmt: skip
in_20("TR342", "WMO304", {"7 TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG": "00000043774"},
      {"7 TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG": "00000043774",
       "7 TOTAAL TOEGEKEND BEDRAG": "00000038374"},
      (7, "99", "TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG", 34, 44))  # fmt: skip

in_21("TR319", "WMO303", {f"{L1}/ProductPeriode/Einddatum": "2017-05-01"},
      {f"{L1}/ProductPeriode/Einddatum": "2017-05-01", f"{PERIOD}/Einddatum": "2017-05-01"},
      f"{AT1}/Prestaties/Prestatie[1]/ProductPeriode/Einddatum")  # fmt: skip
in_20("TR319", "WMO303", {"4 EINDDATUM PRODUCT": "20170501"},
      {"4 EINDDATUM PRODUCT": "20170501", "1 EINDDATUM DECLARATIE-/FACTUURPERIODE": "20170501"},
      (4, "04", "EINDDATUM PRODUCT", 114, 121), "8007")  # fmt: skip

# 12 hours at 24.50 are 294.00; a cent may go with rounding.
CALCULATED = f"{L1}/{SUBMITTED}/BerekendBedrag/Bedrag"
in_21("TR346", "WMO303", {CALCULATED: "29402"}, {CALCULATED: "29401"},
      f"{AT1}/Prestaties/Prestatie[1]/{SUBMITTED}/BerekendBedrag/Bedrag", "8215")  # fmt: skip
in_20("TR346", "WMO303", {"4 BEREKEND BEDRAG": "00029402"}, {"4 BEREKEND BEDRAG": "00029401"},
      (4, "04", "BEREKEND BEDRAG", 173, 180), "8215")  # fmt: skip
# Of euros (83) the volume is the amount in cents, which no tariff makes; and the percentage may be
# in the amount or not.
UNIT = f"{L1}/{SUBMITTED}/Eenheid"
in_21("TR346", "WMO303", {CALCULATED: "29402", UNIT: "14"}, {CALCULATED: "29402", UNIT: "83"},
      f"{AT1}/Prestaties/Prestatie[1]/{SUBMITTED}/BerekendBedrag/Bedrag", "8215")  # fmt: skip
UNIT_20 = "4 TIJDSEENHEID ZORGPERIODE"
in_20("TR346", "WMO303", {"4 BEREKEND BEDRAG": "00029402", UNIT_20: "14"},
      {"4 BEREKEND BEDRAG": "00029402", UNIT_20: "83"},
      (4, "04", "BEREKEND BEDRAG", 173, 180), "8215")  # fmt: skip
HALF = {f"{L1}/{SUBMITTED}/Verrekenpercentage": "5000"}
in_21("TR346", "WMO303", HALF | {CALCULATED: "29402"}, HALF | {CALCULATED: "14700"},
      f"{AT1}/Prestaties/Prestatie[1]/{SUBMITTED}/BerekendBedrag/Bedrag", "8215")  # fmt: skip
in_20("TR346", "WMO303", {"4 VERREKENPERCENTAGE": "05000", "4 BEREKEND BEDRAG": "00014702"},
      {"4 VERREKENPERCENTAGE": "05000"}, (4, "04", "BEREKEND BEDRAG", 173, 180),
      "8215")  # fmt: skip

ASSIGNED1 = f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[1]"
ASSIGNED2 = f"{C1}/Beschikking/ToegewezenProducten/ToegewezenProduct[2]"
SAME = {
    f"{ASSIGNED1}/Product/Code": "",
    f"{ASSIGNED2}/Product/Categorie": "03",
    f"{ASSIGNED2}/RedenWijziging": "",
}
SAME_20 = {"22 PRODUCTCODE": "", "23 PRODUCTCATEGORIE": "03", "23 REDEN INTREKKING": ""}
in_21(
    "TR302", "WMO301", SAME,
    SAME | {f"{ASSIGNED2}/Ingangsdatum": "2018-01-01", f"{ASSIGNED2}/Einddatum": "2018-06-30"},
    f"{AT1}/Beschikking/ToegewezenProducten/ToegewezenProduct[2]/Ingangsdatum",
)  # fmt: skip
in_20("TR302", "WMO301", SAME_20,
      SAME_20 | {"23 INGANGSDATUM": "20180101", "23 EINDDATUM": "20180630"},
      (23, "15", "INGANGSDATUM", 90, 97))  # fmt: skip

REQUESTED = [f"{C1}/Producten/Product[1]", f"{C1}/Producten/Product[2]", f"{C2}/Producten/Product"]
in_21("TR386", "WMO315",
      {f"{REQUESTED[0]}/Product/Code": "", f"{REQUESTED[1]}/Product/Categorie": "07"},
      {f"{REQUESTED[1]}/Product/Categorie": "07"},
      f"{AT1}/Producten/Product[2]/ToewijzingIngangsdatum")  # fmt: skip
in_20("TR386", "WMO315", {"3 PRODUCTCODE": "", "4 PRODUCTCATEGORIE": "07"},
      {"4 PRODUCTCATEGORIE": "07"}, (4, "07", "BEGINDATUM", 72, 79))  # fmt: skip

TWICE = {
    f"{L5}/ProductCategorie": "06",
    f"{L5}/ProductCode": "06A00",
    f"{L5}/ProductPeriode/Begindatum": "2017-04-10",
}
TWICE_20 = {
    "10 PRODUCTCATEGORIE": "06",
    "10 PRODUCTCODE": "06A00",
    "10 BEGINDATUM PRODUCT": "20170410",
}
in_21("TR416", "WMO303", TWICE | {f"{L5}/ProductPeriode/Einddatum": "2017-04-10"},
      TWICE | {f"{L5}/ProductPeriode/Einddatum": "2017-04-11"},
      f"{AT2}/Prestaties/Prestatie[3]/ProductCode")  # fmt: skip
in_20("TR416", "WMO303", TWICE_20 | {"10 EINDDATUM PRODUCT": "20170410"},
      TWICE_20 | {"10 EINDDATUM PRODUCT": "20170411"},
      (10, "04", "PRODUCTCODE", 125, 129))  # fmt: skip

START1, START2 = (f"{C1}/StartProducten/StartProduct[{n}]" for n in (1, 2))
START3 = f"{C2}/StartProducten/StartProduct"
AT_START1 = f"{AT1}/StartProducten/StartProduct[1]"
in_21("TR381", "WMO305", {f"{START1}/Product/Code": "02A05"}, {f"{START1}/Product/Code": "01A02"},
      f"{AT_START1}/Product/Code")  # fmt: skip
in_20("TR381", "WMO305", {"3 PRODUCTCODE": "02A05"}, {"3 PRODUCTCODE": "01A02"},
      (3, "07", "PRODUCTCODE", 59, 63))  # fmt: skip

# --- Conditions ---------------------------------------------------------------------------------

RELATIE1 = f"{C1}/Relaties/Relatie[1]"
FIRST = f"{C1}/Contactgegevens/Contact[1]"
in_21("CD005", "WMO301", {f"{RELATIE1}/Contact/Adres/LandCode": ""},
      {f"{RELATIE1}/Contact/Adres/LandCode": "BE"},
      f"{AT1}/Relaties/Relatie[1]/Contact/Adres", "D005")  # fmt: skip
in_20("CD005", "WMO301", {"7 LANDCODE": ""}, {"7 LANDCODE": "BE"},
      (7, "04", "LANDCODE", 129, 130), "0426|0431")  # fmt: skip

in_21("CD007", "WMO301", {f"{C1}/Communicatie/Vorm": "2"},
      {f"{C1}/Communicatie/Vorm": "2", f"{C1}/Communicatie/Taal": ""},
      f"{AT1}/Communicatie/Taal", "D007")  # fmt: skip
in_20("CD007", "WMO301", {"2 COMMUNICATIETAAL": ""},
      {"2 COMMUNICATIETAAL": "", "2 COMMUNICATIEVORM": "2"},
      (2, "02", "COMMUNICATIETAAL", 149, 173), "0403|0402")  # fmt: skip

in_21("CD009", "WMO301", {f"{TEMPORARY}/Soort": "02"},
      {f"{TEMPORARY}/Soort": "02", f"{TEMPORARY}/Periode": ""},
      f"{AT1}/Contactgegevens/Contact[2]/Periode/Begindatum", "D009")  # fmt: skip
in_20("CD009", "WMO301", {"10 SOORT ADRES": "02"},
      {"10 SOORT ADRES": "02", "10 BEGINDATUM ADRES": "", "10 EINDDATUM ADRES": ""},
      (10, "04", "BEGINDATUM ADRES", 274, 281), "1064|1065")  # fmt: skip

in_21("CD025", "WMO301", {f"{FIRST}/Adres/Huis": ""},
      {f"{FIRST}/Adres/Huis": "", f"{FIRST}/Adres/LandCode": "DE"},
      f"{AT1}/Contactgegevens/Contact[1]/Adres", "D025")  # fmt: skip
HOUSE_20 = {"9 HUISNUMMER": "", "9 HUISLETTER": "", "9 AANDUIDING WOONADRES": ""}
in_20("CD025", "WMO301", HOUSE_20, HOUSE_20 | {"9 LANDCODE": "DE"},
      (9, "04", "HUISNUMMER", 61, 65), "0406")  # fmt: skip

NOWHERE = {f"{FIRST}/Adres/Postcode": "", f"{FIRST}/Adres/LandCode": ""}
NOWHERE_20 = {"9 POSTCODE": "", "9 LANDCODE": ""}
in_21("CD034", "WMO301", NOWHERE, NOWHERE | {f"{FIRST}/Soort": "02"},
      f"{AT1}/Contactgegevens/Contact[1]/Adres", "D034")  # fmt: skip
in_20("CD034", "WMO301", NOWHERE_20, NOWHERE_20 | {"9 SOORT ADRES": "02"},
      (9, "04", "POSTCODE", 73, 80), "0431")  # fmt: skip

DECIDED = f"{C2}/Beschikking/BeschiktProducten/BeschiktProduct"
in_21("CD041", "WMO301", {f"{DECIDED}/Omvang": ""},
      {f"{DECIDED}/Omvang": "", f"{DECIDED}/Product/Code": ""},
      f"{AT2}/Beschikking/BeschiktProducten/BeschiktProduct", "D041")  # fmt: skip
SIZE_20 = {"27 VOLUME": "", "27 EENHEID": "", "27 FREQUENTIE": ""}
in_20("CD041", "WMO301", SIZE_20, SIZE_20 | {"27 PRODUCTCODE": ""},
      (27, "09", "VOLUME", 80, 87), "1125|1145")  # fmt: skip

in_21("CD043", "WMO315", {f"{REQUESTED[0]}/BeschikkingIngangsdatum": ""},
      {f"{REQUESTED[0]}/BeschikkingIngangsdatum": "", f"{REQUESTED[0]}/BeschikkingNummer": ""},
      f"{AT1}/Producten/Product[1]", "D043")  # fmt: skip
in_20("CD043", "WMO315", {"3 BESCHIKKINGNUMMER": ""},
      {"3 BESCHIKKINGNUMMER": "", "3 INGANGSDATUM BESCHIKKING": ""},
      (3, "07", "INGANGSDATUM BESCHIKKING", 64, 71), "4702|1062")  # fmt: skip

in_21("CD060", "WMO303", {f"{L2}/{EARLIER}": ""}, {f"{L2}/{EARLIER}": "2016-01-0001"},
      f"{AT1}/Prestaties/Prestatie[2]/ProductReferentie", "8193")  # fmt: skip
in_20("CD060", "WMO303", {f"4 {EARLIER_20}": "2016-01-0001"}, {f"5 {EARLIER_20}": "2016-01-0001"},
      (4, "04", EARLIER_20, 225, 244), "8193")  # fmt: skip

# --- Constraints --------------------------------------------------------------------------------

in_21("CS002", "WMO307", {f"{C1}/Bsn": "999939854"}, {f"{C1}/Bsn": "999908406"},
      f"{AT1}/Bsn", "S002")  # fmt: skip
in_20("CS002", "WMO307", {"2 BSN": "999939854"}, {"2 BSN": "999908406"}, (2, "02", "BSN", 15, 23),
      "0399|0435")  # fmt: skip

in_21("CS003", "WMO301", {f"{C1}/Beschikking/Einddatum": "2017-04-30"},
      {f"{C1}/Beschikking/Einddatum": "2017-05-01"},
      f"{AT1}/Beschikking/Einddatum", "S003")  # fmt: skip
in_20("CS003", "WMO301", {"11 EINDDATUM": "20170430"}, {"11 EINDDATUM": "20170501"},
      (11, "08", "EINDDATUM", 77, 84), "4703")  # fmt: skip

in_21("CS050", "WMO301", {f"{RELATIE1}/Naam/NaamGebruik": "2"}, {f"{C1}/Naam/NaamGebruik": "4"},
      f"{AT1}/Relaties/Relatie[1]/Naam/NaamGebruik", "S050")  # fmt: skip
in_20("CS050", "WMO301", {"5 NAAMGEBRUIK": "2"}, {"2 NAAMGEBRUIK": "4"},
      (5, "03", "NAAMGEBRUIK", 151, 151), "8181|8223")  # fmt: skip

in_21("CS058", "WMO305", {f"{START1}/StatusAanlevering": "2"}, {f"{START1}/StatusAanlevering": "3"},
      f"{AT_START1}/StatusAanlevering", "S058")  # fmt: skip
# That of the client is not asked: a start that is withdrawn has a client that stays as it was.
in_20("CS058", "WMO305", {"3 STATUS AANLEVERING RECORD": "9"}, {"2 STATUS AANLEVERING RECORD": "9"},
      (3, "07", "STATUS AANLEVERING RECORD", 99, 99), "0806")  # fmt: skip

in_21("CS089", "WMO301", {f"{ONLY}/Adres/Postcode": "1112 XH"},
      {f"{ONLY}/Adres/Postcode": "9999ZZ"},
      f"{AT2}/Contactgegevens/Contact/Adres/Postcode", "S089")  # fmt: skip
in_20("CS089", "WMO301", {"25 POSTCODE": "1112 XH"}, {"25 POSTCODE": "9999ZZ"},
      (25, "04", "POSTCODE", 73, 80), "0431")  # fmt: skip

USED = "Geboortedatum/Datum"
in_21("CS139", "WMO305", {f"{C1}/{USED}": "1958-02-01"}, {f"{C1}/{USED}": "1959-01-01"},
      f"{AT1}/{USED}", "9097")  # fmt: skip
in_20("CS139", "WMO305", {"2 GEBOORTEDATUM": "19580201"}, {"2 GEBOORTEDATUM": "19590101"},
      (2, "02", "GEBOORTEDATUM", 48, 55), "9097")  # fmt: skip

in_21("CS318", "WMO301", {f"{C2}/Naam/NaamGebruik": "6"},
      {f"{C1}/Relaties/Relatie[2]/Naam/NaamGebruik": "6"},
      f"{AT2}/Naam/NaamGebruik", "S318")  # fmt: skip

in_20("CS319", "WMO303", {"1 FACTUURNUMMER DECLARANT": "DECL-2017004"},
      {"1 FACTUURNUMMER DECLARANT": "DECL02017004"},
      (1, "01", "FACTUURNUMMER DECLARANT", 65, 76))  # fmt: skip

ZERO = f"{L5}/{SUBMITTED}/BerekendBedrag"
in_21("CS325", "WMO303", {f"{ZERO}/DebetCredit": "C"},
      {f"{ZERO}/DebetCredit": "C", f"{ZERO}/Bedrag": "1"},
      f"{AT2}/Prestaties/Prestatie[3]/{SUBMITTED}/BerekendBedrag/DebetCredit",
      "8194|8455|8456|8839")  # fmt: skip
in_20("CS325", "WMO303", {"10 INDICATIE DEBET/CREDIT (01)": "C"},
      {"10 INDICATIE DEBET/CREDIT (01)": "C", "10 BEREKEND BEDRAG": "00000001"},
      (10, "04", "INDICATIE DEBET/CREDIT (01)", 181, 181), "8194|8455|8456|8839")  # fmt: skip
