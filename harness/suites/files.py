"""The files that a case leaves: inputs, expected outputs and actual outputs."""

from __future__ import annotations

from harness.cases.file_roles import ACTUAL, EXPECTED, RETOUR
from harness.cases.question import AskedCase, joined
from harness.sut.files.suffix import SUFFIX
from harness.sut.protocol import GATE, OK

# The suffix and the bytes of each file, by role.
Files = dict[str, tuple[str, bytes]]
TEXT = ".txt"


def suffix_of(asked: AskedCase) -> str:
    """The suffix of the answer to a case."""
    return TEXT if asked.case.op == GATE else SUFFIX[asked.case.route[-1]]


def handed_over(asked: AskedCase) -> Files:
    """The input messages of a conversion or answer, including the return message of a pair."""
    given = SUFFIX[asked.case.route[0]]
    roles = zip(("input", RETOUR), asked.question.inputs, strict=False)
    return {role: (given, data) for role, data in roles}


def numbered(asked: AskedCase, release: str) -> Files:
    """All input messages of a release, numbered."""
    inputs = asked.question.inputs
    roles = ["input", *(f"input-{number}" for number in range(2, len(inputs) + 1))]
    return {role: (SUFFIX[release], data) for role, data in zip(roles, inputs, strict=True)}


def expected_of_each(asked: AskedCase) -> Files:
    """One correct conversion of each input message."""
    target, specimen = asked.case.route[-1], asked.specimen
    expected = (specimen.asked(item).expected_bytes(target) for item in asked.question.requests)
    return {role: (SUFFIX[target], data) for role, data in zip(EXPECTED, expected, strict=False)}


def conversion_files(asked: AskedCase) -> Files:
    """The generated message on its route, and the expected conversion."""
    source, target = asked.case.route[0], asked.case.route[-1]
    specimen = asked.specimen
    return {
        "input": (SUFFIX[source], specimen.sources[source]),
        "expected": (SUFFIX[target], specimen.expected_bytes(target)),
    }


def gate_files(asked: AskedCase) -> Files:
    """The messages of the gate questions, and the expected decisions, one per line."""
    told = "".join(f"{line}\n" for line in asked.question.gate_lines).encode()
    files = numbered(asked, asked.case.route[-1])
    return files | ({"expected": (TEXT, told)} if told else {})


def answer_files(asked: AskedCase) -> Files:
    """The deciding answer of a case, and its reason."""
    if not asked.answers:
        return {}
    answer = asked.answer
    if asked.question.gate and answer.status == OK and answer.output:
        answer = joined(asked.answers)
    actual = asked.answers if asked.case.pair and asked.case.op != GATE else (answer,)
    files = {
        role: (suffix_of(asked), item.output)
        for role, item in zip(ACTUAL, actual, strict=False)
        if item.output
    }
    if answer.reason:
        files["reason"] = (TEXT, answer.reason.encode("utf-8", "backslashreplace"))
    return files
