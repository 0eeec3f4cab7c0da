"""Loads the rule tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.rules.element_refs import DATE, NUMBER, TEXT
from schemas.rules.expression import Call, parse
from schemas.rules.rule_rows import FOLDER, RELEASES, RULE, Rule, grade, load_rules, one_of
from schemas.rules.table_rows import (
    ACTIONS,
    FIRST,
    HERE,
    NEXT,
    DateRow,
    EntryRow,
    Judgement,
    RuleTables,
)

# Overrides the return codes of the rule with none.
_NONE = "-"


def _retour_of(row: tables.Row, rule: Rule) -> dict[str, str]:
    """Return the codes of a judgement by release: all, some or none (`-`) of those of its rule."""
    found = {}
    for release, column in (("2.0", "retour_20"), ("2.1", "retour_21")):
        known, named = rule.retour[release], row[column].removeprefix(_NONE)
        if not set(filter(None, named.split("|"))) <= set(known.split("|")):
            raise TableError("TABLE-CODE", f"{rule.name} has not {named} in {release}", row.where)
        found[release] = named if row[column] else known
    return found


def messages_of(row: tables.Row) -> tuple[MessageType, ...]:
    """Parse the message types of a cell: `WMO301`, or `301` for that number in both standards.

    Raises TableError for an unknown type.
    """
    known = catalogue().messages
    found = []
    for word in row["messages"].split():
        named = [known[name] for name in (f"WMO{word}", f"JW{word}", word) if name in known]
        if not named:
            raise TableError("TABLE-RULE", f"no message type {word}", row.where)
        found += named
    return tuple(found)


def releases_of(row: tables.Row) -> tuple[str, ...]:
    """Parse the releases of a cell; raises TableError for an unknown one."""
    found = tuple(row["releases"].split())
    if not found or not set(found) <= set(RELEASES):
        raise TableError("TABLE-RULE", f"unknown release {row['releases']!r}", row.where)
    return found


def _judgement(row: tables.Row, rules: Mapping[str, Rule]) -> Judgement:
    rule = rules.get(row["rule"])
    if rule is None or rule.tested_by != RULE:
        what = f"no rule {row['rule']}" if rule is None else f"{rule.name} is not tested by rule"
        raise TableError("TABLE-RULE", what, row.where)
    return Judgement(
        rule=rule,
        messages=messages_of(row),
        releases=releases_of(row),
        at=row["at"],
        element=row["element"],
        expected=row["expected"],
        expression=parse(row["expression"], row.where),
        retour=_retour_of(row, rule),
        evidence=row.evidence,
        evidence_retour=grade(row, "evidence_retour") if row["evidence_retour"] else "A",
        where=row.where,
    )


def _entry(row: tables.Row) -> EntryRow:
    key = parse(f"key({row['key']})", row.where)
    assert isinstance(key, Call)
    return EntryRow(
        register=row["register"],
        kind=one_of(row, "kind", (TEXT, NUMBER, DATE)),
        messages=messages_of(row),
        releases=releases_of(row),
        at=row["at"],
        when=parse(row["when"], row.where) if row["when"] else None,
        key=key.arguments,
        action=one_of(row, "action", ACTIONS),
        value=parse(row["value"], row.where) if row["value"] else None,
        by=parse(row["by"], row.where) if row["by"] else None,
        counts_from=one_of(row, "from", (FIRST, HERE, NEXT)),
        where=row.where,
    )


def load(folder: Path = FOLDER) -> RuleTables:
    """Load the rule tables of a folder; raises TableError with file and row."""
    rules = load_rules(folder)
    judgements = tuple(_judgement(row, rules) for row in tables.rows("judgements", folder))
    judged = {item.rule.name for item in judgements}
    for rule in rules.values():
        if rule.tested_by == RULE and rule.name not in judged:
            raise TableError("TABLE-RULE", f"{rule.name} is judged nowhere", rule.where)
    dates = (
        DateRow(messages_of(row), row["element"], row.number("rank"), row.where)
        for row in tables.rows("dates", folder)
    )
    return RuleTables(rules, judgements, tuple(_entries(folder)), tuple(dates))


def _entries(folder: Path) -> Iterator[EntryRow]:
    kinds: dict[str, str] = {}
    for row in tables.rows("registers", folder):
        entry = _entry(row)
        if kinds.setdefault(entry.register, entry.kind) != entry.kind:
            raise TableError(
                "TABLE-KIND", f"{entry.register} holds a {kinds[entry.register]}", row.where
            )
        yield entry


@cache
def own_tables() -> RuleTables:
    """Return ikeur's own rule tables, loaded once."""
    return load()
