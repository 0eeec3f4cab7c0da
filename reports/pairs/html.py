"""`pairs.html`: the results of a mailbox audit for people, in a self-contained file."""

from __future__ import annotations

from typing import Any, TextIO

from reports.pairs import wording
from reports.pairs.results import Audit, Problem
from reports.shared import code_text
from reports.shared.html_templates import environment
from reports.shared.texts import Texts, texts
from reports.shared.visible import visible

NAME = "pairs.html"
MOST_PARTNERS_SHOWN = 200
MOST_EXAMPLES = 25
_OPEN = 3


def write(audit: Audit, file: TextIO, lang: str) -> None:
    """Write `pairs.html`."""
    template = environment().get_template("pairs.html.j2")
    file.writelines(template.generate(**_view(audit, texts(lang))))


def _view(audit: Audit, t: Texts) -> dict[str, Any]:
    summary = audit.summary
    partners = list(audit.partners(MOST_PARTNERS_SHOWN))
    return {
        "t": t,
        "summary": summary,
        "mailbox": visible(summary.mailbox),
        "headline": wording.headline(summary, t),
        "remarks": wording.remarks(summary, t),
        "figures": wording.figures(summary, t),
        "codes": [_code(audit, code, t) for code in summary.codes],
        "partners": [(item, wording.parties(item), wording.counts(item)) for item in partners],
        "partners_left": summary.partners - len(partners),
        "elsewhere": summary.problems - sum(item.problems for item in audit.partners()),
        "open_codes": _OPEN,
    }


def _code(audit: Audit, code: str, t: Texts) -> dict[str, Any]:
    blocking, notes = audit.summary.codes[code]
    examples = [_example(problem, t) for problem in audit.problems(code, MOST_EXAMPLES)]
    return {
        "code": code,
        "count": blocking + notes,
        "counted": wording.counted(blocking, notes, t),
        "kind": "blocking" if blocking else "advisory",
        "meaning": code_text.meaning(code, t),
        "advice": code_text.advice(code, t),
        "examples": examples,
        "with_messages": any(item["message"] for item in examples),
        "with_details": any(item["details"] or item["problem"].other for item in examples),
        "left": blocking + notes - len(examples),
    }


def _example(problem: Problem, t: Texts) -> dict[str, Any]:
    return {
        "problem": problem,
        "message": wording.message(problem),
        "parties": wording.parties(problem),
        "details": wording.details(problem, t),
        "is_note": not problem.blocking,
    }
