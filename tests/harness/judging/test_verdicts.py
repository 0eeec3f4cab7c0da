"""A wrong value in a golden message gives one finding, with its code, both addresses and grade.

All addresses are typed from the golden files and the tables: the record is the line of the EI file.
"""

from __future__ import annotations

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.judge import Judgement
from harness.sut.protocol import CRASH, OK, REFUSED, TIMEOUT, Answer
from reports.events.events import Finding
from schemas.facts.catalogue import catalogue
from schemas.message.fault import XmlAddress
from tests.harness.golden_pairs import specimen_of
from tests.harness.judged import answered
from tests.harness.judged import judged as judge
from tests.paths import GOLDEN

THERE, BACK = ("2.0", "2.1"), ("2.1", "2.0")
CLIENT = "/Bericht/Clienten/Client"
LIMITS = f"{CLIENT}[1]/Beschikking/Beperkingen/Beperking"
ASSIGNED = f"{CLIENT}[1]/Beschikking/ToegewezenProducten/ToegewezenProduct"


def judged(name: str, route: tuple[str, str], output: bytes, suite: str = "convert") -> Judgement:
    case = Case(suite, name, route, 1, 0)
    return judge(answered(case, specimen_of(name), Answer(OK, output)))


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


def in_xml(finding: Finding) -> XmlAddress:
    assert finding.xml is not None
    return finding.xml


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
    assert in_xml(finding).path == path
    assert in_xml(finding).line == line_of(xml("WMO301"), old, nth)
    assert (finding.evidence, finding.blocking) == (grade, grade != "D")
    assert judgement.fidelity["changed"] == 1


def test_a_lost_a_cut_and_an_invented_value_in_2_1() -> None:
    text = xml("WMO301")
    prefix = "<iwmo:Voorvoegsel>de</iwmo:Voorvoegsel>"
    lost = only(judged("WMO301", THERE, changed(text, prefix, "").encode()))
    assert (lost.code, lost.expected, lost.actual) == ("FIELD-LOST", "de", "")
    assert ei_place(lost) == (2, "02", "VOORVOEGSEL (02)", 121, 130)
    assert in_xml(lost).path == f"{CLIENT}[1]/Naam/Partnernaam/Voorvoegsel"
    # The line of what is not there is that of the nearest element above it.
    assert in_xml(lost).line == line_of(text, "<iwmo:Partnernaam>")

    cut = only(judged("WMO301", THERE, changed(text, ' vraag naar "Zoë".', "").encode()))
    assert (cut.code, cut.actual) == ("FIELD-CUT", cut.expected[:140].rstrip())
    assert ei_place(cut) == (3, "98", "VRIJE TEKST", 19, 158)

    number = "<wmo301:Nummer>R-2</wmo301:Nummer>"
    extra = f"{number}<wmo301:Volgorde>2</wmo301:Volgorde>"
    invented = only(judged("WMO301", THERE, changed(text, number, extra).encode()))
    assert (invented.code, invented.expected, invented.actual) == ("FIELD-INVENTED", "", "2")
    assert ei_place(invented) == (6, "03", "VOLGORDE", 59, 60)
    assert in_xml(invented).path == f"{CLIENT}[1]/Relaties/Relatie[2]/Volgorde"


