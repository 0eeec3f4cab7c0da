"""Whatever software answers, the run comes to a verdict on it and writes all its reports."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from unittest import mock

from click.testing import CliRunner
from hypothesis import strategies as st
from lxml import etree

from harness.cli import main
from harness.sut.protocol import ANSWERED, CRASH, OK, REFUSED, SAME, TIMEOUT, Answer, Request
from reports.events.events import VERDICTS
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.ei_messages import likely_eis, odd_eis
from tests.fuzz.inputs.xml_messages import likely_xmls, odd_xmls

REASONS = st.text(max_size=40) | st.sampled_from(
    ["", "\x1b[2J\r\nikeur: the run is good", "\ud800", "]]>", "<b>&", "\0", "x" * 3_000, "=1+1"]
)
_SOME = ["WMO305"]
OUTPUTS = likely_xmls(_SOME) | likely_eis(_SOME) | odd_xmls() | odd_eis() | st.binary(max_size=200)
_FAILED = st.sampled_from(
    [(CRASH, "SUT-CRASH"), (CRASH, "SUT-FLOOD"), (CRASH, "SUT-ERROR"), (CRASH, "SUT-FRAME"),
     (TIMEOUT, "SUT-TIMEOUT")]
)  # fmt: skip
ANSWERS = st.one_of(
    st.builds(Answer, st.just(OK), OUTPUTS, REASONS),
    st.builds(Answer, st.just(REFUSED), OUTPUTS | st.just(b""), REASONS),
    st.builds(
        lambda kind, output, reason, again: Answer(kind[0], output, reason, kind[1], again=again),
        _FAILED,
        st.just(b"") | st.binary(max_size=20),
        REASONS,
        st.sampled_from(["", SAME, ANSWERED]),
    ),
)


class Answers:
    """Software that gives these answers, one after the other, whatever it is asked."""

    name, version, way, command = "fuzz", "", "command", "fuzz"
    shares_process = False

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.answers = cycle(answers)

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        return [next(self.answers) for _ in requests]

    together = ask

    def renew(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing runs."""


@fuzzed(
    4,
    EVERY_RUN / 4,
    answers=st.lists(ANSWERS, min_size=1, max_size=6),
    suite=st.sampled_from(["convert", "schema,roundtrip", "rules", "refuse"]),
    lang=st.sampled_from(["nl", "en"]),
)
def test_whatever_is_answered_is_judged_and_reported(
    answers: list[Answer], suite: str, lang: str
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch("harness.cli.run.reach_all", return_value=Answers(answers)),
        # How long a failing message is made smaller is another matter.
        mock.patch("harness.running.failed_cases.budget.MOST_SECONDS_OF_RUN", 0.05),
    ):
        out = Path(folder) / "out"
        words = ["--suite", suite, "--messages", "WMO305", "--count", "1", "--lang", lang]
        done = CliRunner().invoke(main, ["run", "--reference", "--quick", *words, f"--out={out}"])
        # The runner tells no exception of a run on which all is right.
        assert done.exc_info, done.output
        assert done.exc_info[0] is SystemExit, done.exc_info
        assert "\x1b[2J" not in done.output
        results = json.loads((out / "results.json").read_text(encoding="utf-8", errors="strict"))
        assert {case["verdict"] for case in results["cases"]} <= set(VERDICTS)
        is_red = any(case["verdict"] in ("fail", "crash", "timeout") for case in results["cases"])
        assert done.exit_code == (int(is_red) if results["end"]["completed"] else 3)
        etree.parse(out / "junit.xml")
        json.loads((out / "results.sarif").read_text(encoding="utf-8"))
        for name in ("report.html", "summary.md"):
            assert (out / name).stat().st_size
