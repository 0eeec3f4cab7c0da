"""Loads the rule tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.rules.element_refs import DATE, NUMBER, TEXT
from schemas.rules.expression import Call, parse
from schemas.rules.table_rows import (
    ACTIONS,
    FIRST,
    HERE,
    LEVELS,
    NEXT,
    NOTHING,
    RELEASES,
    RULE,
    SCHEMA,
    TESTED_BY,
    DateRow,
    EntryRow,
    Judgement,
    Rule,
    RuleTables,
)

FOLDER = Path(__file__).parent
# Overrides the return codes of the rule with none.
_NONE = "-"


def _one_of(row: tables.Row, column: str, known: tuple[str, ...]) -> str:
    if row[column] not in known:
        raise TableError("TABLE-RULE", f"unknown {column} {row[column]!r}", row.where)
    return row[column]


def _grade(row: tables.Row, column: str) -> str:
    if row[column] not in tables.GRADES or len(row[column]) != 1:
        raise TableError("TABLE-EVIDENCE", f"{column} is {row[column]!r}, not A to D", row.where)
    return row[column]


def _retour(row: tables.Row) -> dict[str, str]:
    """Return the return codes by release, each checked against the code list of that release."""
    found = {"2.0": row["retour_20"], "2.1": row["retour_21"]}
    for release, codes in found.items():
        for code in filter(None, codes.split("|")):
            if code not in _listed(release):
                raise TableError("TABLE-CODE", f"no return code {code} in {release}", row.where)
    return found


def _retour_of(row: tables.Row, rule: Rule) -> dict[str, str]:
    """Return the codes of a judgement by release: all, some or none (`-`) of those of its rule."""
    found = {}
    for release, column in (("2.0", "retour_20"), ("2.1", "retour_21")):
        known, named = rule.retour[release], row[column].removeprefix(_NONE)
        if not set(filter(None, named.split("|"))) <= set(known.split("|")):
            raise TableError("TABLE-CODE", f"{rule.name} has not {named} in {release}", row.where)
        found[release] = named if row[column] else known
    return found


@cache
def _listed(release: str) -> frozenset[str]:
    message = catalogue().one("WMO302")
    names = (leaf.type.codelist for leaf in message.elements.values() if leaf.type)
    listed = next(found for found in names if found and found.name == "RetourCode")
    return frozenset(listed.valid(release))


def _rule(row: tables.Row) -> Rule:
    findings = tuple(row["findings"].split())
    for code in findings:
        if code not in finding_codes():
            raise TableError("TABLE-RULE", f"no finding {code}", row.where)
    tested_by = _one_of(row, "tested_by", TESTED_BY)
    reason = row.in_languages("because")
    if (tested_by == SCHEMA) != bool(findings) or (
        tested_by == NOTHING and not all(reason.values())
    ):
        raise TableError("TABLE-RULE", "neither tested nor a reason why not", row.where)
    return Rule(
        name=row["rule"],
        also=tuple(row["also"].split()),
        level=_one_of(row, "level", LEVELS),
        messages=row["messages"],
        meaning=row.in_languages("meaning"),
        retour=_retour(row),
        evidence={"2.0": _grade(row, "evidence_20"), "2.1": _grade(row, "evidence_21")},
        tested_by=tested_by,
        findings=findings,
        because=reason,
        where=row.where,
    )


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
        evidence_retour=_grade(row, "evidence_retour") if row["evidence_retour"] else "A",
        where=row.where,
    )


def _entry(row: tables.Row) -> EntryRow:
    key = parse(f"key({row['key']})", row.where)
    assert isinstance(key, Call)
    return EntryRow(
        register=row["register"],
        kind=_one_of(row, "kind", (TEXT, NUMBER, DATE)),
        messages=messages_of(row),
        releases=releases_of(row),
        at=row["at"],
        when=parse(row["when"], row.where) if row["when"] else None,
        key=key.arguments,
        action=_one_of(row, "action", ACTIONS),
        value=parse(row["value"], row.where) if row["value"] else None,
        by=parse(row["by"], row.where) if row["by"] else None,
        counts_from=_one_of(row, "from", (FIRST, HERE, NEXT)),
        where=row.where,
    )


def load(folder: Path = FOLDER) -> RuleTables:
    """Load the rule tables of a folder; raises TableError with file and row."""
    rules: dict[str, Rule] = {}
    for row in tables.rows("rules", folder):
        if row["rule"] in rules:
            raise TableError("TABLE-RULE", f"{row['rule']} stands twice", row.where)
        rules[row["rule"]] = _rule(row)
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
