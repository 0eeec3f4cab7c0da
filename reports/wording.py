"""The sentences about a run that several reports share, so that all say the same."""

from __future__ import annotations

from reports.causes import MOST_CAUSES
from reports.deviations import EXPIRED, DeviationEnded
from reports.events import RunStarted
from reports.summary import Summary
from reports.texts import Texts
from reports.values import shortened, visible
from schemas.tables import GRADES

_MOST_AGREED = 10


def sut(started: RunStarted, t: Texts) -> str:
    """The name and version of the software under test."""
    return visible(f"{started.sut or t('sut.unnamed')} {started.sut_version}".strip())


def headline(summary: Summary, t: Texts) -> str:
    """The verdict of the run in one sentence."""
    if summary.outcome == "red":
        if not summary.deviating:
            return t.count("headline.stale", len(summary.stale))
        return t.count("headline.red", summary.deviating, of=summary.tested)
    if summary.outcome != "good":
        return t(f"headline.{summary.outcome}")
    passed = summary.verdicts["pass"]
    if passed == summary.tested:
        return t.count("headline.good", passed)
    return t.count("headline.partly", passed) if passed else t("headline.declared")


def reason(summary: Summary, t: Texts) -> list[str]:
    """Why the run was broken off, where it was and said so."""
    text = visible(summary.finished.reason)
    return [t("remark.reason", reason=text)] if text else []


def remarks(summary: Summary, t: Texts) -> list[str]:
    """What must be said beside the verdict, a sentence each."""
    said = []
    if summary.outcome == "broken" and summary.deviating:
        said.append(t.count("remark.deviating", summary.deviating))
    if summary.cases != summary.started.planned:
        said.append(t("remark.planned", n=summary.cases, of=summary.started.planned))
    if summary.started.quick and summary.started.sweep:
        said.append(t.count("remark.quick", summary.started.sweep))
    expired = sum(item.code == EXPIRED for item in summary.deviations)
    numbers = {**summary.verdicts, "expired": expired, "advisory": summary.findings["advisory"]}
    for name in ("expired", "xpass", "xfail", "skip", "advisory"):
        if numbers[name]:
            said.append(t.count(f"remark.{name}", numbers[name]))
    return said


def to_do(summary: Summary, t: Texts) -> str:
    """What to do now."""
    only_stale = summary.outcome == "red" and not summary.deviating
    return t("do.stale") if only_stale else t(f"do.{summary.outcome}")


def left_out(summary: Summary, most: int, file: str, t: Texts) -> list[str]:
    """What a list of the first causes leaves out, and the file that has it."""
    said = []
    if rest := summary.causes[most:]:
        found = t.count("findings", sum(cause.count for cause in rest))
        causes = t.count("causes", len(rest))
        said.append(t("findings.rest", causes=causes, findings=found, file=file))
    if summary.beyond:
        found = t.count("findings", summary.beyond)
        said.append(t("findings.beyond", most=MOST_CAUSES, findings=found))
    return said


def deviation(summary: Summary, item: DeviationEnded, t: Texts) -> str:
    """A declared deviation, and what became of it."""
    known = next(known for known in summary.started.deviations if known.number == item.number)
    parts = (known.codes, known.messages, known.fields)
    name = "; ".join(", ".join(part) for part in parts if part)
    what = visible(t("deviation.name", number=str(known.number), what=shortened(name)))
    found = t.count("findings", item.findings)
    became = t(f"deviation.{item.verdict}", findings=found, expires=known.expires)
    return f"{what}: {became} {t('deviation.reason', reason=visible(shortened(known.reason)))}"


def deviations(summary: Summary, most: int, t: Texts) -> list[str]:
    """The declared deviations, those first that make the run fail."""
    order = sorted(summary.deviations, key=lambda item: item not in summary.stale)
    return [deviation(summary, item, t) for item in order[:most]]


def deviations_left(summary: Summary, most: int, t: Texts) -> list[str]:
    """How many declared deviations a list of the first leaves out, and the file that has them."""
    rest = len(summary.deviations) - most
    return [t("deviation.rest", n=rest)] if rest > 0 else []


def plan(started: RunStarted, t: Texts) -> list[tuple[str, str]]:
    """What a run will do, as labels with their texts."""
    facts = "plan.facts.pack" if started.spec_pack else "plan.facts.own"
    is_swept = started.sweep and not started.quick
    cases = "plan.cases.sweep" if is_swept else "plan.cases.value"
    planned = t(cases, planned=started.planned, count=started.count, sweep=started.sweep)
    way = f"{started.way}: {started.command}" if started.command else started.way
    parts = [
        ("way", visible(way)),
        ("suites", ", ".join(started.suites)),
        ("messages", ", ".join(started.messages)),
        ("cases", planned),
        ("seed", str(started.seed)),
        ("facts", visible(t(facts, tables=started.tables, pack=started.spec_pack))),
        ("blocks", _blocks(started.block_on, t)),
        ("declared", t.count("deviations", len(started.deviations))),
        ("agreed", _agreed(started)),
        ("started", t.date(started.started_at)),
    ]
    unsaid = {"declared": not started.deviations, "agreed": not started.overrides}
    parts = [part for part in parts if not unsaid.get(part[0])]
    return [(t(f"plan.{name}"), text) for name, text in parts]


def _agreed(started: RunStarted) -> str:
    """The moved deadlines, as many as can be read."""
    first = "; ".join(visible(shortened(item)) for item in started.overrides[:_MOST_AGREED])
    rest = len(started.overrides) - _MOST_AGREED
    return f"{first} (+{rest})" if rest > 0 else first


def _blocks(block_on: str, t: Texts) -> str:
    blocks = t("plan.blocks.value", grades=", ".join(block_on))
    rest = [grade for grade in GRADES if grade not in block_on]
    return t("plan.blocks.rest", blocks=blocks, grades=", ".join(rest)) if rest else blocks
