"""Judges the decisions of the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.cases.question import AskedCase, GateQuestion, joined
from harness.judging.judge import Judge, Judgement, without_message
from harness.sut.protocol import Answer
from reports.shared.visible import shortened
from schemas.message.fault import Fault
from schemas.switch.tables import ALLOW, BLOCK, DECISIONS, WARN

# The finding of a wrong decision, by the expected and the actual word.
_CODES = {
    (BLOCK, ALLOW): "GATE-ALLOWED",
    (BLOCK, WARN): "GATE-WARNED",
    (ALLOW, BLOCK): "GATE-BLOCKED",
    (WARN, BLOCK): "GATE-BLOCKED",
    (WARN, ALLOW): "GATE-NO-WARNING",
    (ALLOW, WARN): "GATE-NEEDLESS-WARNING",
}
# No published source says when a message that may pass needs a warning.
_WARNING_EVIDENCE = "D"


def decided(asked: AskedCase, judge: Judge) -> Judgement:
    """The judgement of all decisions of a case."""
    if missing := without_message(asked.answer, "a decision"):
        return judge.judged(asked.case, [missing], asked.answer)
    faults = gate_faults(asked.question.gate, asked.answers)
    return judge.judged(asked.case, faults, joined(asked.answers))


def gate_faults(asked: Sequence[GateQuestion], answers: Sequence[Answer]) -> list[Fault]:
    """The faults of the answers to gate questions."""
    found = zip(asked, answers, strict=True)
    return [fault for item, answer in found for fault in _faults(item, answer)]


def _faults(asked: GateQuestion, answer: Answer) -> Iterator[Fault]:
    right, rule = asked.decision.word, asked.decision.rule.name
    word, _, reason = _text(answer).strip().partition(" ")
    told = shortened(_text(answer))
    if word not in DECISIONS:
        yield Fault("GATE-ANSWER", told, asked.summary, rule=rule)
    elif word != right:
        grade = asked.decision.evidence if BLOCK in (word, right) else _WARNING_EVIDENCE
        yield Fault(_CODES[right, word], told, asked.summary, evidence=grade, rule=rule)
    elif word != ALLOW and not reason.strip():
        yield Fault("GATE-NO-REASON", told, asked.summary, rule=rule)


def _text(answer: Answer) -> str:
    """An answer on one line."""
    return " ".join(answer.output.decode("utf-8", "replace").split())
