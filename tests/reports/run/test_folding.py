"""One fault is one cause: what follows from it is told with it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.events.events import CaseFinished, Event, Finding, Flaw, RunFinished, RunStarted
from reports.run.causes.causes import Cause
from reports.run.causes.titles import title
from reports.run.summary import summarise
from reports.shared.texts import texts
from schemas.facts.finding_codes import finding_codes
from schemas.facts.table_rows import rows
from schemas.message.fault import EiAddress, XmlAddress

CLIENT = "/Bericht/Clienten/Client[1]"
PRODUCT = f"{CLIENT}/StartProducten/StartProduct[1]"
BEGIN = (EiAddress(4, "07", "BEGINDATUM", 72, 79), XmlAddress(f"{PRODUCT}/Begindatum", 30))
END = (EiAddress(4, "07", "EINDDATUM", 80, 87), XmlAddress(f"{PRODUCT}/Einddatum", 31))
NAME = (EiAddress(2, "02", "NAAM", 58, 82), XmlAddress(f"{CLIENT}/Naam/Geslachtsnaam/Naam", 12))
BSN = (EiAddress(2, "02", "BSN", 3, 11), XmlAddress(f"{CLIENT}/Bsn", 9))
Place = tuple[EiAddress, XmlAddress]
Told = Callable[..., tuple[Cause, ...]]


def case(number: int, *found: Finding, suite: str = "convert", **parts: str) -> CaseFinished:
    message, direction = parts.get("message", "WMO305"), parts.get("direction", "2.0-2.1")
    name = f"{message}.{suite}.{direction}.s1.n{number}"
    return CaseFinished(
        id=name,
        suite=suite,
        message=message,
        direction=direction,
        verdict="fail" if found else "pass",
        seconds=0.1,
        requirement="every field is carried over",
        findings=tuple(
            replace(one, case=name, suite=suite, message=message, direction=direction)
            for one in found
        ),
    )


@pytest.fixture
def told(started: RunStarted) -> Told:
    """The causes of a run with some cases."""

    def of(*cases: CaseFinished) -> tuple[Cause, ...]:
        events: list[Event] = [started, *cases, RunFinished(True, "", 1.0)]
        return summarise(events).causes

    return of


@pytest.fixture
def at(make_finding: Callable[..., Finding]) -> Callable[..., Finding]:
    """A finding of a code at a field, with its values."""

    def of(code: str, place: Place, expected: str, actual: str, **parts: object) -> Finding:
        return make_finding(
            "c", code, ei=place[0], xml=place[1], expected=expected, actual=actual, **parts
        )

    return of


def titles(causes: tuple[Cause, ...], lang: str = "en") -> list[str]:
    return [title(cause, texts(lang)) for cause in causes]


def test_two_dates_of_a_record_that_are_swapped_are_one_cause_with_the_rule_they_break(
    told: Told, at: Callable[..., Finding]
) -> None:
    cases = []
    for number, (begin, end) in enumerate(
        [("2016-01-02", "2016-03-04"), ("2017-05-06", "2017-07-08")]
    ):
        wrong = (at("FIELD-CHANGED", BEGIN, begin, end), at("FIELD-CHANGED", END, end, begin))
        rule = at("RULE", END, f"{end} or later", begin, rule="CS003")
        cases += [case(number, *wrong), case(number, rule, suite="rules")]
    causes = told(*cases)
    assert titles(causes) == ["WMO305 07 BEGINDATUM and EINDDATUM are swapped"]
    assert titles(causes, "nl") == ["WMO305 07 BEGINDATUM en EINDDATUM zijn verwisseld"]
    assert [(one.code, one.count) for one in causes[0].follows] == [
        ("FIELD-CHANGED", 2),
        ("RULE", 2),
    ]
    assert causes[0].total == 6


def test_two_fields_that_are_wrong_each_in_its_own_way_stay_two_causes(
    told: Told, at: Callable[..., Finding]
) -> None:
    wrong = (
        at("FIELD-CHANGED", BEGIN, "2016-01-02", "2016-02-01"),
        at("FIELD-LOST", NAME, "Bos", ""),
    )
    assert titles(told(*(case(number, *wrong) for number in range(3)))) == [
        'WMO305 07 BEGINDATUM: day and month are swapped: "2016-01-02" became "2016-02-01"',
        'WMO305 02 NAAM: "Bos" is lost',
    ]


def test_a_field_is_one_cause_in_several_types_directions_and_checks(
    told: Told, at: Callable[..., Finding]
) -> None:
    lost = at("FIELD-LOST", NAME, "Bos", "")
    causes = told(
        case(0, lost),
        case(0, lost, message="JW305"),
        case(1, lost, direction="2.1-2.0"),
        case(1, lost, direction="2.0-2.1-2.0", suite="roundtrip"),
        case(0, at("XML-VALUE", NAME, "1 or more characters", ""), suite="schema"),
    )
    assert [cause.total for cause in causes] == [5]
    assert titles(causes) == ['WMO305, JW305: 02 NAAM: "Bos" is lost']


def test_all_that_is_wrong_after_a_record_of_another_length_follows_from_it(
    told: Told, at: Callable[..., Finding], make_finding: Callable[..., Finding]
) -> None:
    length = make_finding(
        "c", "EI-LENGTH", ei=EiAddress(4, "07", "", 0, 0), expected="180", actual="179"
    )
    shown = (at("FIELD-CHANGED", BEGIN, "20160102", "0160102 "), at("FIELD-LOST", NAME, "Bos", ""))
    back = {"direction": "2.1-2.0"}
    with_length = [case(number, length, suite="schema", **back) for number in range(3)]
    fields = [case(number, *shown, **back) for number in range(3)]
    assert titles(told(*with_length, *fields)) == [
        'WMO305 record 07 is "179" characters long instead of "180"'
    ]
    # A field that is wrong in other messages too has a cause of its own.
    other = [case(number, at("FIELD-LOST", NAME, "Bos", ""), **back) for number in range(3, 9)]
    assert len(told(*with_length, *fields, *other)) == 2


def test_a_refusal_is_told_once_for_its_reason_and_another_reason_apart(
    told: Told, make_finding: Callable[..., Finding]
) -> None:
    def refusal(said: str) -> Finding:
        return make_finding("c", "SUT-REFUSED", expected="a converted message", actual=said)

    causes = told(
        case(0, refusal("no client '999900006' in record 2")),
        case(1, refusal("no client '999900018' in record 14"), message="JW305"),
        case(2, refusal("out of memory"), message="JW307"),
    )
    assert sorted(cause.total for cause in causes) == [1, 2]


def test_what_the_software_makes_of_its_own_output_follows_from_that_output(
    told: Told, at: Callable[..., Finding], make_finding: Callable[..., Finding]
) -> None:
    refused = make_finding("c", "SUT-REFUSED", expected="a converted message", actual="bad name")
    way = {"direction": "2.0-2.1-2.0", "suite": "roundtrip"}
    lost = case(0, at("FIELD-LOST", NAME, "Bos", ""))
    assert [cause.code for cause in told(lost, case(0, refused, **way))] == ["FIELD-LOST"]
    # Of a message whose first conversion was right, nothing explains it.
    assert len(told(lost, case(7, refused, **way))) == 2


def test_the_same_change_of_text_is_one_cause_in_every_field(
    told: Told, at: Callable[..., Finding]
) -> None:
    back = {"direction": "2.1-2.0"}
    street = (
        EiAddress(3, "04", "STRAATNAAM", 20, 43),
        XmlAddress(f"{CLIENT}/Adres/Straatnaam", 20),
    )
    twice = (
        at("FIELD-CHANGED", NAME, "Müller", "MÃ¼ller"),
        at("FIELD-CHANGED", street, "Señor", "SeÃ±or"),
    )
    causes = told(case(0, twice[0], **back), case(1, twice[1], **back))
    assert titles(causes) == ['WMO305 02 NAAM: UTF-8 bytes in a 2.0 message: "MÃ¼ller"']
    assert titles(causes, "nl") == ['WMO305 02 NAAM: UTF-8-bytes in een 2.0-bericht: "MÃ¼ller"']


def test_fields_of_a_record_that_differ_all_at_once_are_one_cause_but_two_are_two(
    told: Told, at: Callable[..., Finding]
) -> None:
    places = [
        (
            EiAddress(4, "07", f"VELD {number}", number, number),
            XmlAddress(f"{PRODUCT}/Veld{number}", 1),
        )
        for number in range(6)
    ]
    shifted = [
        at("FIELD-CHANGED", place, f"{number}00", f"{number}")
        for number, place in enumerate(places)
    ]
    assert len(told(*(case(number, *shifted) for number in range(3)))) == 1
    assert len(told(*(case(number, *shifted[:2]) for number in range(3)))) == 2


def test_a_group_that_is_lost_whole_is_one_cause_but_a_field_that_is_lost_elsewhere_too_is_not(
    told: Told, at: Callable[..., Finding]
) -> None:
    size = [
        at(
            "FIELD-LOST",
            (EiAddress(4, "07", name, 1, 2), XmlAddress(f"{PRODUCT}/Omvang/{name.title()}", 1)),
            "04",
            "",
        )
        for name in ("VOLUME", "EENHEID", "FREQUENTIE")
    ]
    assert len(told(*(case(number, *size) for number in range(3)))) == 1
    assert len(told(*(case(number, *size[:2]) for number in range(3)), case(4, size[0]))) == 2


def test_an_output_that_cannot_be_read_is_told_by_what_is_wrong_with_it(
    told: Told, make_finding: Callable[..., Finding]
) -> None:
    syntax = make_finding("c", "XML-SYNTAX", xml=XmlAddress("/", 3), expected="XML", actual="<a")
    changed = make_finding("c", "TYPE-CHANGED", expected="WMO305", actual="unreadable")
    cases = [case(number, changed) for number in range(3)]
    cases += [case(number, syntax, suite="schema") for number in range(3)]
    assert [cause.code for cause in told(*cases)] == ["XML-SYNTAX"]
    assert [cause.code for cause in told(cases[0])] == ["TYPE-CHANGED"]


def test_a_wrongly_accepted_flaw_is_one_cause_for_its_kind(
    told: Told, make_finding: Callable[..., Finding]
) -> None:
    def accepted(kind: str, code: str) -> Finding:
        flaw = Flaw(
            kind, {"en": "A count is wrong.", "nl": "Een telling klopt niet."}, "", "", code, ""
        )
        return make_finding(
            "c", "SUT-ACCEPTED", expected="a refusal", actual="a message", flaw=flaw
        )

    count = accepted("wrong-count", "EI-COUNT")
    causes = told(
        case(0, count, suite="refuse"),
        case(1, count, suite="refuse", message="JW305"),
        case(2, accepted("unknown-code", "EI-CODE"), suite="refuse"),
    )
    assert titles(causes, "nl") == [
        "WMO305, JW305: aanvaardt een bericht dat geweigerd moet worden: Een telling klopt niet "
        "(wrong-count)",
        "WMO305 aanvaardt een bericht dat geweigerd moet worden: Een telling klopt niet "
        "(unknown-code)",
    ]


def test_a_cause_of_many_fields_counts_them_and_names_one(
    told: Told, at: Callable[..., Finding], make_finding: Callable[..., Finding]
) -> None:
    def accepted(field: str) -> Finding:
        what = {"en": "A code is in no list.", "nl": "Een code staat in geen lijst."}
        flaw = Flaw("unknown-code", what, field, "77", "EI-CODE", "")
        return make_finding(
            "c", "SUT-ACCEPTED", expected="a refusal", actual="a message", flaw=flaw
        )

    codes = [
        case(number, accepted(field), suite="refuse")
        for number, field in enumerate(["04 LANDCODE", "02 GESLACHT", "07 EENHEID"])
    ]
    assert titles(told(*codes)) == [
        "WMO305 accepts a message that it must refuse: A code is in no list (unknown-code), "
        "in 3 fields, for example 04 LANDCODE"
    ]
    assert titles(told(*codes[:2])) == [
        "WMO305 accepts a message that it must refuse: A code is in no list (unknown-code)"
    ]
    late = [
        at("FIELD-CHANGED", place, "2017-06-12", "2017-12-06")
        for place in (BEGIN, END, (EiAddress(2, "02", "GEBOORTEDATUM", 1, 8), None))
    ]
    assert titles(told(*(case(number, *late) for number in range(3))), "nl") == [
        "WMO305 in 3 velden, bijvoorbeeld 07 BEGINDATUM: dag en maand zijn verwisseld: "
        '"2017-06-12" is "2017-12-06" geworden'
    ]


def test_a_declared_finding_is_never_hidden_below_one_that_blocks(
    told: Told, at: Callable[..., Finding]
) -> None:
    lost = at("FIELD-LOST", NAME, "Bos", "")
    causes = told(case(0, lost), case(0, replace(lost, deviation=1), message="JW305"))
    assert [cause.effect for cause in causes] == ["blocking", "declared"]


def test_what_blocks_stays_on_top_though_it_follows_from_advice(
    told: Told, at: Callable[..., Finding]
) -> None:
    weak = at("FIELD-CHANGED", BEGIN, "2016-01-02", "2016-02-01", blocking=False, evidence="D")
    rule = at("RULE", BEGIN, "a date", "2016-02-01", rule="CS003")
    (cause,) = told(case(0, weak), case(0, rule, suite="rules"))
    assert (cause.kind, cause.effect, cause.code) == ("advisory", "blocking", "FIELD-CHANGED")


def test_the_levels_name_codes_that_exist() -> None:
    from pathlib import Path

    import reports.run.causes

    table = rows("cause_levels", Path(reports.run.causes.__file__).parent)
    assert {row["code"] for row in table} <= set(finding_codes())
