"""A message that cannot be read or is not valid is refused, or in 2.0 rejected with a code."""

from __future__ import annotations

import pytest

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.judge import Judgement
from harness.reference.converter import respond
from harness.suites.registry import parse
from harness.sut.protocol import CRASH, OK, REFUSED, Answer
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.releases.read_write import read, write
from schemas.retour.pair import terms
from tests.harness.judged import answered, judged
from tests.schemas.rules.edited import ei

REASON = Answer(REFUSED, reason="no message")


def case_of(kind: str, release: str) -> Case:
    return parse(f"WMO305.retour.{kind}.{release}-{release}.s1.n4")


def judge(kind: str, release: str, answer: Answer) -> Judgement:
    case = case_of(kind, release)
    return judged(answered(case, Specimen(catalogue().one("WMO305"), 1, 4), answer))


def header_alone(release: str, *codes: str) -> Answer:
    """A return message to some valid message, with codes in its header."""
    specimen = Specimen(catalogue().one("WMO305"), 1, 4)
    pair = terms("WMO305", release)
    root = read(respond(specimen.sources[release], release, release), release).root
    assert root is not None
    if codes:
        pair.slots("01").put(root, codes)
    return Answer(OK, write(pair.retour, root, release))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (REASON, None),
        (Answer(REFUSED), "SUT-NO-REASON"),
        (Answer(REFUSED, b"x", "no"), "SUT-REFUSED-WITH-OUTPUT"),
        (Answer(OK), "SUT-NO-OUTPUT"),
        (Answer(CRASH, reason="exit code 1", code="SUT-CRASH"), "SUT-CRASH"),
        (header_alone("2.0"), "RETOUR-ACCEPTED"),
        (header_alone("2.0", "0200"), "RETOUR-ACCEPTED"),
        (header_alone("2.0", "0233"), "RETOUR-ACCEPTED"),
        (header_alone("2.0", "8027"), None),
        (Answer(OK, b"8027"), "RETOUR-ACCEPTED"),
    ],
)
def test_a_wrong_version_of_20_is_refused_or_gets_a_code(answer: Answer, code: str | None) -> None:
    found = judge("other-version", "2.0", answer).findings
    assert [item.code for item in found] == ([code] if code else [])
    assert all(item.blocking for item in found)


@pytest.mark.parametrize(
    ("kind", "release"), [("not-a-message", "2.0"), ("element-missing", "2.1")]
)
def test_what_cannot_be_read_or_breaks_the_schema_of_21_has_no_return_message(
    kind: str, release: str
) -> None:
    rejected = judge(kind, release, header_alone(release, "0001"))
    assert [(item.code, item.evidence) for item in rejected.findings] == [("RETOUR-ACCEPTED", "C")]
    assert rejected.verdict == "fail"
    assert judge(kind, release, REASON).verdict == "pass"


def test_such_a_case_expects_a_refusal_and_leaves_no_right_answer() -> None:
    from harness.suites.registry import suite_of

    case = case_of("unknown-code", "2.1")
    suite = suite_of(case)
    asked = answered(case, Specimen(catalogue().one("WMO305"), 1, 4), REASON)
    assert suite.expects(case) == "refused"
    assert set(suite.files(asked)) == {"input", "reason"}
    assert "A code that is in no list." in suite.text(case, "en")


@pytest.mark.parametrize(
    ("name", "edits", "code"),
    [
        # The rule that this breaks too (TR381) has no return code.
        ("WMO315", {"3 PRODUCTCODE": "99X99"}, "EI-CODE"),
        ("WMO305", {"3 PRODUCTCODE": "99X99"}, "EI-CODE"),
    ],
)
def test_the_reference_answers_nothing_for_which_it_has_no_code(
    name: str, edits: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        respond(ei(name, edits), "2.0", "2.0")
    assert refused.value.code == code
