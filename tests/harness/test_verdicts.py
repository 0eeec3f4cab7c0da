"""A wrong value in a golden message gives one finding, with its code, both addresses and grade.

All addresses are typed from the golden files and the tables: the record is the line of the EI file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.cases import Case
from harness.compare import without
from harness.exchange import Exchange, filled_keys
from harness.sut import CRASH, OK, REFUSED, TIMEOUT, Answer, Request
from harness.verdicts import Judge, Judgement
from reports.events import Finding
from schemas import ei_read, xml_read
from schemas.messages import catalogue

GOLDEN = Path(__file__).parents[1] / "golden"
THERE, BACK = ("2.0", "2.1"), ("2.1", "2.0")
CLIENT = "/Bericht/Clienten/Client"
LIMITS = f"{CLIENT}[1]/Beschikking/Beperkingen/Beperking"
ASSIGNED = f"{CLIENT}[1]/Beschikking/ToegewezenProducten/ToegewezenProduct"


class Canned:
    """Software that always gives the same answer."""

    name = version = way = command = "canned"

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def convert(self, request: Request) -> Answer:
        return self.answer

    def close(self) -> None:
        """Nothing to end."""


def exchange_of(name: str) -> Exchange:
    """The golden pair in the place of a generated message."""
    message = catalogue().one(name)
    exchange = Exchange(message, 1, 0)
    ei, xml = ((GOLDEN / f"{name}{suffix}").read_bytes() for suffix in (".ei", ".xml"))
    trees = {"2.0": ei_read.read(ei).root, "2.1": xml_read.read(xml).root}
    exchange.sources = {"2.0": ei, "2.1": xml}
    exchange.trees = trees
    exchange.expected = trees | {"2.1": without(trees["2.1"], filled_keys(message))}
    return exchange


def judged(name: str, route: tuple[str, str], output: bytes, suite: str = "convert") -> Judgement:
    case = Case(suite, name, route, 1, 0)
    return Judge("ABC").judge(case, exchange_of(name), Canned(Answer(OK, output)))


def xml(name: str) -> str:
    return (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")


def ei(name: str) -> list[str]:
    return (GOLDEN / f"{name}.ei").read_bytes().decode("iso-8859-1").split("\r\n")


def changed(text: str, old: str, new: str, nth: int = 1) -> str:
    """The text with the nth occurrence of something changed."""
    start = -1
    for _ in range(nth):
        start = text.index(old, start + 1)
    return text[:start] + new + text[start + len(old) :]


def line_of(text: str, mark: str, nth: int = 1) -> int:
    """The line, from 1, of the nth occurrence of a mark."""
    return changed(text, mark, "\0", nth).partition("\0")[0].count("\n") + 1


def only(judgement: Judgement) -> Finding:
    assert len(judgement.findings) == 1, judgement.findings
    return judgement.findings[0]


def ei_place(finding: Finding) -> tuple[object, ...]:
    place = finding.ei
    assert place is not None
    return place.number, place.record, place.field, place.start, place.end


@pytest.mark.parametrize("name", ["WMO301", "WMO302", "WMO303", "WMO316", "JW304", "JW315"])
def test_a_golden_answer_has_no_finding_either_way(name: str) -> None:
    for route, suffix in ((THERE, ".xml"), (BACK, ".ei")):
        for suite in ("convert", "schema"):
            judgement = judged(name, route, (GOLDEN / f"{name}{suffix}").read_bytes(), suite)
            assert judgement.findings == []


@pytest.mark.parametrize(
    ("old", "new", "nth", "place", "path", "grade"),
    [
        (">Ng<", ">Nx<", 1, (24, "02", "NAAM (01)", 60, 84),
         f"{CLIENT}[2]/Naam/Geslachtsnaam/Naam", "B"),
        (">2017-05-02<", ">2017-05-03<", 1, (1, "01", "DAGTEKENING HEENBERICHT", 34, 41),
         "/Bericht/Header/BerichtIdentificatie/Dagtekening", "B"),
        ("Huisnummer>12<", "Huisnummer>13<", 1, (7, "04", "HUISNUMMER", 61, 65),
         f"{CLIENT}[1]/Relaties/Relatie[1]/Contact/Adres/Huis/Huisnummer", "B"),
        ("Oude Waal", "Nieuwe Waal", 2, (9, "04", "STRAATNAAM", 81, 104),
         f"{CLIENT}[1]/Contactgegevens/Contact[1]/Adres/Straatnaam", "B"),
        ("Beperking>1<", "Beperking>2<", 1, (18, "07", "BEPERKING", 57, 57),
         f"{LIMITS}[2]/Beperking", "D"),
        ("Steunkousen", "Kousen", 1, (17, "98", "VRIJE TEKST", 19, 158),
         f"{LIMITS}[1]/BeperkingScores/BeperkingScore[2]/Commentaar", "C"),
        (">00:00:00<", ">00:00:01<", 1, (22, "15", "TOEWIJZINGSTIJD", 84, 89),
         f"{ASSIGNED}[1]/Toewijzingstijd", "B"),
        ("RedenWijziging>07<", "RedenWijziging>02<", 1, (23, "15", "REDEN INTREKKING", 106, 106),
         f"{ASSIGNED}[2]/RedenWijziging", "D"),
    ],
)  # fmt: skip
def test_a_changed_value_in_2_1(
    old: str, new: str, nth: int, place: tuple[object, ...], path: str, grade: str
) -> None:
    text = changed(xml("WMO301"), old, new, nth)
    judgement = judged("WMO301", THERE, text.encode())
    finding = only(judgement)
    assert finding.code == "FIELD-CHANGED"
    assert ei_place(finding) == place
    assert finding.xml is not None
    assert finding.xml.path == path
    assert finding.xml.line == line_of(xml("WMO301"), old, nth)
    assert (finding.evidence, finding.blocking) == (grade, grade != "D")
    assert judgement.fidelity["changed"] == 1


def test_a_lost_a_cut_and_an_invented_value_in_2_1() -> None:
    text = xml("WMO301")
    prefix = "            <iwmo:Voorvoegsel>de</iwmo:Voorvoegsel>\n"
    lost = only(judged("WMO301", THERE, changed(text, prefix, "").encode()))
    assert (lost.code, lost.expected, lost.actual) == ("FIELD-LOST", "de", "")
    assert ei_place(lost) == (2, "02", "VOORVOEGSEL (02)", 121, 130)
    assert lost.xml.path == f"{CLIENT}[1]/Naam/Partnernaam/Voorvoegsel"
    # The line of what is not there is that of the nearest element above it.
    assert lost.xml.line == line_of(text, "<iwmo:Partnernaam>")

    cut = only(judged("WMO301", THERE, changed(text, ' vraag naar "Zoë".', "").encode()))
    assert (cut.code, cut.actual) == ("FIELD-CUT", cut.expected[:140].rstrip())
    assert ei_place(cut) == (3, "98", "VRIJE TEKST", 19, 158)

    number = "<wmo301:Nummer>R-2</wmo301:Nummer>"
    extra = f"{number}<wmo301:Volgorde>2</wmo301:Volgorde>"
    invented = only(judged("WMO301", THERE, changed(text, number, extra).encode()))
    assert (invented.code, invented.expected, invented.actual) == ("FIELD-INVENTED", "", "2")
    assert ei_place(invented) == (6, "03", "VOLGORDE", 59, 60)
    assert invented.xml.path == f"{CLIENT}[1]/Relaties/Relatie[2]/Volgorde"


def test_a_lost_and_a_doubled_class_in_2_1() -> None:
    text = xml("WMO305")
    start = text.index("        <wmo305:StartProduct>", text.index("StartProduct>") + 20)
    end = text.index("</wmo305:StartProduct>", start) + len("</wmo305:StartProduct>\n")
    start_product = text[start:end]
    assert "Categorie>09<" in start_product

    lost = only(judged("WMO305", THERE, (text[:start] + text[end:]).encode()))
    assert (lost.code, ei_place(lost)[:2]) == ("ENTITY-LOST", (4, "07"))
    assert lost.xml.path.startswith(f"{CLIENT}[1]/StartProducten/StartProduct")

    doubled = only(judged("WMO305", THERE, (text[:end] + start_product + text[end:]).encode()))
    assert doubled.code == "ENTITY-INVENTED"
    assert (doubled.expected, doubled.actual) == ("", "record 07")


@pytest.mark.parametrize(
    ("name", "number", "start", "new", "place", "path", "mark", "nth", "grade"),
    [
        ("WMO301", 24, 60, "Nx", (24, "02", "NAAM (01)", 60, 84),
         f"{CLIENT}[2]/Naam/Geslachtsnaam/Naam", ">Ng<", 1, "B"),
        ("WMO301", 17, 19, "X", (17, "98", "VRIJE TEKST", 19, 158),
         f"{LIMITS}[1]/BeperkingScores/BeperkingScore[2]/Commentaar", "Steunkousen", 1, "C"),
        ("WMO301", 8, 141, "9", (8, "04", "TELEFOONNUMMER (01)", 140, 154),
         f"{CLIENT}[1]/Relaties/Relatie[2]/Contact/Telefoon/Telefoon01/Telefoonnummer",
         ">0851234567<", 1, "B"),
        ("WMO303", 12, 36, "9", (12, "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", 33, 44),
         "/Bericht/Header/DeclaratieFactuurBedragen/DeclaratieFactuurTotaalBedrag/TotaalBedrag",
         "<iwmo:TotaalBedrag>", 1, "C"),
        ("WMO316", 1, 200, "8", (1, "01", "DAGTEKENING RETOURBERICHT", 193, 200),
         "/Bericht/Header/DagtekeningRetour", "<wmo316:DagtekeningRetour>", 1, "D"),
        ("JW305", 2, 57, "1", (2, "02", "GESLACHT", 57, 57),
         f"{CLIENT}/Geslacht", "<jw305:Geslacht>", 1, "C"),
    ],
)  # fmt: skip
def test_a_changed_value_in_2_0(
    name: str, number: int, start: int, new: str, place: tuple[object, ...],
    path: str, mark: str, nth: int, grade: str,
) -> None:  # fmt: skip
    lines = ei(name)
    line = lines[number - 1]
    lines[number - 1] = line[: start - 1] + new + line[start - 1 + len(new) :]
    assert lines[number - 1] != line
    finding = only(judged(name, BACK, "\r\n".join(lines).encode("iso-8859-1")))
    assert finding.code == "FIELD-CHANGED"
    assert ei_place(finding) == place
    assert (finding.xml.path, finding.xml.line) == (path, line_of(xml(name), mark, nth))
    assert finding.evidence == grade


def test_a_field_that_only_2_0_has_has_no_place_in_2_1() -> None:
    lines = ei("WMO301")
    lines[1] = lines[1][:23] + "1" + lines[1][24:]
    finding = only(judged("WMO301", BACK, "\r\n".join(lines).encode("iso-8859-1")))
    assert ei_place(finding) == (2, "02", "GEHEIME CLIENT", 24, 24)
    assert (finding.expected, finding.actual, finding.xml) == ("2", "1", None)


def test_the_address_in_2_0_output_counts_the_records_of_that_output() -> None:
    lines = ei("WMO301")
    lines[23] = lines[23].replace("Ng", "Nx")
    # Without the two comment lines of the first client, the second one is two records higher.
    del lines[2:4]
    found = judged("WMO301", BACK, "\r\n".join(lines).encode("iso-8859-1")).findings
    places = {item.code: ei_place(item) for item in found}
    assert places["FIELD-CHANGED"] == (22, "02", "NAAM (01)", 60, 84)
    assert {item.code for item in found} == {"FIELD-CHANGED", "FIELD-LOST"}
