"""All rules compiled: checks and register entries of each class, by message type and release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.header.locations import places
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.retour.pair import HEEN
from schemas.rules.compile import compile_expression
from schemas.rules.element_refs import BOOL, ElementRef, Evaluator
from schemas.rules.placements import ROOT, placements
from schemas.rules.register_entries import (
    CompiledEntry,
    Recorder,
    compile_entry,
    precedence,
    recorder,
)
from schemas.rules.rule_rows import FOLDER, RELEASES, Rule
from schemas.rules.scope import CompileCache, Scope
from schemas.rules.table_rows import (
    NEXT,
    SENT,
    DateRow,
    EntryRow,
    Judgement,
    RuleTables,
)
from schemas.rules.tables import load, own_tables
from schemas.xml.fast.pick_values import Picker

_NAMED = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Check:
    """A rule compiled for a class; it is broken where `holds` gives False.

    `names` fill the placeholders of the expected text. `evidence_retour` is of the return codes.
    `where` is the table row of the judgement.
    """

    rule: Rule
    holds: Evaluator
    element: ElementRef
    path: str
    expected: str
    names: tuple[tuple[str, ElementRef], ...]
    retour: str
    evidence: str
    evidence_retour: str
    where: str


@dataclass
class ClassRules:
    """The checks and register entries of a class, and those of the classes below it.

    `entries` count at once, `later` from the next message on. `returned` are the entries that a
    class of a return message gives back. A class is processed before its siblings if one of `first`
    holds.
    """

    checks: list[Check] = field(default_factory=list)
    entries: list[Recorder] = field(default_factory=list)
    later: list[Recorder] = field(default_factory=list)
    returned: list[CompiledEntry] = field(default_factory=list)
    first: list[Evaluator] = field(default_factory=list)
    below: dict[str, ClassRules] = field(default_factory=dict)

    @cached_property
    def reordered(self) -> frozenset[str]:
        """The records below of which some may be processed before their siblings."""
        return frozenset(record for record, inner in self.below.items() if inner.first)


@dataclass(frozen=True)
class DateElement:
    """The element that dates a message, and the rank of that message within a day."""

    ref: ElementRef
    rank: int


class Rulebook:
    """Rules compiled for all message types from a set of tables.

    `wanted` holds the elements of 2.1 that rules use, by message type and record.
    """

    def __init__(self, found: RuleTables) -> None:
        self.tables = found
        self.class_rules: dict[tuple[str, str], ClassRules] = {}
        self.wanted: dict[str, dict[str, set[str]]] = {}
        self.pickers: dict[str, Picker] = {}
        # The registers that the rules of a message type query, by message type and release.
        self.asked: dict[tuple[str, str], set[str]] = {}
        self.shared = CompileCache({entry.register: entry.kind for entry in found.entries})
        for judgement in found.judgements:
            for scope in self._scopes(judgement):
                self._class_rules(scope).checks.append(_check(judgement, scope))
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

    def _enter(self, entry: EntryRow) -> None:
        """Compile a row of registers.csv for its message types and for their return messages."""
        for scope in self._scopes(entry):
            rules = self._class_rules(scope)
            asked = self.asked.get((scope.message.name, scope.release), ())
            is_later = entry.counts_from == NEXT or entry.register not in asked
            (rules.later if is_later else rules.entries).append(recorder(entry, scope))
            if first := precedence(entry, scope):
                rules.first.append(first)
            self._want(scope)
        if entry.at != ROOT and entry.action != SENT:
            answers = [catalogue().one(item.pair) for item in entry.messages if item.role == HEEN]
            for scope in self._scopes(entry, answers):
                self._class_rules(scope).returned.append(compile_entry(entry, scope))

    def _days(self, rows: Iterable[DateRow]) -> Iterator[tuple[tuple[str, str], DateElement]]:
        for dated in rows:
            for message in dated.messages:
                for scope in _headers(message, dated.where, self.shared):
                    if ref := scope.find(dated.element):
                        yield (message.name, scope.release), DateElement(ref, dated.rank)

    def _scopes(
        self, item: Judgement | EntryRow, messages: Iterable[MessageType] | None = None
    ) -> Iterator[Scope]:
        """Yield a scope for each class that a row applies to; `messages` replaces its own types."""
        for message in item.messages if messages is None else messages:
            found = [place for place in placements(message.name) if place.named(item.at)]
            if not found:
                raise TableError("TABLE-PATH", f"no class {item.at} in {message.name}", item.where)
            for release in item.releases:
                for place in found:
                    yield Scope(message, release, place, item.where, self.shared)

    def _class_rules(self, scope: Scope) -> ClassRules:
        rules = self.class_rules.setdefault((scope.message.name, scope.release), ClassRules())
        for record in scope.placement.records[1:]:
            rules = rules.below.setdefault(record, ClassRules())
        return rules

    def _want(self, scope: Scope) -> None:
        if scope.release == "2.1":
            wanted = self.wanted.setdefault(scope.message.name, {})
            for record, key in scope.named:
                wanted.setdefault(record, set()).add(key)

    def tree(self, reading: Reading) -> Node | None:
        """Return the tree to judge: of a message accepted unparsed, only what rules use."""
        message = reading.message
        if message is None or not reading.unparsed:
            return reading.root
        picker = self.pickers.get(message.name)
        if picker is None:
            picker = Picker(message, self.wanted.get(message.name, {}))
            self.pickers[message.name] = picker
        return picker.pick(reading.unparsed)

    def rules_for(self, message: MessageType, release: str) -> ClassRules | None:
        """Return the rules of a message type in a release, or None if there are none."""
        return self.class_rules.get((message.name, release))


def _headers(message: MessageType, where: str, shared: CompileCache) -> Iterator[Scope]:
    """Yield the scope of the header in each release that a message type has."""
    for release in RELEASES if message.root else RELEASES[:1]:
        yield Scope(message, release, placements(message.name)[0], where, shared)


def _check(item: Judgement, scope: Scope) -> Check:
    holds = compile_expression(item.expression, scope)
    if holds.kind != BOOL:
        raise scope.error("TABLE-KIND", f"the expression gives a {holds.kind}")
    names = tuple((name, scope.ref(name)) for name in _NAMED.findall(item.expected))
    element = scope.ref(item.element)
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
        evidence_retour=tables.weakest(*facts, item.evidence_retour),
        where=item.where,
    )


@cache
def default_rulebook() -> Rulebook:
    """Return ikeur's own rules, compiled once."""
    return Rulebook(own_tables())


def read(folder: Path = FOLDER) -> Rulebook:
    """Compile the rule tables of a folder; raises TableError with file and row."""
    return Rulebook(load(folder))
