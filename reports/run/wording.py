"""Phrases about a run that its reports share."""

from __future__ import annotations

from reports.events.deviations import EXPIRED, DeviationEnded
from reports.events.events import RunStarted
from reports.run.causes.causes import MOST_CAUSES, Cause
from reports.run.summary import Summary
from reports.shared.texts import Texts
from reports.shared.visible import shortened, visible
from reports.shared.wording import some, tested
from schemas.facts.table_rows import GRADES

MOST_FOLLOWING = 6
_MOST_AGREED = 10


def sut(started: RunStarted, t: Texts) -> str:
    """The name and version of the software under test."""
    return visible(f"{started.sut or t('sut.unnamed')} {started.sut_version}".strip())


def first_line(summary: Summary, t: Texts) -> str:
    """The verdict and its basis, the first line of every report."""
    return f"{headline(summary, t)} {rests_on(summary, t)}"


def headline(summary: Summary, t: Texts) -> str:
    """The verdict of the run in one sentence."""
    if summary.outcome == "red":
        if not summary.deviating:
            return t.count("headline.stale", len(summary.stale))
        return t.count("headline.red", summary.deviating, of=summary.tested)
    if summary.outcome == "empty":
        return t("headline.empty", why=" ".join(_skipped(summary, t))).strip()
    if summary.outcome == "broken":
        return t("headline.broken")
    passed, key = summary.verdicts["pass"], "good" if summary.outcome == "good" else "partial"
    percent = 100 * summary.verdicts["skip"] // summary.cases
    if passed == summary.tested:
        return t.count(f"headline.{key}", passed, percent=percent)
    if passed:
        return t.count(f"headline.{key}.partly", passed, percent=percent)
    return t(f"headline.{key}.declared", percent=percent)


def rests_on(summary: Summary, t: Texts) -> str:
    """The basis of the verdict: the advisory findings, and what was tested."""
    return " ".join([*_advice(summary, t), of_what(summary, t)])


def _advice(summary: Summary, t: Texts) -> list[str]:
    """The advisory findings, which a green run must not hide; amounts of money above all."""
    many = summary.findings["advisory"]
    if not many:
        return []
    if not summary.money:
        return [t.count("headline.advisory", many)]
    return [t.count("headline.money", many, money=summary.money)]


def of_what(summary: Summary, t: Texts) -> str:
    """What was tested: the software, message types and operations, and what was skipped."""
    skipped = t("tested.skipped", n=summary.verdicts["skip"], of=summary.cases)
    name = sut(summary.started, t)
    return tested(name, summary.tested_messages, summary.operations, f"; {skipped}", t)


def only(cause: Cause, t: Texts) -> str:
    """The notations of the input outside which a cause does not show; empty if there are none."""
    return visible(t("notation.only", what=" / ".join(cause.only))) if cause.only else ""


def follows(cause: Cause) -> str:
    """What else a cause explains, shortened; empty if it is nothing."""
    return some([_following(one) for one in cause.follows], MOST_FOLLOWING, "; ")


def _following(one: Cause) -> str:
    parts = (one.code, one.message, shortened(one.place), f"({one.count})")
    return visible(" ".join(part for part in parts if part))


def blemish(summary: Summary) -> str:
    """What is less than perfect in a run that does not fail: `declared` or `advisory`.

    If nothing is, the outcome.
    """
    if summary.verdicts["xfail"]:
        return "declared"
    return "advisory" if summary.findings["advisory"] else summary.outcome


def reason(summary: Summary, t: Texts) -> list[str]:
    """Why the run was stopped early, if a reason is known."""
    text = visible(summary.finished.reason)
    return [t("remark.reason", reason=text)] if text else []


