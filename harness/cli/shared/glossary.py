"""All names that ikeur prints, with their meanings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generators.defects.alike_table import all_alike
from generators.defects.oddities import own_oddities
from generators.defects.table import FOLDER as DEFECTS
from harness.defects.of_facets import facets
from harness.suites.migration import kinds as gates
from harness.suites.refuse.kinds import refusals
from harness.suites.rehearsal.tables import steps
from harness.suites.retour import kinds as retours
from harness.suites.retour.twins import twins
from harness.suites.state import kinds as states
from schemas.errors import alike
from schemas.facts import table_rows as tables
from schemas.facts.error_codes import error_codes
from schemas.facts.finding_codes import finding_codes
from schemas.facts.return_codes import return_codes
from schemas.rules.tables import own_tables
from schemas.switch.tables import switch_rules

FINDING, ERROR, REFUSE, RETOUR, MIGRATION = "finding", "error", "refuse", "retour", "migration"
STATE, REHEARSAL, DEFECT, ODDITY = "state", "rehearsal", "defect", "oddity"
RULE, SWITCH, RETURN_CODE = "rule", "switch", "return-code"
_NO_TEXT = {"en": "no text was published", "nl": "er is geen tekst gepubliceerd"}
_MOST_NEAR = 5
_FOLDER = Path(__file__).parent
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
    found = [*_codes(), *_kinds(), *_defects(), *_oddities(), *_rules(), *_return_codes()]
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


def _codes() -> Iterator[Entry]:
    for finding in finding_codes().values():
        yield Entry(finding.code, FINDING, finding.meaning, finding.advice)
    for error in error_codes().values():
        yield Entry(error.code, ERROR, error.meaning, error.advice)


def _kinds() -> Iterator[Entry]:
    for refusal in refusals():
        about = (refusal.what, groups()[REFUSE].advice, (refusal.release,), refusal.code)
        yield Entry(refusal.kind, REFUSE, *about)
    for kind in retours.kinds().values():
        yield Entry(kind.kind, RETOUR, kind.what, groups()[RETOUR].advice, kind.releases)
    for twin in twins().values():
        yield Entry(twin.kind, RETOUR, twin.what, groups()[RETOUR].advice)
    for moment in gates.kinds().values():
        yield Entry(moment.kind, MIGRATION, moment.what, groups()[MIGRATION].advice)
    for state in states.kinds().values():
        yield Entry(state.kind, STATE, state.what, groups()[STATE].advice)
    for step in steps().values():
        yield Entry(step.name, REHEARSAL, step.what, groups()[REHEARSAL].advice)


def _defects() -> Iterator[Entry]:
    for facet in facets():
        yield Entry(
            facet.name, DEFECT, facet.what, groups()[DEFECT].advice, (facet.release,), facet.code
        )
    for row in tables.rows("defects", DEFECTS):
        rule = own_tables().rules[row["rule"]]
        releases = tuple(row["releases"].split())
        yield Entry(
            row["defect"], DEFECT, rule.meaning, groups()[DEFECT].advice, releases, rule.name
        )


def _oddities() -> Iterator[Entry]:
    for name, odd in own_oddities().items():
        yield Entry(name, ODDITY, odd.what, groups()[ODDITY].advice, odd.defect.releases)
    for name, kind in all_alike().items():
        yield Entry(name, ODDITY, kind.what, groups()[ODDITY].advice)


def _rules() -> Iterator[Entry]:
    nothing = {"en": "", "nl": ""}
    for rule in own_tables().rules.values():
        yield Entry(rule.name, RULE, rule.meaning, nothing, also=rule.also)
    for name, switched in switch_rules().items():
        yield Entry(name, SWITCH, switched.meaning, nothing)


def _return_codes() -> Iterator[Entry]:
    nothing = {"en": "", "nl": ""}
    for known in return_codes().values():
        text = known.text or known.about
        meaning = {lang: text or without for lang, without in _NO_TEXT.items()}
        yield Entry(known.code, RETURN_CODE, meaning, nothing)
