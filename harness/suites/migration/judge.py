"""What an answer of the gate is worth: its word, held against what must be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.cases.question import AskedCase, GateQuestion, joined
from harness.judging.judge import Judge, Judgement, without_message
from harness.sut.protocol import Answer
from reports.shared.visible import shortened
from schemas.message.fault import Fault
from schemas.switch.tables import ALLOW, BLOCK, DECISIONS, WARN

# What a wrong word gives, by the word that is right and the word that was given.
_CODES = {
    (BLOCK, ALLOW): "GATE-ALLOWED",
    (BLOCK, WARN): "GATE-WARNED",
    (ALLOW, BLOCK): "GATE-BLOCKED",
    (WARN, BLOCK): "GATE-BLOCKED",
    (WARN, ALLOW): "GATE-NO-WARNING",
    (ALLOW, WARN): "GATE-NEEDLESS-WARNING",
}
# No published source tells of what may pass whether it must be warned of.
_WARNING_EVIDENCE = "D"


def decided(asked: AskedCase, judge: Judge) -> Judgement:
    """The judgement of what a gate decided, told all together."""
    if missing := without_message(asked.answer, "a decision"):
        return judge.judged(asked.case, [missing], asked.answer)
    faults = gate_faults(asked.question.gate, asked.answers)
    return judge.judged(asked.case, faults, joined(asked.answers))


def gate_faults(asked: Sequence[GateQuestion], answers: Sequence[Answer]) -> list[Fault]:
    """What is wrong with the answers to some questions."""
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
    """An answer as one line."""
    return " ".join(answer.output.decode("utf-8", "replace").split())
