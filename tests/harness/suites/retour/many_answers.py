"""`make retour`: the reference answers 5,000 inputs of every kind without a finding."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from harness import clock
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge
from harness.reference.converter import respond
from harness.suites.retour.in_turn import names_of
from harness.suites.retour.suite import Retour
from harness.sut.protocol import OK, REFUSED, Answer, Request
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue

# Of each type, release and kind so many inputs.
COUNT, SEED = 8, 11
Task = tuple[str, str, str]


def tasks() -> list[Task]:
    """Every kind of input, of every type and release."""
    return [
        (name, release, kind)
        for name in catalogue().messages
        for release in ("2.0", "2.1")
        for kind in names_of(name, release)
    ]


def answered(request: Request) -> Answer:
    """What the reference makes of a request."""
    try:
        return Answer(OK, respond(request.data, request.source, request.target), day=clock.day())
    except Refused as error:
        return Answer(REFUSED, reason=str(error))


def judged(task: Task, count: int = COUNT, seed: int = SEED) -> list[str]:
    """What is found in the answers to some inputs of a kind."""
    name, release, kind = task
    message, suite, found = catalogue().one(name), Retour(), []
    for index in range(count):
        case = suite.case(message, (release, release), seed, index, kind)
        specimen = Specimen(message, seed, index)
        question = suite.question(case, specimen)
        asked = AskedCase(case, specimen, question, tuple(map(answered, question.requests)))
        for item in suite.judge(asked, Judge("ABCD")).findings:
            found.append(f"{case.id}: {item.code} {item.where}")
    return found


def main() -> int:
    """Judge all; the exit code."""
    begin, red, todo = time.monotonic(), 0, tasks()
    with ProcessPoolExecutor() as pool:
        for found in pool.map(judged, todo):
            red += len(found)
            for line in found[:5]:
                print(line, flush=True)
    print(f"{len(todo) * COUNT:,} inputs, {red} findings, {time.monotonic() - begin:.0f} s")
    return bool(red)


if __name__ == "__main__":
    sys.exit(main())
