"""What is one content is one to every command, however XML Schema lets it be written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import BROKEN, PASS, RED, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
PLAIN = GOLDEN / "WMO301.xml"
TEXT = PLAIN.read_text(encoding="utf-8")
CLIENT = "<iwmo:Voorletters>AM<"
NAME, NO_PARTNER = "</iwmo:Geslachtsnaam>", "</iwmo:Geslachtsnaam>\n        <iwmo:NaamGebruik>1"
TWELVE, MIDNIGHT = "Toewijzingstijd>12:00:00<", "Toewijzingstijd>00:00:00<"
BY_POST = "<wmo301:Soort>02</wmo301:Soort>"
MAIL = "am.groeneveld@example.nl</wmo301:Emailadres>"
SAME = [
    ("first names", CLIENT, f"<iwmo:Voornamen/>{CLIENT}"),
    ("first names in two tags", CLIENT, f"<iwmo:Voornamen></iwmo:Voornamen>{CLIENT}"),
    ("an address", BY_POST, f"{BY_POST}<wmo301:Adres/>"),
    ("an address with a comment", BY_POST, f"{BY_POST}<wmo301:Adres><!-- - --></wmo301:Adres>"),
    ("a period", MAIL, f"{MAIL}<wmo301:Periode>\n</wmo301:Periode>"),
    (
        "a partner",
        NO_PARTNER,
        NO_PARTNER.replace(NAME, f"{NAME}<iwmo:Partnernaam><iwmo:Naam/></iwmo:Partnernaam>"),
    ),
    ("a part of a second", MIDNIGHT, "Toewijzingstijd>00:00:00.0000000<"),
    ("a part of one digit", TWELVE, "Toewijzingstijd>12:00:00.0<"),
    ("blanks around a time", TWELVE, "Toewijzingstijd>\n\t12:00:00.000 <"),
    ("the end of a day", MIDNIGHT, "Toewijzingstijd>24:00:00<"),
    ("the end of a day, in full", MIDNIGHT, "Toewijzingstijd>24:00:00.00<"),
    ("blanks around a date", ">2017-04-15<", ">\r\n 2017-04-15\t<"),
    ("a plus", "Huisnummer>101<", "Huisnummer>+101<"),
    ("many zeros", "Huisnummer>101<", f"Huisnummer>{'0' * 40}101<"),
    ("blanks around a number", "Huisnummer>101<", "Huisnummer> 101\n<"),
    ("a code that is a number", "Eenheid>01<", "Eenheid>+1<"),
    ("a version", "BerichtVersie>2<", "BerichtVersie> 2 <"),
    ("US-ASCII", "", ""),
]


def other(old: str, new: str) -> bytes:
    """The golden message with something written another way."""
    assert TEXT.count(old)
    text = TEXT.replace(old, new)
    if not old:
        text = TEXT.replace("UTF-8", "US-ASCII")
        return text.encode("ascii", "xmlcharrefreplace")
    return text.encode()


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_what_says_the_same_is_the_same_to_every_command(
    ikeur: Ikeur, tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "other.xml"
    path.write_bytes(other(old, new))

    for words in (["validate"], ["validate", "--rules"]):
        done = ikeur(*words, "--json", "--block-on", "ABCD", path)
        assert (done.code, done.json[0]["findings"]) == (PASS, [])
    for pair in ((PLAIN, path), (path, PLAIN), (path, GOLDEN / "WMO301.ei")):
        compared = ikeur("compare", "--json", *pair)
        assert compared.code == PASS
        assert compared.json["kept"] == 148
        assert compared.json["by_mapping"] == []
    held = ikeur("convert", path)
    assert (held.code, held.out) == (PASS, (GOLDEN / "WMO301.ei").read_bytes())
    answers = [re.sub(rb">R[0-9]{11}<", b"><", ikeur("respond", of).out) for of in (PLAIN, path)]
    assert answers[0] == answers[1] != b""


@pytest.mark.parametrize("written", ["12:00:00.5", "12:00:00.50000", " 12:00:00.5"])
def test_a_part_of_a_second_stays_and_cannot_go_to_2_0(
    ikeur: Ikeur, tmp_path: Path, written: str
) -> None:
    one, another = tmp_path / "one.xml", tmp_path / "another.xml"
    one.write_bytes(other(TWELVE, f"Toewijzingstijd>{written}<"))
    another.write_bytes(other(TWELVE, "Toewijzingstijd>12:00:00.500<"))
    assert ikeur("validate", one).code == PASS
    assert ikeur("compare", one, another).code == PASS
    (told,) = ikeur("compare", PLAIN, one, "--json").json["differences"]
    assert (told["expected"], told["actual"]) == ("12:00:00", "12:00:00.5")
    refused = ikeur("convert", one)
    assert (refused.code, refused.out) == (BROKEN, b"")
    assert "OUT-VALUE" in refused.told


# What is no other way to write the same: the schema says so, and no command calls it the same.
NOT_SAME = [
    ("an empty partner", NO_PARTNER,
     NO_PARTNER.replace(NAME, f"{NAME}<iwmo:Partnernaam/>"), "XML-STRUCTURE"),
    ("an empty address with a house", BY_POST,
     f"{BY_POST}<wmo301:Adres><iwmo:Huis/></wmo301:Adres>", "XML-STRUCTURE"),
    ("an unknown element", CLIENT, f"<iwmo:Titel/>{CLIENT}", "XML-STRUCTURE"),
    ("an attribute", CLIENT, '<iwmo:Voorletters taal="nl">AM<', "XML-ATTRIBUTE"),
    ("another kind of blank", TWELVE, "Toewijzingstijd>\xa012:00:00<", "XML-VALUE"),
    ("a point with no digit", TWELVE, "Toewijzingstijd>12:00:00.<", "XML-VALUE"),
    ("an empty date", "Einddatum>2017-06-15<", "Einddatum><", "XML-VALUE"),
    ("a day and a second", MIDNIGHT, "Toewijzingstijd>24:00:01<", "XML-VALUE"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"), [row[1:] for row in NOT_SAME], ids=[row[0] for row in NOT_SAME]
)
def test_what_the_schema_does_not_take_is_not_the_same(
    ikeur: Ikeur, tmp_path: Path, old: str, new: str, code: str
) -> None:
    path = tmp_path / "other.xml"
    path.write_bytes(TEXT.replace(old, new, 1).encode())
    assert [item["code"] for item in ikeur("validate", path, "--json").json[0]["findings"]] == [
        code
    ]
    for pair in ((PLAIN, path), (path, PLAIN), (path, GOLDEN / "WMO301.ei")):
        compared = ikeur("compare", "--json", *pair)
        assert compared.code == RED
        assert code in {item["code"] for item in compared.json["differences"]}
    assert ikeur("compare", path, path).code == PASS
    refused = ikeur("convert", path)
    assert (refused.code, refused.out) == (BROKEN, b"")
    assert code in refused.told
