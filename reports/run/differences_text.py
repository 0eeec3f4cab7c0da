"""Describes the differences between two runs, for people."""

from __future__ import annotations

from collections.abc import Iterator

from reports.run import finding_text as findings
from reports.run import wording
from reports.run.causes.causes import MOST_CAUSES
from reports.run.differences import STATUSES, Change, RunsCompared
from reports.run.in_language import translated
from reports.run.summary import Summary
from reports.shared.texts import Texts, texts
from reports.shared.visible import quoted, visible

MOST_SHOWN = 20


def lines(found: RunsCompared, lang: str) -> Iterator[str]:
    """The differences by status, first in numbers; what is still there is only listed."""
    t = texts(lang)
    yield t("diff.old", run=_run(found.old, t))
    yield t("diff.later", run=_run(found.new, t))
    numbers = {status: len(found.with_status(status)) for status in STATUSES}
    yield t("diff.total", **numbers)
    for status in STATUSES:
        if changes := found.with_status(status):
            yield ""
            yield t(f"diff.{status}.title")
            for change in changes[:MOST_SHOWN]:
                yield from _change(change, t)
            if (rest := len(changes) - MOST_SHOWN) > 0:
                yield f"  {t('diff.more', n=rest)}"
    if found.beyond:
        yield ""
        yield t("findings.beyond", most=MOST_CAUSES, findings=t.count("findings", found.beyond))


def _run(summary: Summary, t: Texts) -> str:
    began = summary.started
    sut, at = wording.sut(began, t), t.date(began.started_at)
    return t("diff.run", sut=sut, at=at, seed=str(began.seed), count=began.count)


def _change(change: Change, t: Texts) -> Iterator[str]:
    cause, example = change.cause, translated(change.cause.example, t)
    place = cause.place or t("place.unknown")
    counts = f"{t.number(change.before)} → {t.number(change.after)}"
    parts = (cause.code, cause.message, place, counts, t(f"kind.{change.kind}"))
    yield "  " + "  ".join(map(visible, parts))
    if change.status == "new":
        expected, actual = (
            quoted(text, t("nothing")) for text in (example.expected, example.actual)
        )
        yield f"    {findings.heading(example, t)}"
        yield f"    {t('finding.expected')}: {expected}; {t('finding.actual')}: {actual}"
    if change.status != "still":
        yield f"    {visible(example.case)}"