def test_a_lost_and_a_doubled_class_in_2_1() -> None:
    text = xml("WMO305")
    start = text.index("        <wmo305:StartProduct>", text.index("StartProduct>") + 20)
    end = text.index("</wmo305:StartProduct>", start) + len("</wmo305:StartProduct>\n")
    start_product = text[start:end]
    assert "Categorie>09<" in start_product

    lost = only(judged("WMO305", THERE, (text[:start] + text[end:]).encode()))
    assert (lost.code, ei_place(lost)[:2]) == ("ENTITY-LOST", (4, "07"))
    assert in_xml(lost).path.startswith(f"{CLIENT}[1]/StartProducten/StartProduct")

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
        ("WMO301", 8, 167, "9", (8, "04", "TELEFOON (01)", 166, 180),
         f"{CLIENT}[1]/Relaties/Relatie[2]/Contact/Telefoon/Telefoon01/Telefoonnummer",
         ">0851234567<", 1, "B"),
        ("WMO303", 12, 36, "9", (12, "99", "TOTAAL DECLARATIE-/FACTUURBEDRAG", 34, 44),
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
    assert (in_xml(finding).path, in_xml(finding).line) == (path, line_of(xml(name), mark, nth))
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


REFERENCES = ["VOT-2017-07-000000000002", "VOT-2017-07-000000000003"]


def references(first: str | None, second: str | None) -> list[Finding]:
    """The findings when the two references of WMO316 are others, or None for none."""
    text = xml("WMO316")
    for old, new in ((REFERENCES[1], second), (REFERENCES[0], first)):
        tag = f"<wmo316:ReferentieAanbieder>{old}</wmo316:ReferentieAanbieder>"
        text = changed(text, tag, "" if new is None else tag.replace(old, new))
    return judged("WMO316", THERE, text.encode()).findings


@pytest.mark.parametrize("pair", [("A", "B"), ("x" * 36, "1"), ("a", "A"), (REFERENCES[1], "z")])
def test_any_reference_of_the_provider_will_do_as_long_as_it_is_unique(
    pair: tuple[str, str],
) -> None:
    assert references(*pair) == []


BAD_REFERENCES = pytest.mark.parametrize(
    ("pair", "place", "code"),
    [
        (("A", "A"), 2, "FIELD-CHANGED"),
        (("A", " "), 2, "FIELD-CHANGED"),
        ((None, "B"), 1, "FIELD-LOST"),
        (("A", None), 2, "FIELD-LOST"),
        (("", "B"), 1, "FIELD-LOST"),
    ],
    ids=["doubled", "blank", "first absent", "second absent", "empty"],
)


@BAD_REFERENCES
def test_a_reference_must_be_there_and_be_unique(
    pair: tuple[str | None, str | None], place: int, code: str
) -> None:
    (finding,) = references(*pair)
    assert (finding.code, finding.evidence) == (code, "D")


@BAD_REFERENCES
def test_a_bad_reference_has_both_addresses(
    pair: tuple[str | None, str | None], place: int, code: str
) -> None:
    (finding,) = references(*pair)
    assert in_xml(finding).path == f"{CLIENT}/Producten/Product[{place}]/ReferentieAanbieder"
    # What is absent has the line of the product that lacks it.
    name, nth = (
        ("ReferentieAanbieder", place)
        if pair[place - 1] is not None
        else ("Product", place * 2 - 1)
    )
    assert in_xml(finding).line == line_of(xml("WMO316"), f"<wmo316:{name}>", nth)
    assert finding.ei is not None
    assert (finding.ei.number, finding.ei.record) == (place + 2, "07")


def test_no_other_element_takes_any_value() -> None:
    text = changed(xml("WMO316"), ">VOT-2017-07<", ">VOT-2017-08<")
    assert only(judged("WMO316", THERE, text.encode())).code == "FIELD-CHANGED"
    # In an assignment the reference is nothing that a conversion from 2.0 can know.
    product = "<wmo301:ToegewezenProduct>"
    extra = f"{product}<wmo301:ReferentieAanbieder>X1</wmo301:ReferentieAanbieder>"
    text = changed(xml("WMO301"), product, extra)
    assert only(judged("WMO301", THERE, text.encode())).code == "FIELD-INVENTED"


def test_block_on_decides_whether_a_finding_blocks() -> None:
    text = changed(xml("WMO316"), ">2017-05-09<", ">2017-05-10<").encode()
    case = Case("convert", "WMO316", THERE, 1, 0)
    for grades, blocking in (("ABC", False), ("D", True), ("ABCD", True)):
        judgement = judge(answered(case, specimen_of("WMO316"), Answer(OK, text)), grades)
        assert (only(judgement).evidence, only(judgement).blocking) == ("D", blocking)


def test_fields_are_counted_by_how_they_fared() -> None:
    good = judged("WMO305", THERE, xml("WMO305").encode()).fidelity
    text = changed(xml("WMO305"), ">Hooft<", ">Hoo<")
    text = changed(text, "<iwmo:Voorletters>GJP</iwmo:Voorletters>", "")
    text = changed(text, "Volume>22500<", "Volume>22501<")
    counts = judged("WMO305", THERE, text.encode()).fidelity
    assert (counts["cut"], counts["lost"], counts["changed"], counts["invented"]) == (1, 1, 1, 0)
    assert counts["kept"] == good["kept"] - 3
    # BerichtVersie and the like included: each element with a text is a value.
    assert good["kept"] == len([line for line in xml("WMO305").splitlines() if "</" in line[12:]])


def test_the_schema_suite_tells_what_the_release_does_not_allow() -> None:
    text = changed(xml("WMO305"), "Aanbieder>98026987<", "Aanbieder>9802698<")
    finding = only(judged("WMO305", THERE, text.encode(), "schema"))
    start = f"{CLIENT}[1]/StartProducten/StartProduct[1]"
    assert (finding.code, in_xml(finding).path) == ("XML-VALUE", f"{start}/Aanbieder")
    assert in_xml(finding).line == line_of(xml("WMO305"), "<wmo305:Aanbieder>")

    lines = ei("WMO305")
    lines[1] = lines[1][:56] + "7" + lines[1][57:]
    data = "\r\n".join(lines).encode("iso-8859-1")
    finding = only(judged("WMO305", BACK, data, "schema"))
    assert (finding.code, ei_place(finding)) == ("EI-CODE", (2, "02", "GESLACHT", 57, 57))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(OK, b""), "SUT-NO-OUTPUT"),
        (Answer(REFUSED, b"", "too hard"), "SUT-REFUSED"),
        (Answer(CRASH, b"", "exit code 1", "SUT-CRASH"), "SUT-CRASH"),
        (Answer(TIMEOUT, b"", "10 s", "SUT-TIMEOUT"), "SUT-TIMEOUT"),
        (Answer(OK, b"nothing of the kind"), "TYPE-CHANGED"),
        (Answer(OK, (GOLDEN / "WMO307.xml").read_bytes()), "TYPE-CHANGED"),
        (Answer(OK, (GOLDEN / "WMO305.ei").read_bytes()), "TYPE-CHANGED"),
    ],
)
def test_an_answer_that_is_no_conversion(answer: Answer, code: str) -> None:
    case = Case("convert", "WMO305", THERE, 1, 0)
    finding = only(judge(answered(case, specimen_of("WMO305"), answer)))
    assert (finding.code, finding.blocking, finding.case) == (code, True, case.id)


