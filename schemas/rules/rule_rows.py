"""The rules of the table: what each requires, and what tests it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import codelists
from schemas.facts import table_rows as tables
from schemas.facts.finding_codes import finding_codes

FOLDER = Path(__file__).parent
RELEASES = ("2.0", "2.1")
LEVELS = ("in-message", "condition", "constraint", "cross-message", "external", "schema")
RULE, SCHEMA, NOTHING = "rule", "schema", "nothing"
TESTED_BY = (RULE, SCHEMA, NOTHING)


@dataclass(frozen=True)
class Rule:
    """A business rule.

    `meaning` and `because` are by language. `retour` (return codes, `|` between alternatives) and
    `evidence` (A to D) are by release. `where` is the table row, as `FILE:LINE`.
    """

    name: str
    also: tuple[str, ...]
    level: str
    messages: str
    meaning: Mapping[str, str]
    retour: Mapping[str, str]
    evidence: Mapping[str, str]
    tested_by: str
    findings: tuple[str, ...]
    because: Mapping[str, str]
    where: str


def one_of(row: tables.Row, column: str, known: tuple[str, ...]) -> str:
    """Return a cell that must be one of the `known` texts; raises TableError."""
    if row[column] not in known:
        raise TableError("TABLE-RULE", f"unknown {column} {row[column]!r}", row.where)
    return row[column]


def grade(row: tables.Row, column: str) -> str:
    """Return an evidence grade of a rule, A to D; raises TableError."""
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


@cache
def _listed(release: str) -> frozenset[str]:
    return frozenset(codelists.load("iwmo")["RetourCode"].valid(release))


def _rule(row: tables.Row) -> Rule:
    findings = tuple(row["findings"].split())
    for code in findings:
        if code not in finding_codes():
            raise TableError("TABLE-RULE", f"no finding {code}", row.where)
    tested_by = one_of(row, "tested_by", TESTED_BY)
    reason = row.in_languages("because")
    if (tested_by == SCHEMA) != bool(findings) or (
        tested_by == NOTHING and not all(reason.values())
    ):
        raise TableError("TABLE-RULE", "neither tested nor a reason why not", row.where)
    return Rule(
        name=row["rule"],
        also=tuple(row["also"].split()),
        level=one_of(row, "level", LEVELS),
        messages=row["messages"],
        meaning=row.in_languages("meaning"),
        retour=_retour(row),
        evidence={"2.0": grade(row, "evidence_20"), "2.1": grade(row, "evidence_21")},
        tested_by=tested_by,
        findings=findings,
        because=reason,
        where=row.where,
    )


def load_rules(folder: Path = FOLDER) -> dict[str, Rule]:
    """Load the rules of a folder by name; raises TableError with file and row."""
    rules: dict[str, Rule] = {}
    for row in tables.rows("rules", folder):
        if row["rule"] in rules:
            raise TableError("TABLE-RULE", f"{row['rule']} stands twice", row.where)
        rules[row["rule"]] = _rule(row)
    return rules


@cache
def own_rules() -> Mapping[str, Rule]:
    """Return ikeur's own rules by name, loaded once; they have no judgements."""
    return load_rules()


@cache
def judged_in() -> Mapping[str, tuple[str, ...]]:
    """Return by rule the releases in which ikeur's own judgements judge it."""
    found: dict[str, set[str]] = {}
    for row in tables.rows("judgements", FOLDER):
        found.setdefault(row["rule"], set()).update(row["releases"].split())
    return {name: tuple(sorted(releases)) for name, releases in found.items()}
