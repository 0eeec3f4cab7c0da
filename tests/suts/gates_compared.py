"""Where a faulty gate decides otherwise than the faithful one, over the questions of some cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from harness.cases.question import GateQuestion
from harness.cases.specimen import Specimen
from harness.suites.registry import parse, suite_of
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import Override, load
from tests.suts.second.gate import AGREED, faithful

Gate = Callable[..., object]
# The place of a finding: its case, and what was expected there.
Place = tuple[str, str]
_ERROR = "a decision"


def agreements(path: Path = AGREED) -> tuple[Override, ...]:
    """The agreements that both gates know."""
    return load(path)


def questions(case_id: str, agreed: tuple[Override, ...]) -> tuple[GateQuestion, ...]:
    """The gate questions of a case."""
    case = parse(case_id)
    specimen = Specimen(catalogue().one(case.message), case.seed, case.index)
    return suite_of(case).question(case, specimen, agreed).gate


def _word(gate: Gate, item: GateQuestion) -> str:
    asked = item.request
    try:
        said = gate(asked.data, asked.source, asked.target, asked.direction, asked.at)
    except Exception:
        return _ERROR
    return str(said).split()[0]


def differing(gate: Gate, cases: Iterable[str], agreed: tuple[Override, ...]) -> set[Place]:
    """The questions at which a gate says another word than the faithful one.

    A case in which it fails has one place.
    """
    found: set[Place] = set()
    for case in cases:
        words = [(item, _word(gate, item)) for item in questions(case, agreed)]
        if any(word == _ERROR for _, word in words):
            found.add((case, _ERROR))
            continue
        found |= {(case, item.summary) for item, word in words if word != _word(faithful, item)}
    return found