def remarks(summary: Summary, t: Texts) -> list[str]:
    """The remarks on the verdict, one sentence each."""
    said = []
    if summary.outcome == "broken" and summary.deviating:
        said.append(t.count("remark.deviating", summary.deviating))
    if summary.cases != summary.started.planned:
        said.append(t("remark.planned", n=summary.cases, of=summary.started.planned))
    if summary.started.quick and summary.started.sweep:
        said.append(t.count("remark.quick", summary.started.sweep))
    expired = sum(item.code == EXPIRED for item in summary.deviations)
    numbers = {**summary.verdicts, "expired": expired, "advisory": summary.findings["advisory"]}
    for name in ("expired", "xpass", "xfail", "advisory"):
        if numbers[name]:
            said.append(t.count(f"remark.{name}", numbers[name]))
    if left := summary.finished.left_behind:
        said.append(t.count("remark.left", len(left), what=some(left)))
    return said + _skipped(summary, t)


def _skipped(summary: Summary, t: Texts) -> list[str]:
    """Why cases were skipped, one sentence for each kind of reason."""
    said = []
    for kind in ("operation", "type", "outside", ""):
        found = {why: n for why, n in summary.skipped.items() if why.partition(" ")[0] == kind}
        if found:
            names = [why.partition(" ")[2] for why in found]
            key = f"remark.skip.{kind}" if kind else "remark.skip"
            said.append(t.count(key, sum(found.values()), what=some(names)))
    return said


def to_do(summary: Summary, t: Texts) -> str:
    """What to do next."""
    only_stale = summary.outcome == "red" and not summary.deviating
    if only_stale:
        return t("do.stale")
    return t(f"do.{blemish(summary) if summary.outcome == 'good' else summary.outcome}")


def left_out(summary: Summary, most: int, file: str, t: Texts) -> list[str]:
    """What a list of the first causes leaves out, and the file that has it."""
    said = []
    if rest := summary.causes[most:]:
        found = t.count("findings", sum(cause.total for cause in rest))
        causes = t.count("causes", len(rest))
        said.append(t("findings.rest", causes=causes, findings=found, file=file))
    if summary.beyond:
        found = t.count("findings", summary.beyond)
        said.append(t("findings.beyond", most=MOST_CAUSES, findings=found))
    return said


def deviation(summary: Summary, item: DeviationEnded, t: Texts) -> str:
    """A declared deviation and its outcome."""
    known = next(known for known in summary.started.deviations if known.number == item.number)
    parts = (known.codes, known.messages, known.fields)
    name = "; ".join(", ".join(part) for part in parts if part)
    what = visible(t("deviation.name", number=str(known.number), what=shortened(name)))
    found = t.count("findings", item.findings)
    became = t(f"deviation.{item.verdict}", findings=found, expires=known.expires)
    return f"{what}: {became} {t('deviation.reason', reason=visible(shortened(known.reason)))}"


def deviations(summary: Summary, most: int, t: Texts) -> list[str]:
    """The declared deviations, those that make the run fail first."""
    order = sorted(summary.deviations, key=lambda item: item not in summary.stale)
    return [deviation(summary, item, t) for item in order[:most]]


def deviations_left(summary: Summary, most: int, t: Texts) -> list[str]:
    """The number of declared deviations that a list leaves out, and the file that has them."""
    rest = len(summary.deviations) - most
    return [t("deviation.rest", n=rest)] if rest > 0 else []


def plan(started: RunStarted, t: Texts) -> list[tuple[str, str]]:
    """The plan of a run, as labels with texts."""
    facts = "plan.facts.pack" if started.spec_pack else "plan.facts.own"
    is_swept = started.sweep and not started.quick
    cases = "plan.cases.sweep" if is_swept else "plan.cases.value"
    cases = cases if started.count else "plan.cases.chosen"
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
    """The moved deadlines, shortened to a readable number."""
    return some(started.overrides, _MOST_AGREED, "; ")


def _blocks(block_on: str, t: Texts) -> str:
    blocks = t("plan.blocks.value", grades=", ".join(block_on))
    rest = [grade for grade in GRADES if grade not in block_on]
    return t("plan.blocks.rest", blocks=blocks, grades=", ".join(rest)) if rest else blocks
