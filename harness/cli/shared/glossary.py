"""All names that ikeur prints, with their meanings.

Only the texts of the tables are read: loading what goes by the tables takes far longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.shared.said import RETURN_CODE as CODE_LABEL
from reports.shared.said import said
from reports.shared.texts import LANGUAGES, Texts, texts
from schemas.errors import alike
from schemas.facts import table_rows as tables
from schemas.facts.return_codes import ReturnCode, return_codes

FINDING, ERROR, RULE, SWITCH = "finding", "error", "rule", "switch"
RETURN_CODE = "return-code"
# Groups whose tables have advice on each name.
_ADVISED = (FINDING, ERROR)
_MOST_NEAR = 5
_FOLDER = Path(__file__).parent
_ROOMS = Path(__file__).parents[3]
# In a case id, a kind may be followed by its place in the message.
_AT = "-at-"


@dataclass(frozen=True)
class Entry:
    """The meaning of a name in one group of names.

    A kind of message has its `releases`, and the `code` or rule that it violates if there is only
    one. `also` lists its former names.
    """

    name: str
    group: str
    meaning: Mapping[str, str]
    advice: Mapping[str, str]
    releases: tuple[str, ...] = ()
    code: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group of names: its title, and advice, by language."""

    title: Mapping[str, str]
    advice: Mapping[str, str]


@cache
def groups() -> dict[str, Group]:
    """The groups by name, in order."""
    return {
        row["group"]: Group(row.in_languages("title"), row.in_languages("advice"))
        for row in tables.rows("explained", _FOLDER)
    }


@cache
def entries() -> tuple[Entry, ...]:
    """All entries, in the order of the groups."""
    found = [entry for row in tables.rows("explained_tables", _FOLDER) for entry in _named(row)]
    found += _return_codes()
    order = list(groups())
    return tuple(sorted(found, key=lambda entry: order.index(entry.group)))


def entries_of(name: str) -> list[Entry]:
    """The entries of a name, ignoring case; for a kind with a place, those of the kind."""
    whole = name.casefold()
    kind = whole.partition(_AT)[0]
    found = [_entries_of(wanted) for wanted in (whole, kind)]
    return found[0] or found[1]


def _entries_of(wanted: str) -> list[Entry]:
    return [one for one in entries() if wanted in map(str.casefold, (one.name, *one.also))]


def near(name: str) -> list[str]:
    """The known names most similar to an unknown one, best first."""
    return alike(name, [entry.name for entry in entries()], _MOST_NEAR)


def _named(table: tables.Row) -> Iterator[Entry]:
    """The entries of a table, by its row of `explained_tables.csv`."""
    group = table["group"]
    for row in tables.rows(table["table"], _ROOMS / table["folder"]):
        code = row[table["code"]] if table["code"] else ""
        meaning = row.in_languages(table["text"]) if table["text"] else _rules()[code]
        # A row without a text adds to the kind of the row before it.
        if any(meaning.values()):
            yield Entry(
                name=row[table["name"]],
                group=group,
                meaning=meaning,
                advice=row.in_languages("advice") if group in _ADVISED else groups()[group].advice,
                releases=tuple(row[table["releases"]].split()) if table["releases"] else (),
                code=code,
                also=tuple(row[table["also"]].split()) if table["also"] else (),
            )


@cache
def _rules() -> dict[str, Mapping[str, str]]:
    """What each rule requires: the meaning of a defect that breaks it."""
    rows = tables.rows("rules", _ROOMS / "schemas/rules")
    return {row["rule"]: row.in_languages("meaning") for row in rows}


def _return_codes() -> Iterator[Entry]:
    nothing = {"en": "", "nl": ""}
    for known in return_codes().values():
        meaning = {lang: known.text or _about(known, texts(lang)) for lang in LANGUAGES}
        yield Entry(known.code, RETURN_CODE, meaning, nothing)


def _about(known: ReturnCode, t: Texts) -> str:
    """What a code without an official text is of."""
    return said(CODE_LABEL, known.about, t) or t("explain.code.untold")
