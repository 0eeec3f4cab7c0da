"""What a run consists of: suites, and cases with a stable id."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from harness.suites.conversion import rule_breaking_kinds as broken_kinds
from harness.suites.migration import kinds as gates
from harness.suites.refuse.kinds import AT, Refusal, kinds_of, refusal, rows
from harness.suites.refuse.sweep.registry import names, spots_of
from harness.suites.rehearsal.flow import flow, phase_of
from harness.suites.rehearsal.tables import steps as rehearsed
from harness.suites.retour import kinds as retours
from harness.sut.protocol import CONVERT, GATE, RESPOND
from schemas.errors import UsageError
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType, catalogue
from schemas.retour.pair import HEEN
from schemas.switch.overrides import Override

_ROUTES = {
    "schema": (("2.0", "2.1"), ("2.1", "2.0")),
    "convert": (("2.0", "2.1"), ("2.1", "2.0")),
    "roundtrip": (("2.0", "2.1", "2.0"), ("2.1", "2.0", "2.1")),
    "rules": (("2.0", "2.1"), ("2.1", "2.0")),
    "throughput": (("2.0", "2.1"), ("2.1", "2.0")),
}
CONVERTED = "convert"
REFUSE, ROUNDTRIP, RETOUR, RULES = "refuse", "roundtrip", "retour", "rules"
MIGRATION, THROUGHPUT = "migration", "throughput"
# The suite that a dry-run alone has: what happens to the messages of a region, by a virtual clock.
REHEARSAL = "rehearsal"
# The operations of the suites that do not convert.
_OPERATIONS = {RETOUR: RESPOND, MIGRATION: GATE}
# The kind of roundtrip that converts a message together with its return message.
PAIR = "pair"
_PAIR_HELD = {
    "en": "A message and its return message, both converted, are still a pair.",
    "nl": "Een heenbericht en zijn retourbericht zijn na conversie van beide nog steeds een paar.",
}
_BROKEN_HELD = {
    "en": "A message that breaks a rule is converted as it stands, and nothing in it is mended.",
    "nl": "Een bericht dat een regel overtreedt wordt ongewijzigd geconverteerd, zonder reparatie.",
}
# Cases per message type, direction and suite, of a run that does not say how many.
DEFAULT_COUNT = 40
_ID = re.compile(
    r"(?P<message>[A-Z0-9]+)\.(?P<suite>[a-z]+)(?:\.(?P<kind>[a-z][a-z0-9-]*))?"
    r"\.(?P<route>2\.[01](?:-2\.[01]){1,2})\.s(?P<seed>-?\d{1,18})\.n(?P<index>\d{1,12})"
)


@dataclass(frozen=True)
class Case:
    """One thing asked of the system under test; `route` names the releases in order."""

    suite: str
    message: str
    route: tuple[str, ...]
    seed: int
    index: int
    kind: str = ""

    @property
    def direction(self) -> str:
        """The route as text."""
        return "-".join(self.route)

    @property
    def op(self) -> str:
        """The operation that the software is asked for."""
        if self.suite == REHEARSAL:
            return rehearsed()[self.kind].op
        return operation_of(self.suite)

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types that software must claim to be asked it."""
        is_pair = self.kind == PAIR or (
            self.suite == REHEARSAL and self.op != CONVERT and rehearsed()[self.kind].needs_pair
        )
        return (self.message, catalogue().one(self.message).pair) if is_pair else (self.message,)

    @property
    def is_swept(self) -> bool:
        """Whether it is one of the sweep: a kind of input that must be refused, at one place."""
        return self.suite == REFUSE and AT in self.kind

    @property
    def id(self) -> str:
        """The stable name of the case, from which it can be made again."""
        kind = f".{self.kind}" if self.kind else ""
        place = f"s{self.seed}.n{self.index}"
        return f"{self.message}.{self.suite}{kind}.{self.direction}.{place}"


def operation_of(suite: str) -> str:
    """The operation that a suite asks for."""
    return _OPERATIONS.get(suite, CONVERT)


@cache
def requirements() -> dict[str, dict[str, str]]:
    """What each suite holds the software to, in both languages."""
    return {
        row["suite"]: {"en": row["requirement_en"], "nl": row["requirement_nl"]}
        for row in rows("suites")
    }


@cache
def _of_all() -> list[str]:
    """The suites that a run has where none is named."""
    return [row["suite"] for row in rows("suites") if row["named_only"] == "no"]


def requirement(case: Case, lang: str) -> str:
    """What a case holds the software to, and with what input where it is made for the case."""
    if case.suite == REHEARSAL:
        return f"{rehearsed()[case.kind].what[lang]} {phase_of(case.index).what[lang]}"
    held = requirements()[case.suite][lang]
    if case.suite == REFUSE:
        told = f"{held} {refusal(case.kind, case.route[0]).what[lang]}"
        if not case.is_swept:
            return told
        return f"{told[:-1]}: {spots_of(case.message, case.route[0])[case.kind].address}."
    if case.suite == RETOUR:
        return f"{held} {retours.kinds()[case.kind].what[lang]}"
    if case.suite == MIGRATION:
        return f"{held} {gates.kinds()[case.kind].what[lang]}"
    if case.suite == RULES and case.kind:
        return f"{_BROKEN_HELD[lang]} {broken_kinds.what(case.kind)[lang]}"
    return _PAIR_HELD[lang] if case.kind == PAIR else held


