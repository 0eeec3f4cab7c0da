"""What ikeur says of findings and errors is there in Dutch, and nothing else is translated."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from reports.shared.said import CHECK, PLACE, RETURN_CODE, said, table
from reports.shared.texts import texts
from schemas.facts.error_codes import error_codes
from schemas.facts.finding_codes import finding_codes
from schemas.facts.return_codes import return_codes
from schemas.facts.table_rows import rows
from tests.paths import ROOT
from tests.reports.shared.said_in_code import VALUE, said_in

DUTCH = texts("nl")
# Several words, at least two of which are no name.
WORDS = re.compile(r"\b[a-z]{2,}\b.* .*\b[a-z]{2,}\b", re.DOTALL)
# Texts that are no words to people: a command to run.
OTHERS = {f"{VALUE} --messages {VALUE} --sizes {VALUE}"}
RULES = ROOT / "schemas" / "rules"


def parts_of(text: str) -> list[tuple[str, str | None]]:
    return [(literal, name) for literal, name, _, _ in Formatter().parse(text)]


PHRASES = [
    re.compile(
        "".join(re.escape(text) + (".+?" if name else "") for text, name in parts_of(row[1]))
    )
    for row in table("nl")
]
STARTS = tuple(f"{row[1].partition(':')[0]}" for row in table("nl") if ": {" in row[1])


def is_known(text: str) -> bool:
    """Whether a phrase has these words; a value before them may be a question of its own."""
    both = (text, text.removeprefix(VALUE))
    return any(phrase.fullmatch(item) for phrase in PHRASES for item in both)


@pytest.mark.parametrize("room", ["schemas", "generators", "reports", "harness"])
def test_the_words_of_each_finding_and_error_are_in_the_table(room: str) -> None:
    read = {text for path in (ROOT / room).rglob("*.py") for text in said_in(path)}
    words = {text for text in read if WORDS.search(text)} - OTHERS
    unknown = [
        text
        for text in words
        if not is_known(text) and text not in STARTS
        if not all(is_known(part) for part in text.split("; ") if WORDS.search(part))
    ]
    assert len(words) > (1 if room == "generators" else 8)
    assert sorted(unknown) == []


def test_what_a_rule_expects_is_in_the_table() -> None:
    known = {row[1] for row in table("nl") if "RULE" in row[0].split()}
    shapes = {re.sub(r"\{.*?\}", "{}", text) for text in known}
    texts_of_rules = {row["expected"] for row in rows("judgements", RULES)}
    wanted = {re.sub(r"\{.*?\}", "{}", text) for text in texts_of_rules if not text.isupper()}
    assert len(wanted) > 50
    assert {re.sub(r"\d+(?= years)", "{}", text) for text in wanted} - shapes == set()


def test_the_label_of_each_return_code_without_an_official_text_is_in_the_table() -> None:
    labels = {code.about for code in return_codes().values() if code.about}
    assert len(labels) > 50
    assert [text for text in labels if said(RETURN_CODE, text, DUTCH) == text] == [
        text for text in labels if text.startswith("constraint ")
    ]


def test_each_phrase_has_the_same_values_in_both_languages() -> None:
    for _, english, dutch in table("nl"):
        names = [sorted(name for _, name in parts_of(text) if name) for text in (english, dutch)]
        assert names[0] == names[1], english


@pytest.mark.parametrize(
    ("code", "english", "dutch"),
    [
        ("SUT-ACCEPTED", "a refusal", "een weigering"),
        ("EI-GROUP", "a value, as TELEFOON has one", "een waarde, want TELEFOON heeft er een"),
        ("XML-STRUCTURE", "Naam or Straat or Huis", "Naam of Straat of Huis"),
        ("RULE", "2017-06-01 or later", "2017-06-01 of later"),
        (
            "EI-ORDER",
            "'record 02' where the first record only was expected",
            "'record 02'; verwacht: alleen als eerste record",
        ),
        (
            "SUT-CRASH",
            "ended with exit code 1, without an answer; kapot; did it alone in a fresh process",
            "gestopt met exitcode 1, zonder antwoord; kapot; "
            "los en in een nieuw proces wel beantwoord",
        ),
        ("SUT-TIMEOUT", "no answer in 0.5 s", "geen antwoord binnen 0,5 s"),
        (
            "SUT-CRASH",
            f"ended with signal 9; {'kapot ' * 300}",
            f"gestopt door signaal 9; {'kapot ' * 300}",
        ),
        ("USE-SUITE", "did you mean rules? choose from a, b", "bedoelde u rules? kies uit a, b"),
    ],
)
def test_words_of_ikeur_are_translated(code: str, english: str, dutch: str) -> None:
    assert said(code, english, DUTCH) == dutch
    assert said(code, english, texts("en")) == english


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # Values of messages.
        ("FIELD-CHANGED", "a refusal"),
        ("FIELD-LOST", "absent"),
        ("RETOUR-HEADER", "this or that"),
        # What software says when it refuses.
        ("SUT-REFUSED", "no answer in 3 s"),
        ("SUT-CRASH", "the database is gone away"),
        # As long as what a hostile message may hold.
        ("RULE", f"{'x' * 3000} or later"),
    ],
)
def test_values_and_words_of_the_software_stay_as_they_are(code: str, text: str) -> None:
    assert said(code, text, DUTCH) == text


def test_each_code_of_the_table_is_one_or_stands_for_a_family() -> None:
    known = {*finding_codes(), *error_codes(), PLACE, RETURN_CODE, CHECK}
    families = {f"{code.partition('-')[0]}-*" for code in known}
    codes = {code for row in table("nl") for code in row[0].split()}
    assert codes - known - families == set()
