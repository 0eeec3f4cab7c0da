"""A rule table with one cell changed is not loaded: the error names the file and the row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schemas.errors import TableError
from schemas.rules import rulebook as book
from schemas.rules.rule_rows import FOLDER

TR018 = '"at_least(Einddatum, Begindatum)"'
JUDGED = "judgements"


def broken(tmp_path: Path, table: str, old: str, new: str) -> tuple[TableError, str]:
    """The error of tables with one text changed, and the place of that text."""
    for path in FOLDER.glob("*.csv"):
        shutil.copy(path, tmp_path)
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TableError) as error:
        book.read(tmp_path)
    line = text.partition(old)[0].count("\n") + 1 + (len(old) - len(old.lstrip("\n")))
    return error.value, f"{table}.csv:{line}"


EXPRESSIONS = {
    "an operator that is not there": ("TABLE-OPERATOR", "not_before(Einddatum, Begindatum)"),
    "a function of Python": ("TABLE-OPERATOR", "eval(Einddatum)"),
    "an element that is not there": ("TABLE-PATH", "at_least(Einddatum, Startdatum)"),
    "an element of another message type": ("TABLE-PATH", "present(ReferentieAanbieder)"),
    "a class that is not above": ("TABLE-PATH", "at_least(Einddatum, Contact:Begindatum)"),
    "a class that is not below": ("TABLE-PATH", "any(Contact, present(Soort))"),
    "an element that 2.0 has no place for": ("TABLE-PATH", "present(ToewijzingNummer)"),
    "a date beside a text": ("TABLE-KIND", "at_least(Einddatum, RedenBeeindiging)"),
    "a date beside a number": ("TABLE-KIND", "equal(Einddatum, 3)"),
    "a text where a date must stand": ("TABLE-KIND", "at_least(years_later('1', 5), Einddatum)"),
    "an operator of yes and no around a value": ("TABLE-KIND", "not(Einddatum)"),
    "a comparison as a value": ("TABLE-KIND", "present(equal(Einddatum, Begindatum))"),
    "an expression that is no yes or no": ("TABLE-KIND", "years_later(Einddatum, 5)"),
    "a number that is not written out": (
        "TABLE-KIND",
        "at_least(years_later(Einddatum, BeschikkingNummer), Begindatum)",
    ),
    "too few arguments": ("TABLE-KIND", "at_least(Einddatum)"),
    "too many arguments": ("TABLE-KIND", "at_least(Einddatum, Begindatum, Begindatum)"),
    "no arguments": ("TABLE-KIND", "present()"),
    "a date that does not exist": ("TABLE-KIND", "at_least(Einddatum, day('2017-02-30'))"),
    "a pattern that is none": ("TABLE-PATTERN", "matches(RedenBeeindiging, '[0-9')"),
    "a register that is not there": ("TABLE-REGISTER", "known('stopped', Client:Bsn)"),
    "a bracket too few": ("TABLE-SYNTAX", "at_least(Einddatum, Begindatum"),
    "a bracket too many": ("TABLE-SYNTAX", "at_least(Einddatum, Begindatum))"),
    "a comma in the wrong place": ("TABLE-SYNTAX", "at_least(, Einddatum)"),
    "a character that means nothing": ("TABLE-SYNTAX", "Einddatum >= Begindatum"),
    "nothing": ("TABLE-SYNTAX", ""),
    "an expression that is too deep": (
        "TABLE-SYNTAX", "not(" * 500 + "present(Einddatum)" + ")" * 500,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", EXPRESSIONS)
def test_an_expression_that_means_nothing_is_refused_at_its_row(tmp_path: Path, what: str) -> None:
    code, expression = EXPRESSIONS[what]
    error, where = broken(tmp_path, JUDGED, TR018, f'"{expression}"')
    assert (error.code, error.where) == (code, where)


STOPPED = "running starts,date,307,2.0 2.1,StopProduct,\"equal(StatusAanlevering, '1')"
CELLS = {
    "a rule that is not there": ("TABLE-RULE", JUDGED, "\nTR018,", "\nTR999,"),
    "a rule that nothing judges": ("TABLE-RULE", JUDGED, "\nTR018,", "\nTR374,"),
    "a message type that is not there": ("TABLE-RULE", JUDGED, "TR018,307,", "TR018,317,"),
    "a release that is not there": (
        "TABLE-RULE", JUDGED, "TR018,307,2.0 2.1,", "TR018,307,2.0 2.2,",
    ),
    "a class that is not there": (
        "TABLE-PATH", JUDGED, "TR018,307,2.0 2.1,StopProduct,", "TR018,307,2.0 2.1,StartProduct,",
    ),
    "an element to point at that is not there": (
        "TABLE-PATH", JUDGED, "StopProduct,Einddatum,", "StopProduct,Eind,",
    ),
    "an expected element that is not there": (
        "TABLE-PATH", JUDGED, "Einddatum,{Begindatum} or later", "Einddatum,{Begin} or later",
    ),
    "a rule that stands twice": ("TABLE-RULE", "rules", "\nTR006,", "\nTR002,"),
    "an unknown level": ("TABLE-RULE", "rules", "TR018,,in-message,", "TR018,,in-massage,"),
    "an unknown judge": ("TABLE-RULE", "rules", "TR018,,in-message,rule,", "TR018,,in-message,us,"),
    "a rule that is judged nowhere": (
        "TABLE-RULE", "rules", "TR374,,cross-message,nothing,", "TR374,,cross-message,rule,",
    ),
    "an evidence that is none": ("TABLE-EVIDENCE", "rules", "9018,9018,A,A", "9018,9018,A,E"),
    "a return code that the release lacks": (
        "TABLE-CODE", "rules", "9018,9018,A,A", "9118,9018,A,A",
    ),
    "a return code that its rule does not have": (
        "TABLE-CODE", JUDGED, ",bsn(BSN),0435|0399,", ",bsn(BSN),0435|0803,",
    ),
    "a rank that is no number": ("TABLE-NUMBER", "dates", "Dagtekening,3", "Dagtekening,start"),
    "a finding that is not there": ("TABLE-RULE", "rules", "8187,,D,D,EI-KEY", "8187,,D,D,EI-KEYS"),
    "no reason why nothing judges it": (
        "TABLE-RULE", "rules", "No message says when a request is closed.", "",
    ),
    "a register that holds two kinds": (
        "TABLE-KIND", "registers", STOPPED, STOPPED.replace(",date,", ",text,"),
    ),
    "a value of another kind than the register": (
        "TABLE-KIND", "registers", "least,Ingangsdatum,,here", "least,Product/Code,,here",
    ),
    "an unknown way to enter": (
        "TABLE-RULE", "registers", "least,Ingangsdatum,,here", "lowest,Ingangsdatum,,here",
    ),
    "a date that is no element": ("TABLE-PATH", "dates", "303,Header/", "303,Hoofd/"),
}  # fmt: skip


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_contradicts_another_is_refused_at_its_row(tmp_path: Path, what: str) -> None:
    code, table, old, new = CELLS[what]
    error, where = broken(tmp_path, table, old, new)
    assert (error.code, error.where) == (code, where)


def test_a_table_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError) as error:
        book.read(tmp_path)
    assert error.value.code == "TABLE-MISSING"
