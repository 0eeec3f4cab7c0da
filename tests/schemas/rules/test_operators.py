"""What each operator gives, and that whatever a message holds, nothing goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read
from schemas.rules.compile import compile_expression
from schemas.rules.element_refs import Chain
from schemas.rules.evaluate import RuleJudge
from schemas.rules.expression import parse
from schemas.rules.operators.registry import OPERATORS
from schemas.rules.placements import placements
from schemas.rules.registers.history import Entry, History, Sent, State
from schemas.rules.scope import CompileCache, Scope
from tests.paths import DOCS, GOLDEN
from tests.schemas.rules.edited import ei, xml

PAGE = DOCS / "rules.md"
RELEASES = ("2.0", "2.1")
REGISTERS = {"begins": "date", "counts": "number"}


def message(name: str, release: str) -> Chain:
    reading = read(ei(name, {}) if release == "2.0" else xml(name, {}), release)
    assert not reading.faults
    assert reading.root
    return (reading.root,)


def at(name: str, where: str, release: str, places: tuple[int, ...]) -> tuple[Scope, Chain]:
    """A class of a golden message: its scope, and the way down by places among children."""
    chain = message(name, release)
    for place in places:
        chain = (*chain, chain[-1].children[place])
    found = next(item for item in placements(name) if item.named(where))
    assert [node.record for node in chain] == list(found.records)
    return Scope(catalogue().one(name), release, found, "test", CompileCache(REGISTERS)), chain


def gives(
    text: str, release: str, name: str, where: str, *places: int, history: History | None = None
) -> Any:
    scope, chain = at(name, where, release, places)
    state = State(history or History())
    return compile_expression(parse(text, "test"), scope).run(chain, state)


# The first stop of the golden message: from 1 March 2016 to 30 April 2017, assigned from 29
# February 2016; of category 01, code 01A02, decision 425386777, without an assignment number.
LACKING = "said(ToewijzingNummer)"
ON_A_STOP: Mapping[str, Any] = {
    "present(Einddatum)": True,
    "present(Einddatum, Begindatum)": True,
    f"present(Einddatum, {LACKING})": False,
    f"absent({LACKING})": True,
    f"absent({LACKING}, Einddatum)": False,
    "not(present(Einddatum))": False,
    f"not(equal({LACKING}, 1))": None,
    "and(present(Einddatum), equal(Product/Categorie, '01'))": True,
    f"and(present(Einddatum), equal({LACKING}, 1))": None,
    f"and(equal({LACKING}, 1), absent(Einddatum))": False,
    f"or(equal({LACKING}, 1), present(Einddatum))": True,
    f"or(equal({LACKING}, 1), absent(Einddatum))": None,
    "or(absent(Einddatum), absent(Begindatum))": False,
    "if(present(Einddatum), equal(Product/Categorie, '02'))": False,
    "if(absent(Einddatum), equal(Product/Categorie, '02'))": None,
    f"if(equal({LACKING}, 1), equal(Product/Categorie, '02'))": None,
    f"both(present(Einddatum), present({LACKING}))": False,
    "both(present(Einddatum), present(Begindatum))": True,
    f"both(present(Einddatum), equal({LACKING}, 1))": None,
    "in(Product/Categorie, '02', '01')": True,
    "in(Product/Categorie, '02', '03')": False,
    "matches(Product/Code, '[0-9]{2}[A-Z][0-9]{2}')": True,
    "matches(Product/Code, '[0-9]{2}')": False,
    "bsn(Client:Bsn)": True,
    "bsn(Product/Categorie)": False,
    # Bussum was a municipality up to 2015, Berg en Dal from 2016 on; the list begins in 2015.
    "listed('municipalities', '0381')": True,
    "listed('municipalities', '0386')": False,
    "listed('municipalities', Header/Ontvanger)": True,
    "listed_on('municipalities', '0381', day('2015-12-31'))": True,
    "listed_on('municipalities', '0381', day('2016-01-01'))": False,
    "listed_on('municipalities', '1945', day('2015-12-31'))": False,
    "listed_on('municipalities', '1945', Begindatum)": True,
    "listed_on('municipalities', '0386', Begindatum)": False,
    "listed_on('municipalities', '0381', day('2014-12-31'))": None,
    "listed_on('municipalities', '0381', day('2020-01-01'))": None,
    "listed_on('municipalities', '0384', day('2019-12-31'))": True,
    "listed_on('municipalities', '0384', years_later(Einddatum, 9000))": None,
    "btw('NL004495445B01')": True,
    "btw('NL004495446B01')": False,
    "equal(BeschikkingNummer, 425386777)": True,
    "differ(BeschikkingNummer, 425386777)": False,
    "less(Begindatum, Einddatum)": True,
    "less(Begindatum, Begindatum)": False,
    "at_most(Begindatum, Begindatum)": True,
    "more(Einddatum, Begindatum)": True,
    "at_least(Begindatum, Einddatum)": False,
    f"less({LACKING}, 3)": None,
    "add(BeschikkingNummer, 3)": 425386780,
    "subtract(3, 5)": -2,
    "multiply(3, 5)": 15,
    "divide(17, 5)": 3,
    "divide(17, 0)": None,
    f"divide(17, {LACKING})": None,
    "difference(3, 5)": 2,
    "signed(3, 'C')": -3,
    "signed(3, 'D')": 3,
    f"signed({LACKING}, 'C')": None,
    f"first({LACKING}, BeschikkingNummer, 3)": 425386777,
    f"first({LACKING}, {LACKING})": None,
    "only(present(Einddatum), Product/Code)": "01A02",
    "only(absent(Einddatum), Product/Code)": None,
    "start(Product/Code, 2)": "01",
    f"together(Product/Categorie, {LACKING}, Product/Code)": "01||01A02",
    "message()": "WMO307",
    "law()": "iwmo",
    "equal(Einddatum, day('2017-04-30'))": True,
    "written(Einddatum)": "2017-04-30",
    "written(days_later(Begindatum, -1))": "2016-02-29",
    "written(months_later(ToewijzingIngangsdatum, 12))": "2017-02-28",
    "written(months_later(Einddatum, -2))": "2017-02-28",
    "written(years_later(ToewijzingIngangsdatum, 4))": "2020-02-29",
    "years_later(Einddatum, 9000)": None,
    "written(years_later(Einddatum, -3000))": None,
    "days_between(Begindatum, Einddatum)": 425,
    "equal(Header/BerichtIdentificatie/Identificatie, 'STOP-1')": True,
    "unique(Client, Product/Code)": True,
    f"unique(Client, {LACKING})": None,
    f"apart(Client, Begindatum, Einddatum, {LACKING})": True,
    "known('begins', Product/Code)": True,
    "known('begins', Product/Categorie)": False,
    "written(last('begins', Product/Code))": "2016-03-01",
    "last('counts', Product/Code)": None,
    "moment(Einddatum, '12:30:05')": "2017-04-30T123005",
    "moment(Einddatum, '123005')": "2017-04-30T123005",
    "moment(Einddatum, '12:30:05.000')": "2017-04-30T123005",
}


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("text", ON_A_STOP)
def test_an_operator_gives_what_it_says(text: str, release: str) -> None:
    history = History()
    # A register holds a date as 2.1 writes it, whatever the release of the message.
    item = Entry(Sent("WMO305", "2.1"), value="2016-03-01")
    history.register("begins").enter(("01A02",), item)
    assert gives(text, release, "WMO307", "StopProduct", 0, 0, history=history) == ON_A_STOP[text]


LINE = "IngediendeBedragPrestatie/DeclaratieFactuurBedrag"
# The golden declaration: of the first client a debit and a credit line, of the second three debit.
ON_A_DECLARATION = {
    f"sum(Prestatie, {LINE}/Bedrag)": 29400 + 24000 + 37125 + 1250,
    "sum(Prestatie, IngediendeBedragPrestatie/ProductTarief)": 2450 + 2400 + 4125,
    f"count(Prestatie, equal({LINE}/DebetCredit, 'D'))": 4,
    "count(Client, present(Bsn))": 2,
    f"each(Prestatie, present({LINE}/Bedrag))": True,
    f"each(Prestatie, equal({LINE}/DebetCredit, 'D'))": False,
    "each(Prestatie, equal(IngediendeBedragPrestatie/BtwPercentage, 0))": True,
    f"any(Prestatie, equal({LINE}/DebetCredit, 'C'))": True,
    f"any(Prestatie, equal({LINE}/Bedrag, 1))": False,
    "any(Client, any(Prestatie, equal(ProductCode, '08A01')))": True,
    "among('07A03', Prestatie, ProductCode)": True,
    "among('07A04', Prestatie, ProductCode)": False,
    f"among('07A03', Prestatie, only(equal({LINE}/DebetCredit, 'C'), ProductCode))": False,
}


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("text", ON_A_DECLARATION)
def test_an_operator_over_classes_gives_what_it_says(text: str, release: str) -> None:
    assert gives(text, release, "WMO303", "Bericht") == ON_A_DECLARATION[text]


def asked(text: str, release: str, name: str, where: str, *ways: tuple[int, ...]) -> list[Any]:
    """What an expression gives at several classes of one message, in order."""
    scope, chain = at(name, where, release, ways[0])
    run, state, found = compile_expression(parse(text, "test"), scope).run, State(History()), []
    for way in ways:
        below = chain[:1]
        for place in way:
            below = (*below, below[-1].children[place])
        found.append(run(below, state))
    return found


@pytest.mark.parametrize("release", RELEASES)
def test_unique_and_apart_look_at_the_classes_before_within_their_owner(release: str) -> None:
    # Lines of 1 to 30 April, 1 to 31 March | 1 to 30 April, 10 April, 14 to 28 April.
    lines = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2))
    if release == "2.1":
        assert len(message("WMO303", "2.1")[0].children) == 2
    period = "ProductPeriode/Begindatum, ProductPeriode/Einddatum"

    def told(text: str) -> list[Any]:
        return asked(text, release, "WMO303", "Prestatie", *lines)

    assert told(f"unique(Bericht, {period})") == [True, True, False, True, True]
    assert told(f"unique(Client, {period})") == [True, True, True, True, True]
    assert told(f"apart(Bericht, {period}, law())") == [True, True, False, False, False]
    assert told(f"apart(Bericht, {period}, Client:Bsn)") == [True, True, True, False, False]
    assert told("unique(Client, ProductCategorie)") == [True, False, True, True, True]


def test_every_operator_is_on_the_page_of_rules() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(OPERATORS) > 30
    assert [item.usage for item in OPERATORS.values() if f"`{item.usage}`" not in page] == []


ODD = ("", "0", "x", "٣", "99999999", "00000000", "9" * 400, "2017-02-30", "-1", "C")


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda path: path.stem)
def test_whatever_a_message_holds_or_lacks_judging_it_does_not_fail(
    path: Path, release: str
) -> None:
    name, judge = path.stem, RuleJudge()
    (root,) = message(name, release)
    kind = catalogue().one(name)
    judge.broken(kind, root, release)
    for node in list(root.walk()):
        for key, value in list(node.values.items()):
            for odd in ODD:
                node.values[key] = odd
                judge.broken(kind, root, release)
            del node.values[key]
            judge.broken(kind, root, release)
            node.values[key] = value
        kept, node.children = node.children, []
        judge.broken(kind, root, release)
        node.children = kept
