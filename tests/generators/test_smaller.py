"""Of a message from which things were taken out, all the rest holds as it did before."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from generators.content.content import Content
from generators.cutting.apply_cuts import smaller
from generators.cutting.cuts import Cut, TextCut, long_texts, record_cuts, value_cuts
from harness.cases.case import Case
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.judging.judge import Judge
from harness.reference.converter import convert
from harness.suites.registry import cases_of, suite_of
from harness.sut.protocol import OK, Answer, Request
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import read

CONVERTED = [message for message in catalogue().messages.values() if message.convertible]
STEPS = 8


class Faithful:
    """The converter of the project, which does not share a line with what takes things out."""

    name = version = way = command = ""

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        return [
            Answer(OK, convert(request.data, request.source, request.target))
            for request in requests
        ]

    def close(self) -> None:
        """Nothing runs."""


def middle(chance: random.Random, text: TextCut) -> TextCut:
    """A part of a text from before its middle to behind it."""
    half = text.end // 2
    return replace(text, start=chance.randrange(half), end=chance.randint(half + 1, text.end))


def some_cuts(
    chance: random.Random, message: MessageType, content: Content, release: str
) -> list[Cut]:
    """Some records, some values, or the middles of some texts."""
    texts = [middle(chance, text) for text, _ in long_texts(message, content, release)]
    kinds: list[list[Cut]] = [
        record_cuts(content, chance.randint(1, 4)),
        value_cuts(message, content, release),
        [*texts],
    ]
    listed = chance.choices(kinds, (2, 3, 1))[0]
    return chance.sample(listed, min(len(listed), chance.choice((1, 2, 5))))


def is_valid(specimen: Specimen, case: Case) -> bool:
    try:
        messages = [(specimen.sources[case.route[0]], case.route[0])]
        messages += [(specimen.expected_bytes(release), release) for release in case.route[1:]]
    except Refused:
        return False
    return not any(read(data, release).faults for data, release in messages)


def valid_steps(specimen: Specimen, case: Case) -> Iterator[tuple[Specimen, list[Cut]]]:
    """Valid messages that get smaller and smaller, each with what was taken out last."""
    chance, content = random.Random(case.id), specimen.content
    for _ in range(STEPS):
        cuts = some_cuts(chance, specimen.message, content, case.route[0])
        less = specimen.about(smaller(specimen.message, content, cuts))
        if is_valid(less, case):
            content = less.content
            yield less, cuts


@pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
def test_a_faithful_converter_gets_no_finding_on_a_smaller_message(message: MessageType) -> None:
    judge, sut, steps = Judge("ABCD"), Faithful(), 0
    for index in range(2):
        for case in cases_of(message, ["convert", "roundtrip"], 3, index):
            for less, cuts in valid_steps(Specimen(message, 3, index), case):
                steps += 1
                question = suite_of(case).question(case, less, ())
                asked = AskedCase(case, less, question, question.ask(sut))  # type: ignore[arg-type]
                assert suite_of(case).judge(asked, judge).findings == [], (case.id, cuts)
    assert steps > STEPS


@pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
def test_where_nothing_is_taken_out_all_stays_as_it_was(message: MessageType) -> None:
    for index in range(5):
        specimen = Specimen(message, 3, index)
        same = specimen.about(smaller(message, specimen.content, []))

        assert same.sources == specimen.sources
        for release in ("2.0", "2.1"):
            assert same.expected_bytes(release) == specimen.expected_bytes(release)


def test_what_can_be_taken_out_comes_in_the_same_order_everywhere() -> None:
    code = (
        "from generators.cutting.parts import parts\n"
        "from schemas.facts.catalogue import catalogue\n"
        "for name, message in catalogue().messages.items():\n"
        "    if message.root:\n"
        "        print({key: [sorted(part) for part in found] "
        "for key, found in parts(name).items()})\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert said[0]
    assert said[0] == said[1]
