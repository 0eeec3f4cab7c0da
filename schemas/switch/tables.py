"""Row types of the switch tables: the moments of a switch, and the rules that depend on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.table_rows import GRADES

ZONE = ZoneInfo("Europe/Amsterdam")
SEND, RECEIVE = "send", "receive"
DIRECTIONS = (SEND, RECEIVE)
ALLOW, WARN, BLOCK = "allow", "warn", "block"
DECISIONS = (ALLOW, WARN, BLOCK)
# The release of a message relative to the switch; OTHER: it answers a message of another release.
OLD, NEW, OTHER = "old", "new", "other"
MINUTE = timedelta(minutes=1)
_ANY = "any"
_EDGES = {"last": MINUTE, "first": timedelta()}
_CHOICES = {
    "decision": DECISIONS,
    "converted": ("yes", "no", _ANY),
    "release": (OLD, NEW, OTHER, _ANY),
    "direction": (*DIRECTIONS, _ANY),
}


@dataclass(frozen=True)
class Moment:
    """A moment of a switch, in UTC: the named minute, and when it has passed (`behind`).

    A last moment includes its whole minute. `minute_evidence` grades the interpretation of the
    minute's first second, `seconds_evidence` that of the rest.
    """

    name: str
    minute: datetime
    behind: datetime
    moved: bool
    minute_evidence: str
    seconds_evidence: str
    meaning: Mapping[str, str]

    def at(self, local: datetime) -> Moment:
        """Return this moment moved to another local time."""
        minute = utc(local)
        return replace(self, minute=minute, behind=minute + (self.behind - self.minute))

    def reading_of(self, at: datetime) -> str:
        """Return the grade of how a time within the minute is interpreted; empty outside it."""
        if not self.minute <= at < self.minute + MINUTE:
            return ""
        return self.minute_evidence if at == self.minute else self.seconds_evidence


@dataclass(frozen=True)
class SwitchRule:
    """A rule: the decision for some messages, releases and directions between two moments."""

    name: str
    decision: str
    messages: tuple[str, ...]
    converted: str
    release: str
    direction: str
    after: str
    before: str
    meaning: Mapping[str, str]
    evidence: str

    @property
    def moments(self) -> tuple[str, ...]:
        """The names of the moments it depends on."""
        return tuple(filter(None, (self.after, self.before)))

    @property
    def is_for_all(self) -> bool:
        """Whether it applies to every message at any time."""
        limits = {*self.messages, self.converted, self.release, self.direction}
        return limits == {_ANY} and not self.moments

    def concerns(self, message: MessageType, releases: Collection[str], direction: str) -> bool:
        """Whether it applies to a message, regardless of the time."""
        return (
            self.converted in (_ANY, "yes" if message.convertible else "no")
            and self.release in (_ANY, *releases)
            and self.direction in (_ANY, direction)
            and any(number == _ANY or message.name.endswith(number) for number in self.messages)
        )

    def holds(self, at: datetime, moments: Mapping[str, Moment]) -> bool:
        """Whether it is in force at a time (UTC)."""
        has_begun = not self.after or at >= moments[self.after].behind
        return has_begun and not (self.before and at >= moments[self.before].behind)


def utc(local: datetime) -> datetime:
    """Convert a local time to UTC."""
    return local.replace(tzinfo=ZONE).astimezone(UTC)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def moments_of(row: tables.Row, folder: Path = tables.TABLES) -> Iterator[Moment]:
    """Yield the moments of a switch from its row; raises TableError.

    Left out are those that are empty, or known by their day alone.
    """
    for item in tables.rows("switch_moments", folder):
        text = row[item["column"]]
        if not text or _is_day(text):
            continue
        try:
            minute = utc(datetime.fromisoformat(text))
        except ValueError:
            what = f"{item['column']} is {text!r}, not a local time"
            raise TableError("TABLE-VALUE", what, row.where) from None
        yield Moment(
            name=item["moment"],
            minute=minute,
            behind=minute + _EDGES[item.one_of("edge", _EDGES)],
            moved=item.one_of("moved", ("yes", "no")) == "yes",
            minute_evidence=item.one_of("minute_evidence", tuple(GRADES)),
            seconds_evidence=item.one_of("seconds_evidence", tuple(GRADES)),
            meaning=item.in_languages("meaning"),
        )


def load_rules(folder: Path = tables.TABLES) -> dict[str, SwitchRule]:
    """Load the rules by name, in order of precedence; raises TableError for an invalid row."""
    known = {row["moment"] for row in tables.rows("switch_moments", folder)}
    found: dict[str, SwitchRule] = {}
    for row in tables.rows("switch_rules", folder):
        rule = _rule(row)
        if rule.name in found:
            raise TableError("TABLE-RULE", f"{rule.name} stands twice", row.where)
        if not known.issuperset(rule.moments):
            raise TableError("TABLE-RULE", f"no moment {' or '.join(rule.moments)}", row.where)
        found[rule.name] = rule
    if not rule.is_for_all:
        raise TableError(
            "TABLE-RULE", f"{rule.name} is last and not for all that is left", row.where
        )
    return found


@cache
def switch_rules() -> dict[str, SwitchRule]:
    """Return the rules of ikeur's own table, loaded once."""
    return load_rules()


def _rule(row: tables.Row) -> SwitchRule:
    numbers = tuple(row["messages"].split())
    for number in numbers:
        if number != _ANY and not any(name.endswith(number) for name in catalogue().messages):
            raise TableError("TABLE-RULE", f"no message type ends in {number!r}", row.where)
    return SwitchRule(
        name=row["rule"],
        messages=numbers,
        after=row["after"],
        before=row["before"],
        meaning=row.in_languages("meaning"),
        evidence=row.evidence,
        **{column: row.one_of(column, choices) for column, choices in _CHOICES.items()},
    )
