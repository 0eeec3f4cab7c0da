"""The judgement of messages that are converted as they stand, each held whole."""

from __future__ import annotations

from harness.cases.question import AskedCase
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement, merged


def judged_whole(asked: AskedCase, judge: Judge) -> Judgement:
    """Hold each message against its layout or schema, and against what is expected of it."""
    answered = zip(asked.question.about, asked.answers, strict=True)
    found = [
        judge.converted(asked.case, specimen, answer, Conversion.all_faults)
        for specimen, answer in answered
    ]
    return merged(found, asked.answer)