def test_an_answer_of_another_version_is_told_where_the_version_stands() -> None:
    lines = ei("WMO305")
    lines[0] = lines[0][:5] + "02" + "99" + lines[0][9:]
    data = "\r\n".join(lines).encode("iso-8859-1")
    case = Case("convert", "WMO305", BACK, 1, 0)
    finding = only(judge(answered(case, specimen_of("WMO305"), Answer(OK, data))))
    assert (finding.code, finding.actual, ei_place(finding)[1]) == ("EI-RELEASE", "0299", "01")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(REFUSED, b"", "JW321 stays EI"), None),
        (Answer(REFUSED, b"", ""), "SUT-NO-REASON"),
        (Answer(REFUSED, b"<Bericht/>", "no"), "SUT-REFUSED-WITH-OUTPUT"),
        (Answer(OK, b"<Bericht/>"), "SUT-ACCEPTED"),
        (Answer(OK, b""), "SUT-ACCEPTED"),
        (Answer(CRASH, b"", "no", "SUT-CRASH"), "SUT-CRASH"),
        (Answer(TIMEOUT, b"", "no", "SUT-TIMEOUT"), "SUT-TIMEOUT"),
    ],
)
def test_only_a_refusal_with_a_reason_and_nothing_else_is_one(
    answer: Answer, code: str | None
) -> None:
    case = Case("refuse", "JW321", THERE, 1, 0, "not-converted")
    codes = [
        item.code
        for item in judge(answered(case, Specimen(catalogue().one("JW321"), 1, 0), answer)).findings
    ]
    assert codes == ([code] if code else [])
