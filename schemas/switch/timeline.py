"""The switch from one release to the next: what may be sent or received when, by which rule.

`switch(source, target, overrides)` returns the switch, and `Switch.decide` decides. Everything is
data: the moments are in `timelines.csv`, their interpretation in `switch_moments.csv`, and the
decisions in `switch_rules.csv`, where the first rule that holds counts. The tables use the local
time of Europe/Amsterdam; the moments to decide about carry a zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from schemas.errors import UsageError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.switch.overrides import Override
from schemas.switch.tables import (
    DIRECTIONS,
    MINUTE,
    NEW,
    OLD,
    OTHER,
    ZONE,
    Moment,
    SwitchRule,
    moments_of,
    switch_rules,
    utc,
)

FREEZE, OPEN = "freeze", "open"
_Rules = tuple[SwitchRule, ...]


@dataclass(frozen=True)
class Decision:
    """A decision: `allow`, `warn` or `block`, the rule behind it, and its evidence grade.

    `override` is the agreement without which another rule would have decided.
    """

    word: str
    rule: SwitchRule
    evidence: str
    override: Override | None = None


class Switch:
    """The switch from `source` to `target`; `moments` are by name, in UTC."""

    def __init__(self, row: tables.Row, overrides: Iterable[Override] = ()) -> None:
        self.source, self.target = row["from_release"], row["to_release"]
        self.evidence = row.evidence
        self.moments = {item.name: item for item in moments_of(row)}
        if unknown := [name for name in (FREEZE, OPEN) if name not in self.moments]:
            what = f"of the switch from {self.source} to {self.target} no {unknown[0]} is published"
            raise UsageError("USE-SWITCH", what)
        self.rules = tuple(
            rule for rule in switch_rules().values() if self.moments.keys() >= {*rule.moments}
        )
        self._agreed: dict[str, dict[str, Override]] = {}
        for item in overrides:
            self._check(item)
            self._agreed.setdefault(item.partner, {})[item.deadline] = item
        self._concerned: dict[tuple[str, frozenset[str], str], _Rules] = {}

    def decide(
        self,
        message: MessageType,
        release: str,
        direction: str,
        at: datetime,
        parties: Iterable[str] = (),
        answers_release: str = "",
    ) -> Decision:
        """Decide whether a message may be sent or received (`send`, `receive`) at a moment.

        `at` must have a zone. `parties` are the codes of its gemeente and aanbieder; if a deadline
        was moved for both, the earlier one counts. `answers_release` is the release of the message
        that a return message answers, if known. Raises UsageError for a release that is not part of
        this switch, an unknown direction, or a moment without a zone.
        """
        moment = in_utc(at)
        rules = self._rules(message, release, direction, answers_release)
        national = self._decided(rules, moment, self.moments)
        agreed = self._overrides(parties)
        if not agreed:
            return national
        moved = {name: self.moments[name].at(item.moment) for name, item in agreed.items()}
        found = self._decided(rules, moment, {**self.moments, **moved})
        if found.rule is national.rule:
            return found
        by = next(agreed[r.after] for r in (found.rule, national.rule) if r.after in agreed)
        return Decision(found.word, found.rule, found.evidence, by)

    def _check(self, item: Override) -> None:
        """Raise UsageError if an override moves something that this switch keeps fixed."""
        known = self.moments.get(item.deadline)
        if known is None or not known.moved:
            what = f"{self.source} to {self.target} has no deadline {item.deadline!r} to be moved"
            raise UsageError("USE-OVERRIDE", what, item.where)
        if utc(item.moment) > self.moments[FREEZE].minute:
            what = f"{item.moment.isoformat(timespec='minutes')} lies after the freeze began"
            do = "the freeze holds for everyone; give a moment before it"
            raise UsageError("USE-OVERRIDE", what, item.where, do)

    def _overrides(self, parties: Iterable[str]) -> dict[str, Override]:
        """Return the overrides for some parties by deadline; the earliest of several counts."""
        found: dict[str, Override] = {}
        for party in parties if self._agreed else ():
            for name, item in self._agreed.get(party, {}).items():
                if name not in found or item.moment < found[name].moment:
                    found[name] = item
        return found

    def _rules(self, message: MessageType, release: str, direction: str, answers: str) -> _Rules:
        """Return the rules that concern a message at any time."""
        known = {self.source: OLD, self.target: NEW}
        if release not in known or direction not in DIRECTIONS:
            what = f"{direction!r} in release {release!r}"
            do = f"{' or '.join(DIRECTIONS)}, in {self.source} or {self.target}"
            raise UsageError("USE-SWITCH", what, message.name, do)
        is_broken = answers not in ("", release)
        releases = frozenset({known[release]} | ({OTHER} if is_broken else set()))
        key = message.name, releases, direction
        if key not in self._concerned:
            found = (rule for rule in self.rules if rule.concerns(message, releases, direction))
            self._concerned[key] = tuple(found)
        return self._concerned[key]

    def _decided(self, rules: _Rules, at: datetime, moments: Mapping[str, Moment]) -> Decision:
        rule = _first(rules, at, moments)
        reading = _reading(rules, at, moments)
        return Decision(rule.decision, rule, tables.weakest(self.evidence, rule.evidence, *reading))


def _first(rules: _Rules, at: datetime, moments: Mapping[str, Moment]) -> SwitchRule:
    return next(rule for rule in rules if rule.holds(at, moments))


def _reading(rules: _Rules, at: datetime, moments: Mapping[str, Moment]) -> Collection[str]:
    """Return the grade of a minute's interpretation, if the decision depends on it."""
    names = [name for rule in rules for name in rule.moments]
    grades = [grade for name in names if (grade := moments[name].reading_of(at))]
    if not grades:
        return ()
    around = {_first(rules, at + shift, moments).decision for shift in (-MINUTE, MINUTE)}
    return grades[:1] if len(around) > 1 else ()


def in_utc(at: datetime) -> datetime:
    """Convert a moment with a zone to UTC; raises UsageError if it has none."""
    if at.utcoffset() is None:
        do = "write it as 2017-06-08T13:00:00+02:00"
        raise UsageError("USE-MOMENT", "a moment without a zone", at.isoformat(), do)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise UsageError("USE-MOMENT", "no moment of the calendar", at.isoformat()) from None


def moment(text: str) -> datetime:
    """Parse a moment in ISO 8601 with a zone, to UTC; raises UsageError if it is invalid."""
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        do = "write it as 2017-06-08T13:00:00+02:00"
        raise UsageError("USE-MOMENT", f"{text!r} is no moment", do=do) from None


def local(at: datetime) -> str:
    """Format a moment in Dutch local time, to the minute."""
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def switch(source: str, target: str, overrides: Iterable[Override] = ()) -> Switch:
    """Return the switch from one release to the next, with its overrides applied.

    Raises UsageError if there is no such switch, its freeze or opening is not known to the minute,
    or an override does not fit it.
    """
    return _switch(source, target, tuple(overrides))


@cache
def _switch(source: str, target: str, overrides: tuple[Override, ...]) -> Switch:
    for row in tables.rows("timelines"):
        if (row["from_release"], row["to_release"]) == (source, target):
            return Switch(row, overrides)
    raise UsageError("USE-SWITCH", f"no switch from {source} to {target}")