def suites(text: str) -> list[str]:
    """The suites named in a list separated by commas, or `all`; raises UsageError.

    Under `all` are not those that take long and are run where they are named.
    """
    known = list(requirements())
    chosen: list[str] = []
    for name in (part.strip() for part in text.split(",")):
        if name != "all" and name not in known:
            raise UsageError(
                "USE-SUITE", f"unknown suite {name!r}", do=f"choose from {', '.join(known)}"
            )
        named = _of_all() if name == "all" else [name]
        chosen += [suite for suite in named if suite not in chosen]
    return [suite for suite in known if suite in chosen]


def cases_of(
    message: MessageType,
    chosen: Sequence[str],
    seed: int,
    index: int,
    agreed: Collection[Override] = (),
) -> list[Case]:
    """The cases of a message type with one index.

    Of the many kinds that must be refused or answered, and of the moments that a gate is asked
    about, each index has one for each direction: they take turns, and the message types start at
    different ones. Of deadlines that were `agreed` there are cases where there are such.
    """
    found = []
    turn = index + _place(message.name)
    for suite in chosen:
        if suite == REFUSE:
            for kinds in filter(None, (kinds_of(message.name, release) for release in RELEASES)):
                found.append(_refusal(message, kinds[turn % len(kinds)], seed, index))
        elif suite == RETOUR:
            for release in RELEASES if message.role == HEEN else ():
                if answered := retours.kinds_of(message.name, release):
                    kind = answered[turn % len(answered)].kind
                    found.append(Case(suite, message.name, (release, release), seed, index, kind))
        elif suite == MIGRATION:
            for way in product(RELEASES, RELEASES):
                if asked := gates.kinds_of(message.name, way, agreed):
                    kind = asked[turn % len(asked)].kind
                    found.append(Case(suite, message.name, way, seed, index, kind))
        elif suite == REHEARSAL:
            if message.role == HEEN:
                happenings = flow(message.name, seed, index, tuple(agreed)).happenings
                for item in happenings:
                    found.append(Case(suite, message.name, item.route, seed, index, item.step.name))
        elif message.convertible:
            found += [Case(suite, message.name, route, seed, index) for route in _ROUTES[suite]]
            there = [_there(release) for release in RELEASES]
            if suite == ROUNDTRIP and message.role == HEEN:
                found += [Case(suite, message.name, way, seed, index, PAIR) for way in there]
            if suite == RULES:
                broken = broken_kinds.kinds_of(message.name)
                kind = broken[turn % len(broken)]
                found += [Case(suite, message.name, way, seed, index, kind) for way in there]
    return found


def sweep_of(message: MessageType, seed: int, index: int = 0, count: int = 1) -> list[Case]:
    """The cases of the sweep of a message type that fall to one of `count` indexes.

    Their ids do not hang on it: the sweep is asked once, and is spread over the run.
    """
    return [
        Case(REFUSE, message.name, _there(release), seed, 0, name)
        for release, name in names(message.name)[index::count]
    ]


@cache
def _place(name: str) -> int:
    return list(catalogue().messages).index(name)


def _refusal(message: MessageType, item: Refusal, seed: int, index: int) -> Case:
    return Case(REFUSE, message.name, _there(item.release), seed, index, item.kind)


def _there(release: str) -> tuple[str, str]:
    return (release, "2.1" if release == "2.0" else "2.0")


def _exists(case: Case, message: MessageType) -> bool:
    """Whether there is such a case; what takes turns has one with each index."""
    if case.is_swept:
        is_there = case.kind in spots_of(message.name, case.route[0])
        return is_there and case.route == _there(case.route[0]) and case.index == 0
    if case.suite == REFUSE:
        return case in [
            _refusal(message, item, case.seed, case.index)
            for item in kinds_of(message.name, case.route[0])
        ]
    if case.suite == RETOUR:
        answered = retours.kinds_of(message.name, case.route[0])
        is_heen, is_own = message.role == HEEN, case.route == (case.route[0], case.route[0])
        return is_heen and is_own and case.kind in [item.kind for item in answered]
    if case.suite == MIGRATION:
        return len(case.route) == 2 and case.kind in [
            item.kind for item in gates.all_kinds_of(message.name, (case.route[0], case.route[1]))
        ]
    if case.suite == RULES and case.kind:
        is_there = message.convertible and case.route in tuple(map(_there, RELEASES))
        return is_there and case.kind in broken_kinds.kinds_of(message.name)
    if case.suite == REHEARSAL:
        return message.role == HEEN and case.kind in rehearsed() and len(case.route) == 2
    return case in cases_of(message, list(requirements()), case.seed, case.index)


def parse(case_id: str) -> Case:
    """The case of an id; raises UsageError where it is none."""
    match = _ID.fullmatch(case_id)
    if match:
        message = catalogue().one(match["message"])
        route = tuple(match["route"].split("-"))
        case = Case(
            match["suite"],
            message.name,
            route,
            int(match["seed"]),
            int(match["index"]),
            match["kind"] or "",
        )
        if case.id == case_id and _exists(case, message):
            return case
    raise UsageError(
        "USE-CASE", f"no case {case_id!r}", do="copy the id from a report, to the last character"
    )
