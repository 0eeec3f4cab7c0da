"""Judges messages that are converted with their defects."""

from __future__ import annotations

from harness.cases.question import AskedCase
from harness.judging.content import Conversion
from harness.judging.judge import Judge, Judgement, merged


def judged_whole(asked: AskedCase, judge: Judge) -> Judgement:
    """Check each message against its layout or schema, and against the expected conversion."""
    answered = zip(asked.question.about, asked.answers, strict=True)
    found = [
        judge.converted(asked.case, specimen, answer, Conversion.all_faults)
        for specimen, answer in answered
    ]
    return merged(found, asked.answer)
