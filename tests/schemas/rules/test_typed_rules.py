"""The rules held against a transcript of the lists that they are from.

What the rules of 3.2 say of place, level and code is held in `test_published_rules.py`.
"""

from __future__ import annotations

from typing import TypeVar

from schemas.rules.rule_rows import FOLDER
from tests.schemas.rules.published_places import table
from tests.schemas.rules.typed_rules import (
    BY_PREFIX,
    CODES,
    CODES_20,
    DATES,
    EXTERNAL,
    GRADES_20,
    GRADES_21,
    IN_MESSAGE,
    JUDGED_CODES,
    JUDGED_OTHERWISE,
    MESSAGES,
    NAMED,
    REGISTERED_WHEN,
    REGISTERS,
    TESTED_BY,
)

RULES = table(FOLDER / "rules.csv")
JUDGED = table(FOLDER / "judgements.csv")
T = TypeVar("T")


def _by_rule(lists: dict[str, str]) -> dict[str, str]:
    return {rule: name for name, rules in lists.items() for rule in rules.split()}


def _levels() -> dict[str, str]:
    known = _by_rule({"in-message": IN_MESSAGE, "external": EXTERNAL})
    prefixes = BY_PREFIX | {"TR": "cross-message"}
    return {row["rule"]: known.get(row["rule"], prefixes[row["rule"][:2]]) for row in RULES}


def test_a_rule_is_as_sure_as_its_list() -> None:
    grades = _by_rule(GRADES_21)
    assert {row["rule"]: row["evidence_21"] for row in RULES} == grades
    assert {row["rule"]: row["evidence_20"] for row in RULES} == grades | _by_rule(GRADES_20)


def test_a_rule_has_the_level_and_the_judge_that_are_typed() -> None:
    assert {row["rule"]: row["level"] for row in RULES} == _levels()
    judged = _by_rule(TESTED_BY)
    for row in RULES:
        assert row["tested_by"] == judged.get(row["rule"], "rule"), row["rule"]


def test_a_rule_is_of_the_messages_of_its_list() -> None:
    assert {row["rule"]: row["messages"] for row in RULES} == _by_rule(MESSAGES)


def _codes(rule: str) -> tuple[str, str]:
    """The typed codes of a rule in both releases."""
    if rule in CODES:
        return CODES[rule]
    if rule not in NAMED.split():
        return "", ""
    own = {"TR": "9", "CD": "D", "CS": "S"}[rule[:2]] + rule[2:]
    return (own if own[0] == "9" else CODES_20.get(rule, "")), own


def test_a_rule_has_the_return_codes_of_the_lists() -> None:
    for row in RULES:
        found = tuple(row[f"retour_{part}"].replace("|", " ") for part in ("20", "21"))
        assert found == _codes(row["rule"]), row["rule"]


def _cells(row: dict[str, str]) -> set[str]:
    """What a judgement can be told by: its cells, the end of its words, and how it compares."""
    operator = row["expression"].partition("(")[0]
    places = {f"{row[column]}: {operator}" for column in ("at", "element")}
    return {*row.values(), *places, row["expected"].partition("has ")[2]}


def _typed(row: dict[str, str], typed: dict[tuple[str, str], T], otherwise: T) -> T:
    found = [typed[row["rule"], cell] for cell in _cells(row) if (row["rule"], cell) in typed]
    assert len(found) < 2, row
    return found[0] if found else otherwise


def test_a_judgement_is_as_sure_as_its_rule_but_where_typed() -> None:
    grades = _by_rule(GRADES_21)
    for row in JUDGED:
        assert row["evidence"] == _typed(row, JUDGED_OTHERWISE, grades[row["rule"]]), row
    # The text of 8222 is about the begin of a line.
    assert {row["rule"]: row["evidence_retour"] for row in JUDGED if row["evidence_retour"]} == {
        "TR335": "D"
    }


def test_a_judgement_has_the_codes_of_its_rule_but_where_typed() -> None:
    for row in JUDGED:
        found = (row["retour_20"], row["retour_21"])
        assert found == _typed(row, JUDGED_CODES, ("", "")), row


def test_a_message_is_dated_and_sent_in_the_typed_order() -> None:
    found = [(row["messages"], row["element"], row["rank"]) for row in table(FOLDER / "dates.csv")]
    assert found == DATES


def test_a_register_keeps_what_is_typed() -> None:
    found = [
        f"{row['register']}: {row['messages']}, {row['action']}, {row['from']}"
        for row in table(FOLDER / "registers.csv")
    ]
    assert found == REGISTERS.strip().splitlines()


def test_a_register_takes_what_has_the_typed_status() -> None:
    found = {
        f"{row['register']}: {row['messages']}, {row['action']}": row["when"]
        for row in table(FOLDER / "registers.csv")
        if "StatusAanlevering" in row["when"]
    }
    assert found == REGISTERED_WHEN
