"""Two runs compared: new, mended, still there, and gone without an answer that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.events.events import CaseFinished, Event, Finding, RunFinished, RunStarted
from reports.run.differences import RunsCompared, compared
from reports.run.differences_text import MOST_SHOWN, lines
from schemas.message.fault import EiAddress

MakeCase = Callable[..., CaseFinished]
MakeFinding = Callable[..., Finding]
NAME, DATE = EiAddress(3, "02", "NAAM", 58, 132), EiAddress(3, "02", "GEBOORTEDATUM", 50, 57)


@pytest.fixture
def run(started: RunStarted) -> Callable[..., list[Event]]:
    def made(*cases: CaseFinished) -> list[Event]:
        return [started, *cases, RunFinished(completed=True, reason="", seconds=1.0)]

    return made


def told(found: RunsCompared) -> list[tuple[str, str, int, int]]:
    return [(item.status, item.cause.place, item.before, item.after) for item in found.changes]


def test_each_finding_is_new_mended_or_still_there(
    run: Callable[..., list[Event]], make_case: MakeCase, make_finding: MakeFinding
) -> None:
    cut, late = make_finding("c-1", ei=NAME), make_finding("c-1", "FIELD-CHANGED", ei=DATE)
    lost = make_finding("c-2", "FIELD-LOST", ei=NAME)
    old = run(make_case("c-1", "fail", cut, cut, late), make_case("c-2", "pass"))
    new = run(make_case("c-1", "fail", cut), make_case("c-2", "fail", lost))
    found = compared(old, new)
    assert told(found) == [
        ("new", "02 NAAM", 0, 1),
        ("still", "02 NAAM", 2, 1),
        ("mended", "02 GEBOORTEDATUM", 1, 0),
    ]
    assert found.is_worse
    assert not compared(new, new).is_worse


@pytest.mark.parametrize("verdict", ["skip", "crash", "timeout", "another case"])
def test_a_finding_is_not_mended_if_its_case_has_no_answer(
    run: Callable[..., list[Event]], make_case: MakeCase, make_finding: MakeFinding, verdict: str
) -> None:
    old = run(make_case("c-1", "fail", make_finding("c-1", ei=NAME)))
    case = make_case("c-9", "pass") if verdict == "another case" else make_case("c-1", verdict)
    assert told(compared(old, run(case))) == [("unasked", "02 NAAM", 1, 0)]
    assert told(compared(old, run(make_case("c-1", "pass")))) == [("mended", "02 NAAM", 1, 0)]


def test_a_declared_finding_is_the_same_as_before_and_new_advice_is_no_step_back(
    run: Callable[..., list[Event]], make_case: MakeCase, make_finding: MakeFinding
) -> None:
    blocks = make_finding("c-1", ei=NAME)
    old = run(make_case("c-1", "fail", blocks))
    new = run(
        make_case("c-1", "xfail", replace(blocks, deviation=1)),
        make_case("c-2", "pass", make_finding("c-2", "EI-FILLED", blocking=False, ei=DATE)),
    )
    found = compared(old, new)
    assert [(item.status, item.kind) for item in found.changes] == [
        ("new", "advisory"),
        ("still", "declared"),
    ]
    assert not found.is_worse


def test_what_is_new_is_told_with_its_values_and_lists_are_cut(
    run: Callable[..., list[Event]], make_case: MakeCase, make_finding: MakeFinding, nasty: str
) -> None:
    many = [
        make_finding("c-1", ei=replace(NAME, field=f"VELD {number}"), actual=nasty)
        for number in range(MOST_SHOWN + 3)
    ]
    found = compared(run(make_case("c-1", "pass")), run(make_case("c-1", "fail", *many)))
    for lang, words in (("en", ("New", "And 3 more")), ("nl", ("Nieuw", "En nog 3"))):
        text = list(lines(found, lang))
        assert words[0] in text
        assert any(words[1] in line for line in text)
        assert sum("van den Berg" in line for line in text) == MOST_SHOWN
        assert not any("\x1b" in line or "\n" in line for line in text)
