"""Golden answers: a golden message with a fault, and its return message typed by hand.

What comes back repeats the golden files as they stand; the codes, the header and the last record
are typed here from the layouts. Only the identification of an answer is its own choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from lxml import etree

from harness.reference.converter import respond
from tests.schemas.rules.edited import Edits, ei, xml

CR_LF = "\r\n"
OWN = "R00000000000"
# Positions of a record of the message, and of its answer.
LENGTHS = {"WMO301": 310, "WMO303": 310, "WMO305": 180, "WMO307": 140, "WMO315": 180}


@dataclass(frozen=True)
class Records:
    """An answer in 2.0: the record code, what is behind each record that comes back, the last."""

    name: str
    edits: Edits
    code: str
    header: str
    back: dict[int, str]
    last: str


RECORDS = [
    # A client of 127 years old: its classes are not assessed.
    Records("WMO301", {"24 GEBOORTEDATUM": "18900101", "24 DATUMGEBRUIK": ""}, "415",
            "R00000000000201705020200",
            {24: "9002", 25: "0233", 26: "0233", 27: "0233", 28: "0233"},
            "990000010000000000010000000000010000010000000000010000000000005"),
    # A line of 2010: nothing is granted on it, and the other two are granted in full.
    Records("WMO303",
            {"8 BEGINDATUM PRODUCT": "20100101", "8 EINDDATUM PRODUCT": "20100131"}, "417",
            "R00000000000            201705080200",
            {7: "0200", 8: "00037125D00000000D8222", 9: "00001250D00001250D0200",
             10: "00000000D00000000D0200", 11: ""},
            "99000001000000000003000001000000500000043775D00000006650D"),
    # The total is one cent short: the header is rejected, and nothing is granted.
    Records("WMO303", {"12 TOTAAL DECLARATIE-/FACTUURBEDRAG": "00000043774"}, "417",
            "R00000000000            201705080150", {},
            "99000000000000000000000000000000000000043774D00000000000D"),
    # Born a day too long ago; nothing says so of the first client, who stays away.
    Records("WMO305", {"5 GEBOORTEDATUM": "18970409"}, "419", "R00000000000201704100200",
            {5: "9002", 6: "0233"}, "990000010000010000002"),
    # The first of two products stops the day before it began.
    Records("WMO307", {"3 EINDDATUM": "20160229"}, "421", "R00000000000201705020200",
            {2: "0200", 3: "9018", 4: "0200"}, "990000010000020000003"),
    Records("WMO315", {"2 GEBOORTEDATUM": "18900101"}, "445", "R00000000000201705080200",
            {2: "9002", 3: "0233", 4: "0233"}, "990000010000020000003"),
    # A BSN that fails its test: 2.0 has the code 0399 for it.
    Records("WMO305", {"2 BSN": "999999999"}, "419", "R00000000000201704100200",
            {2: "0399", 3: "0233", 4: "0233"}, "990000010000020000003"),
    Records("WMO307", {}, "421", "R00000000000201705020200", {}, "990000000000000000000"),
]  # fmt: skip


def typed_records(case: Records) -> bytes:
    length = LENGTHS[case.name]
    sent = ei(case.name, case.edits).decode("iso-8859-1").split(CR_LF)
    lines = [f"01{case.code}{sent[0][5:]}" + case.header]
    lines += [sent[number - 1] + codes for number, codes in case.back.items()]
    lines += [case.last]
    return "".join(line.ljust(length + 60) + CR_LF for line in lines).encode("iso-8859-1")


@pytest.mark.parametrize("case", RECORDS, ids=lambda case: f"{case.name}-{case.last[:8]}")
def test_an_answer_in_2_0_is_the_typed_one(case: Records) -> None:
    answer = respond(ei(case.name, case.edits), "2.0", "2.0")

    own = slice(LENGTHS[case.name], LENGTHS[case.name] + 12)
    assert re.fullmatch(rb"R[0-9]{11}", answer[own])
    assert answer[: own.start] + OWN.encode() + answer[own.stop :] == typed_records(case)


@dataclass(frozen=True)
class Document:
    """An answer in 2.1: what its header adds, the clients that do not come back, and the codes.

    `codes` gives those of each class below the client that comes back, in the order of the classes
    from the inside out, as they are closed.
    """

    name: str
    edits: Edits
    header: str
    left_out: tuple[int, ...]
    codes: tuple[str, ...]


RETOUR = "<{p}:IdentificatieRetour>{own}</{p}:IdentificatieRetour><{p}:DagtekeningRetour>{day}</{p}:DagtekeningRetour>"  # noqa: E501
# The classes of a client, which end with their codes.
CLASSES = (
    "Contact", "Beschikking", "BeschiktProduct", "ToegewezenProduct", "StartProduct",
    "StopProduct", "Product", "Client",
)  # fmt: skip
PRODUCT = "Clienten/Client[1]/StartProducten/StartProduct[2]/StatusAanlevering"
TOTAL = "Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag/TotaalBedrag"
REQUEST = "Clienten/Client[1]/Producten/Product[1]/BeschikkingNummer"
ENDS = "Clienten/Client[2]/Beschikking/Einddatum"

DOCUMENTS = [
    # The decision of the second client ends the day before it begins.
    Document("WMO301", {ENDS: "2016-02-29"}, "2017-05-02", (1,),
             ("0200", "0233", "0233", "S003", "0200")),
    # A start that changes an earlier one, which 2.1 does not have.
    Document("WMO305", {PRODUCT: "2"}, "2017-04-10", (2,), ("0200", "S058", "0200")),
    Document("WMO307", {"Clienten/Client[2]/Bsn": "999999999"}, "2017-05-02", (1,),
             ("0233", "S002")),
    # The date of a decision without its number.
    Document("WMO315", {REQUEST: ""}, "2017-05-08", (2,), ("D043", "0200", "0200")),
    Document("WMO307", {}, "2017-05-02", (1, 2), ()),
]  # fmt: skip


def found(root: etree._Element, path: str) -> etree._Element:
    """The element at a path, which must be there."""
    element = root.find(path)
    assert element is not None
    return element


def typed_document(case: Document) -> etree._Element:
    """The message with what is typed: other names, other code, the header, and codes."""
    number = int(case.name[3:])
    text = xml(case.name, case.edits).decode("utf-8")
    text = text.replace(f"wmo{number}", f"wmo{number + 1}")
    text = re.sub(r"BerichtCode>(\d+)<", lambda code: f"BerichtCode>{int(code[1]) + 1}<", text)
    prefix = f"wmo{number + 1}"
    added = RETOUR.format(p=prefix, own=OWN, day=case.header)
    text = text.replace(f"</{prefix}:Header>", f"{added}</{prefix}:Header>")
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True))
    clients = found(root, "{*}Clienten")
    for place in reversed(case.left_out):
        clients.remove(clients[place - 1])
    if len(clients) == 0:
        root.remove(clients)
    space = etree.QName(root).namespace
    codes = iter(case.codes)
    for _, element in etree.iterwalk(root, events=("end",)):
        if _is_class(element):
            group = etree.SubElement(element, f"{{{space}}}RetourCodes")
            etree.SubElement(group, f"{{{space}}}RetourCode").text = next(codes)
    assert not list(codes)
    return root


def _is_class(element: etree._Element) -> bool:
    name, above = etree.QName(element).localname, element.getparent()
    # A product within a class is a value of it.
    within_class = above is not None and not str(above.tag).endswith("}Producten")
    is_value = name == "Product" and within_class
    return name in CLASSES and not is_value


def said(root: etree._Element) -> bytes:
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: f"{case.name}-{len(case.codes)}")
def test_an_answer_in_2_1_is_the_typed_one(case: Document) -> None:
    answer = respond(xml(case.name, case.edits), "2.1", "2.1")

    root = etree.fromstring(answer, etree.XMLParser(remove_blank_text=True))
    own = found(root, "{*}Header/{*}IdentificatieRetour")
    assert re.fullmatch("R[0-9]{11}", own.text or "")
    own.text = OWN
    assert said(root) == said(typed_document(case))


DECLARED = """<wmo304:Bericht xmlns:wmo304="http://www.istandaarden.nl/iwmo/2_1/wmo304/schema/2_1"
 xmlns:iwmo="http://www.istandaarden.nl/iwmo/2_1/basisschema/schema/2_1"><wmo304:Header>
