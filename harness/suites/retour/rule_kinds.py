"""The kinds of heenbericht that follow from the rules: each has a defect that breaks one rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generators.defects.table import Defect, own_defects
from harness.suites.retour.kinds import FOLDER, ONE, Change, RetourKind, kinds_of
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN
from schemas.rules.tables import own_tables, releases_of


@dataclass(frozen=True)
class NotAsked:
    """A rule or a defect that is not asked for with its return code in some releases, and why."""

    what: str
    releases: tuple[str, ...]
    why: Mapping[str, str]


@cache
def not_asked() -> tuple[NotAsked, ...]:
    """The rules with a return code, and the defects that break one, that are never asked."""
    return tuple(
        NotAsked(
            row.one_of("what", (*own_tables().rules, *own_defects())),
            releases_of(row),
            row.in_languages("why"),
        )
        for row in tables.rows("not_asked", FOLDER)
    )


def is_asked(what: str, release: str) -> bool:
    """Whether a rule or a defect can be asked in a release."""
    return not any(item.what == what and release in item.releases for item in not_asked())


@cache
def kind_of_defect(name: str) -> RetourKind:
    """The kind of a defect: one class of one of three clients has it, or the header."""
    defect = own_defects()[name]
    rule = own_tables().rules[defect.rule]
    return RetourKind(
        kind=name,
        numbers=tuple(message.name for message in defect.messages),
        releases=defect.releases,
        clients=ONE,
        changes=(Change(defect.at, defect=name),),
        what={lang: f"{rule.name}: {rule.meaning[lang]}" for lang in rule.meaning},
        rules=(rule.name,),
    )


@cache
def rule_kinds(name: str, release: str) -> tuple[RetourKind, ...]:
    """The kinds of the defects that a message type has by itself, and must answer with a code.

    Left out are those of which the table has a kind with the same rule at one such class.
    """
    message = catalogue().one(name)
    if message.role != HEEN or (release == "2.1" and message.root is None):
        return ()
    return tuple(
        kind_of_defect(defect.name)
        for defect in own_defects().values()
        if message in defect.messages and release in defect.releases and not defect.earlier
        if _has_code(defect, message, release) and not _has_kind(defect, name, release)
        if is_asked(defect.rule, release) and is_asked(defect.name, release)
    )


def _has_code(defect: Defect, message: MessageType, release: str) -> bool:
    """Whether the rule has a return code where the defect breaks it."""
    return any(
        item.retour[release]
        for item in own_tables().judgements
        if (item.rule.name, item.at, item.element) == (defect.rule, defect.at, defect.element)
        if message in item.messages and release in item.releases
    )


def _has_kind(defect: Defect, name: str, release: str) -> bool:
    return any(
        (item.rules, item.clients, item.classes) == ((defect.rule,), ONE, 1)
        and [change.at for change in item.changes] == [defect.at]
        for item in kinds_of(name, release)
    )
