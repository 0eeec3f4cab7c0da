"""A cause says in which notations of the input it shows alone, and only where that is certain."""

from __future__ import annotations

from dataclasses import replace

from reports.events.events import CaseFinished, Finding
from reports.run.causes.causes import Causes
from reports.run.only_where import LEAST_MESSAGES, MOST_LISTED

CDATA, CRLF = "CDATA sections", "CR LF as line end"


def case(
    index: int, notation: str, *codes: str, message: str = "WMO305", suite: str = "convert"
) -> CaseFinished:
    """A case at an index, with a finding of each code."""
    name = f"{message}.{suite}.2.1-2.0.s1.n{index}"
    finding = Finding("", name, suite, message, "2.1-2.0", "a", "b", "A", True, "")
    return CaseFinished(
        id=name,
        suite=suite,
        message=message,
        direction="2.1-2.0",
        verdict="fail" if codes else "pass",
        seconds=0.0,
        requirement="",
        findings=tuple(replace(finding, code=code) for code in codes),
        notation=notation,
    )


def only(*cases: CaseFinished) -> dict[str, tuple[str, ...]]:
    """The notations of each cause, by its code."""
    causes = Causes()
    for item in cases:
        causes.asked(item)
        for finding in item.findings:
            causes.add(item, finding)
    return {cause.code: cause.only for cause in causes.sorted()}


def test_what_shows_in_all_of_a_notation_and_in_no_other_says_so() -> None:
    cases = [case(1, CDATA, "LOST"), case(2, ""), case(3, CRLF), case(4, CDATA, "LOST")]
    assert only(*cases) == {"LOST": (CDATA,)}


def test_two_findings_in_a_case_are_one_case() -> None:
    cases = [case(1, CDATA, "LOST", "LOST"), case(2, ""), case(4, CDATA, "LOST")]
    assert only(*cases) == {"LOST": (CDATA,)}


def test_what_shows_in_the_usual_notation_too_says_nothing() -> None:
    for last in ([case(2, "", "LOST")], [case(2, ""), case(5, "", "LOST")]):
        assert only(case(1, CDATA, "LOST"), case(4, CDATA, "LOST"), *last) == {"LOST": ()}


def test_what_shows_in_some_of_a_notation_says_nothing() -> None:
    cases = [case(1, CDATA, "LOST"), case(2, ""), case(4, CDATA, "LOST"), case(5, CDATA)]
    assert only(*cases) == {"LOST": ()}


def test_one_message_is_not_enough_as_it_may_be_the_content() -> None:
    assert LEAST_MESSAGES == 2
    alone = [case(1, CDATA, "LOST"), case(2, ""), case(3, CRLF)]
    assert only(*alone) == {"LOST": ()}
    # The same message in another suite is the same message.
    again = case(1, CDATA, "LOST", suite="schema")
    assert only(*alone, again, case(2, "", suite="schema")) == {"LOST": ()}
    assert only(*alone, case(3, CDATA, "LOST", message="JW301"), case(4, "", message="JW301")) == {
        "LOST": (CDATA,)
    }


def test_several_notations_are_listed_if_each_is_certain() -> None:
    both = [case(index, (CDATA, CRLF)[index % 2], "LOST") for index in range(4)]
    assert only(*both, case(9, "")) == {"LOST": (CDATA, CRLF)}
    assert only(*both, case(9, ""), case(10, "tabs", "LOST")) == {"LOST": ()}


def test_many_notations_are_not_listed() -> None:
    names = [f"notation {number}" for number in range(MOST_LISTED + 1)]
    cases = [case(2 * n + i, name, "LOST") for n, name in enumerate(names) for i in (0, 1)]
    assert only(*cases, case(99, "")) == {"LOST": ()}
    assert only(*cases[:-2], case(99, "")) == {"LOST": tuple(names[:-1])}


def test_without_a_case_in_another_notation_nothing_can_be_said() -> None:
    assert only(case(1, CDATA, "LOST"), case(4, CDATA, "LOST")) == {"LOST": ()}


def test_other_findings_of_the_same_cases_are_told_apart() -> None:
    cases = [case(1, CDATA, "LOST", "CUT"), case(4, CDATA, "LOST"), case(2, "", "CUT")]
    assert only(*cases) == {"CUT": (), "LOST": (CDATA,)}
