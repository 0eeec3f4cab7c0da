"""What must be refused: a kind of input for every rule of the readers and limit of the target."""

from __future__ import annotations

from typing import Any

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.cli.run import run
from harness.reference import converter as reference
from harness.suites.refuse.damage.registry import KINDS
from harness.suites.refuse.input import damaged
from harness.suites.refuse.kinds import kinds_of, refusals
from harness.suites.registry import cases_of
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.facts.simple_types import NOT_BLANK
from schemas.mapping.field_pairs import mapped
from schemas.releases.read_write import read
from tests.sampling import sampled
from tests.timing import soon

ROUTES = {"2.0": ("2.0", "2.1"), "2.1": ("2.1", "2.0")}
CONVERTED = [message for message in catalogue().messages.values() if message.convertible]
BY_NAME = pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
# Typed by hand from the layouts: which message types can have what not all of them can.
DECLARATIONS = {"WMO303", "WMO304", "JW303", "JW304"}
ASSIGNMENTS = {"WMO301", "WMO302", "JW301", "JW302"}
RETURNS = {message.name for message in CONVERTED if message.role == "retour"}
ONLY = {
    ("too-many-digits", "2.1"): DECLARATIONS,
    ("wrong-total", "2.0"): DECLARATIONS,
    ("too-many-repeats", "2.1"): RETURNS,
    ("key-twice", "2.1"): ASSIGNMENTS,
    ("no-such-time", "2.0"): ASSIGNMENTS,
    ("part-of-a-second", "2.1"): ASSIGNMENTS,
    ("owner-without-record", "2.0"): ASSIGNMENTS,
    ("record-repeated", "2.0"): ASSIGNMENTS,
    ("wrong-comment", "2.0"): ASSIGNMENTS | DECLARATIONS,
}
# What no input of a case can be: a file of a quarter of a gigabyte; what only `--from` and `--to`
# can ask for, or a reader that neither reads nor says why; and two that the tables rule out, as is
# shown below.
WITHOUT_A_KIND = {
    *("EI-SIZE", "XML-SIZE", "OUT-RELEASE", "OUT-TYPE"),
    *("EI-CONSTANT", "OUT-TOO-LONG"),
}  # fmt: skip


def the_case(message: MessageType, kind: str, release: str, index: int) -> Case:
    return Case("refuse", message.name, ROUTES[release], 1, index, kind)


def test_every_code_of_the_readers_and_of_the_converter_has_a_kind_of_input() -> None:
    codes = {
        code.code
        for code in finding_codes().values()
        if code.code.partition("-")[0] in ("EI", "XML", "OUT") and not code.tolerated
    }
    assert codes - {item.code for item in refusals()} == WITHOUT_A_KIND


def test_no_field_has_a_constant_but_the_kind_of_record_and_the_version() -> None:
    # These give EI-RECORD and EI-RELEASE: EI-CONSTANT has nothing to be said of.
    for message in catalogue().messages.values():
        for record in message.records.values():
            fields = [field for field in record.fields if field.rule.role == "constant"]
            places = [(field.start, field.end) for field in fields]
            assert places == [(1, 2), (6, 7), (8, 9)][: 3 if record.code == "01" else 1]


def test_no_text_of_2_1_can_be_too_long_for_a_field_that_does_not_cut_it() -> None:
    for message in CONVERTED:
        for pairs in mapped(message.name).values():
            for pair in pairs:
                field, kind = pair.field, pair.elements[0].type
                if field.is_number or field.rule.cut or field.rule.role == "comment-text":
                    continue
                assert kind is not None
                free = kind.codelist is None and kind.base == "string"
                free = free and kind.pattern in ("", NOT_BLANK)
                assert not free or (kind.max_length or 0) <= field.length, field


def test_the_table_tells_of_every_kind_and_of_no_other() -> None:
    told = [(item.release, item.kind) for item in refusals()]
    assert len(set(told)) == len(told)
    known = {(release, kind) for release, kinds in KINDS.items() for kind in kinds}
    # No message type without a 2.1 form can come in 2.1.
    assert set(told) == known - {("2.1", "not-converted")}
    assert {item.code for item in refusals()} <= {*finding_codes(), ""}


def refusal_of(data: bytes, source: str, target: str) -> Refused:
    with pytest.raises(Refused) as refused:
        reference.convert(data, source, target)
    return refused.value


@pytest.mark.parametrize("message", sampled(CONVERTED, 3), ids=lambda message: message.name)
def test_every_kind_is_refused_soon_for_its_own_reason_and_no_other(message: MessageType) -> None:
    for release in ROUTES:
        for item in kinds_of(message.name, release):
            for index in (0, 33):
                case = the_case(message, item.kind, release, index)
                data = damaged(case, Specimen(message, 1, index)).data
                refused = soon(refusal_of, data, *case.route)
                assert refused.what, case.id
                if item.code:
                    found = {fault.code for fault in read(data, release).faults}
                    found = {code for code in found if not finding_codes()[code].tolerated}
                    assert (found or {refused.code}) == {item.code}, case.id


@pytest.mark.parametrize("name", ["WMO301", "JW304"])
def test_the_same_case_has_the_same_input_and_other_seeds_have_others(name: str) -> None:
    message = catalogue().one(name)
    for release in ROUTES:
        kinds = kinds_of(name, release)
        one, two, other = (
            [
                damaged(the_case(message, item.kind, release, 3), Specimen(message, seed, 3)).data
                for item in kinds
            ]
            for seed in (1, 1, 2)
        )
        assert one == two
        # Nothing and a letter are the same for all.
        same = [
            item.kind for item, *pair in zip(kinds, one, other, strict=True) if len({*pair}) == 1
        ]
        assert sorted(same) == ["empty", "not-a-message"]


@BY_NAME
def test_the_default_run_meets_every_kind_for_every_message_type(message: MessageType) -> None:
    count: Any
    (count,) = (option.default for option in run.params if option.name == "count")
    met = {
        (case.route[0], case.kind)
        for index in range(count)
        for case in cases_of(message, ("refuse",), 1, index)
    }
    assert met == {(release, item.kind) for release in ROUTES
                   for item in kinds_of(message.name, release)}  # fmt: skip


def test_one_case_for_each_message_type_and_direction_meets_many_kinds_together() -> None:
    met = {
        (case.route[0], case.kind)
        for message in CONVERTED
        for case in cases_of(message, ("refuse",), 1, 0)
    }
    assert len(met) > 30


@pytest.mark.parametrize(("kind", "release"), ONLY)
def test_a_kind_is_for_the_message_types_that_can_have_it(kind: str, release: str) -> None:
    having = {
        message.name
        for message in CONVERTED
        if kind in [item.kind for item in kinds_of(message.name, release)]
    }
    assert having == ONLY[kind, release]


def test_what_stays_ei_is_only_asked_to_be_refused_as_such() -> None:
    for name in ("JW321", "JW322"):
        assert [item.kind for item in kinds_of(name, "2.0")] == ["not-converted"]
        assert kinds_of(name, "2.1") == ()


def test_a_finding_rests_on_the_weakest_fact_that_makes_its_input_wrong() -> None:
    # The layout of WMO306 was reconstructed; that of WMO305 comes of published messages.
    grades = {}
    for name in ("WMO305", "WMO306"):
        message = catalogue().one(name)
        case = the_case(message, "wrong-order", "2.0", 0)
        grades[name] = damaged(case, Specimen(message, 1, 0)).evidence
    assert grades == {"WMO305": "B", "WMO306": "D"}
