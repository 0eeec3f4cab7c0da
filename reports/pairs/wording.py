"""Phrases that the reports of a mailbox audit share."""

from __future__ import annotations

from reports.pairs.results import PairsSummary, Partner, Problem
from reports.shared.said import said
from reports.shared.texts import Texts
from reports.shared.visible import shortened, visible
from schemas.switch.tables import switch_rules


def headline(summary: PairsSummary, t: Texts) -> str:
    """The result in one sentence."""
    if summary.outcome == "good":
        return t("pairs.headline.notes" if summary.notes else "pairs.headline.good")
    return t.count("pairs.headline.red", summary.problems)


def remarks(summary: PairsSummary, t: Texts) -> list[str]:
    """The remarks on the result, one sentence each."""
    said = [t.count("pairs.notes", summary.notes)] if summary.notes else []
    if summary.overrides:
        said.append(t.count("pairs.overrides", summary.overrides, used=summary.overrides_used))
    if not summary.with_times:
        said.append(t("pairs.no_times"))
    return said


def figures(summary: PairsSummary, t: Texts) -> list[tuple[str, str]]:
    """What was audited, as labels with texts."""
    counts = ("files", "messages", "asked", "answered", "partners")
    return [
        (t("pairs.mailbox"), visible(summary.mailbox)),
        (t("pairs.switch"), summary.switch.replace("-", " → ")),
        *((t(f"pairs.{name}"), t.number(getattr(summary, name))) for name in counts),
    ]


def parties(item: Problem | Partner) -> str:
    """The gemeente and the aanbieder."""
    return visible(" – ".join(filter(None, [item.gemeente, item.aanbieder])))


def message(problem: Problem) -> str:
    """The type and release of a message."""
    return f"{problem.message} {problem.release}".strip()


def details(problem: Problem, t: Texts) -> str:
    """The details of a problem: the rule it breaks and when, or what was found."""
    if not problem.rule:
        return visible(shortened(said(problem.code, problem.found, t)))
    how, _, at = problem.at.partition(" ")
    meaning = switch_rules()[problem.rule].meaning[t.lang]
    told = [f"{problem.rule}, {t(f'pairs.{how}', at=at)}: {meaning}"]
    if problem.moved:
        told.append(t("pairs.moved", reason=visible(shortened(problem.moved))))
    return " ".join(told)


def counted(blocking: int, notes: int, t: Texts) -> str:
    """The numbers of problems and notes of a code that has both; empty for any other."""
    if not (blocking and notes):
        return ""
    return f"{t.count('pairs.problems.n', blocking)}, {t.count('pairs.notes.n', notes)}"


def counts(partner: Partner) -> str:
    """The findings of a partner by code."""
    return ", ".join(f"{code} {count}" for code, count in partner.codes.items())
