"""All rules compiled: for each message type and release what to judge at which class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import HEADER
from schemas.header.locations import places
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.retour.pair import HEEN
from schemas.rules.compile import compile_expression
from schemas.rules.element_refs import BOOL, Run, Spot
from schemas.rules.placements import ROOT, placements
from schemas.rules.register_entries import Enter, Place, comes_first, enter, place_of
from schemas.rules.scope import Scope, Shared
from schemas.rules.table_rows import NEXT, RELEASES, SENT, Dated, Entry, Judgement, Rule, RuleTables
from schemas.rules.tables import FOLDER, load, own_tables
from schemas.xml.fast.pick_values import Picker

_NAMED = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Check:
    """A rule at a class: it is broken where `holds` says no; `names` fill the expected text.

    `where` is the row that it stands in.
    """

    rule: Rule
    holds: Run
    element: Spot
    path: str
    expected: str
    names: tuple[tuple[str, Spot], ...]
    retour: str
    evidence: str
    where: str


@dataclass
class Page:
    """What to judge and what to enter at a class, and at the classes below it.

    `entries` count at once, `later` from the next message on. `backs` is what a class of a return
    message gives back. A class is taken before the others where one of `first` says so.
    """

    checks: list[Check] = field(default_factory=list)
    entries: list[Enter] = field(default_factory=list)
    later: list[Enter] = field(default_factory=list)
    backs: list[Place] = field(default_factory=list)
    first: list[Run] = field(default_factory=list)
    below: dict[str, Page] = field(default_factory=dict)

    @cached_property
    def in_turn(self) -> frozenset[str]:
        """The records below of which some are taken before others."""
        return frozenset(record for record, inner in self.below.items() if inner.first)


@dataclass(frozen=True)
class Day:
    """The element that dates a message, and its rank in the course of care within a day."""

    spot: Spot
    rank: int


class Book:
    """The rules of a set of tables, compiled for all message types when it is made."""

    def __init__(self, found: RuleTables) -> None:
        self.tables = found
        self.pages: dict[tuple[str, str], Page] = {}
        self.wanted: dict[str, dict[str, set[str]]] = {}
        self.pickers: dict[str, Picker] = {}
        # For each message type and release the registers that its own rules ask.
        self.asked: dict[tuple[str, str], set[str]] = {}
        self.shared = Shared({entry.register: entry.kind for entry in found.entries})
        for judgement in found.judgements:
            for scope in self._scopes(judgement):
                self._page(scope).checks.append(_check(judgement, scope))
                self._want(scope)
                self.asked.setdefault((scope.message.name, scope.release), set()).update(
                    scope.asked
                )
        for entry in found.entries:
            self._enter(entry)
        self.dates = dict(self._days(found.dates))
        for message in catalogue().messages.values():
            for item in places(message.name, "2.1") if message.root else ():
                self.wanted.setdefault(message.name, {}).setdefault(HEADER, set()).add(item.key)

    def _enter(self, entry: Entry) -> None:
        """Compile a row of the registers for its messages, and for those that answer them."""
        for scope in self._scopes(entry):
            page = self._page(scope)
            asked = self.asked.get((scope.message.name, scope.release), ())
            is_later = entry.counts_from == NEXT or entry.register not in asked
            (page.later if is_later else page.entries).append(enter(entry, scope))
            if first := comes_first(entry, scope):
                page.first.append(first)
            self._want(scope)
        if entry.at != ROOT and entry.action != SENT:
            answers = [catalogue().one(item.pair) for item in entry.messages if item.role == HEEN]
            for scope in self._scopes(entry, answers):
                self._page(scope).backs.append(place_of(entry, scope))

    def _days(self, rows: Iterable[Dated]) -> Iterator[tuple[tuple[str, str], Day]]:
        for dated in rows:
            for message in dated.messages:
                for scope in _headers(message, dated.where, self.shared):
                    if spot := scope.find(dated.element):
                        yield (message.name, scope.release), Day(spot, dated.rank)

    def _scopes(
        self, item: Judgement | Entry, messages: Iterable[MessageType] | None = None
    ) -> Iterator[Scope]:
        """The places where a row counts, in its own messages where no others are given."""
        for message in item.messages if messages is None else messages:
            found = [place for place in placements(message.name) if place.named(item.at)]
            if not found:
                raise TableError("TABLE-PATH", f"no class {item.at} in {message.name}", item.where)
            for release in item.releases:
                for place in found:
                    yield Scope(message, release, place, item.where, self.shared)

    def _page(self, scope: Scope) -> Page:
        page = self.pages.setdefault((scope.message.name, scope.release), Page())
        for record in scope.placement.records[1:]:
            page = page.below.setdefault(record, Page())
        return page

    def _want(self, scope: Scope) -> None:
        if scope.release == "2.1":
            wanted = self.wanted.setdefault(scope.message.name, {})
            for record, key in scope.named:
                wanted.setdefault(record, set()).add(key)

    def tree(self, reading: Reading) -> Node | None:
        """The tree to judge: of a message that was accepted unparsed only what rules name."""
        message = reading.message
        if message is None or not reading.unparsed:
            return reading.root
        picker = self.pickers.get(message.name)
        if picker is None:
            picker = Picker(message, self.wanted.get(message.name, {}))
            self.pickers[message.name] = picker
        return picker.pick(reading.unparsed)

    def page(self, message: MessageType, release: str) -> Page | None:
        """What to judge in messages of a type, or None where there is nothing."""
        return self.pages.get((message.name, release))


def _headers(message: MessageType, where: str, shared: Shared) -> Iterator[Scope]:
    """The header of a message type in each release that has it."""
    for release in RELEASES if message.root else RELEASES[:1]:
        yield Scope(message, release, placements(message.name)[0], where, shared)


def _check(item: Judgement, scope: Scope) -> Check:
    holds = compile_expression(item.expression, scope)
    if holds.kind != BOOL:
        raise scope.error("TABLE-KIND", f"the expression gives a {holds.kind}")
    names = tuple((name, scope.spot(name)) for name in _NAMED.findall(item.expected))
    element = scope.spot(item.element)
    facts = [item.rule.evidence[scope.release], item.evidence, scope.grade()]
    return Check(
        rule=item.rule,
        holds=holds.run,
        element=element,
        path=item.element,
        expected=item.expected,
        names=names,
        retour=item.retour[scope.release],
        evidence=tables.weakest(*facts),
        where=item.where,
    )


@cache
def own() -> Book:
    """The project's own rules, compiled once."""
    return Book(own_tables())


def read(folder: Path = FOLDER) -> Book:
    """The rules of a folder of tables; raises TableError, naming file and row."""
    return Book(load(folder))