<wmo304:BerichtCode>417</wmo304:BerichtCode><wmo304:BerichtVersie>2</wmo304:BerichtVersie>
<wmo304:BerichtSubversie>1</wmo304:BerichtSubversie><wmo304:Gemeente>0150</wmo304:Gemeente>
<wmo304:Servicebureau>98000123</wmo304:Servicebureau><wmo304:Aanbieder>98765432</wmo304:Aanbieder>
<wmo304:BetalingAanID>01</wmo304:BetalingAanID><wmo304:DeclaratieFactuurIdentificatie>
<iwmo:DeclaratiePeriode><iwmo:Begindatum>2017-04-01</iwmo:Begindatum>
<iwmo:Einddatum>2017-04-30</iwmo:Einddatum></iwmo:DeclaratiePeriode>
<iwmo:DeclarantFactuurNummer>DECL2017004</iwmo:DeclarantFactuurNummer>
<iwmo:FactuurDagtekening>2017-05-08</iwmo:FactuurDagtekening><iwmo:ValutaCode>EUR</iwmo:ValutaCode>
</wmo304:DeclaratieFactuurIdentificatie><wmo304:RetourHeader>
<iwmo:GemeenteReferentieNummer>R00000000000</iwmo:GemeenteReferentieNummer>
<iwmo:RetourDagtekening>2017-05-08</iwmo:RetourDagtekening></wmo304:RetourHeader>
<wmo304:RetourBedragen><iwmo:IngediendTotaalBedrag><iwmo:TotaalBedrag>43774</iwmo:TotaalBedrag>
<iwmo:DebetCredit>D</iwmo:DebetCredit></iwmo:IngediendTotaalBedrag><iwmo:ToegekendTotaalBedrag>
<iwmo:TotaalBedrag>0</iwmo:TotaalBedrag><iwmo:DebetCredit>D</iwmo:DebetCredit>
</iwmo:ToegekendTotaalBedrag></wmo304:RetourBedragen><wmo304:RetourCodes>
<wmo304:RetourCode>0150</wmo304:RetourCode></wmo304:RetourCodes></wmo304:Header></wmo304:Bericht>"""


def test_the_answer_to_a_declaration_that_does_not_add_up_grants_nothing() -> None:
    answer = respond(xml("WMO303", {TOTAL: "43774"}), "2.1", "2.1")

    parser = etree.XMLParser(remove_blank_text=True)
    root = etree.fromstring(answer, parser)
    own = found(root, ".//{*}GemeenteReferentieNummer")
    assert re.fullmatch("R[0-9]{11}", own.text or "")
    own.text = OWN
    assert said(root) == said(etree.fromstring(DECLARED, parser))
