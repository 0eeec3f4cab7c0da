"""Whatever files the commands are given, they end with an exit code of theirs and no traceback."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from click.testing import CliRunner, Result
from hypothesis import strategies as st

from harness.cli import main
from tests.fuzz.fuzzed import fuzzed
from tests.fuzz.inputs.ei_messages import likely_eis, odd_eis
from tests.fuzz.inputs.start_messages import CONVERTED, TYPES
from tests.fuzz.inputs.xml_messages import likely_xmls, odd_xmls
from tests.timing import soon

PASS, RED, USAGE, REFUSED = 0, 1, 2, 3
ANY = st.binary(max_size=400) | st.sampled_from([b"", b"\n", b"<", b"01", b"\xef\xbb\xbf<a/>"])
MESSAGES = likely_eis() | odd_eis() | likely_xmls() | odd_xmls()
# A name of a file may be any bytes but a NUL and a slash.
NAMES = st.sampled_from(
    ["a.ei", "a.xml", "é €.txt", "a", "a\nb.ei", os.fsdecode(b"\xff.ei"), "x" * 200]
)
OPTIONS = st.lists(st.sampled_from(["--json", "--lang=nl", "--block-on=ABCD"]), unique=True)


def _of_one_type(name: str) -> st.SearchStrategy[list[bytes]]:
    some = likely_eis([name])
    if name in CONVERTED:
        some |= likely_xmls([name])
    return st.lists(some, min_size=2, max_size=2)


PAIRS = st.sampled_from(TYPES).flatmap(_of_one_type) | st.lists(
    MESSAGES | ANY, min_size=2, max_size=2
)


def _ran(words: list[str], files: list[bytes], names: list[str]) -> Result:
    """How a command ends that is given files, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, data) in enumerate(zip(names, files, strict=True)):
            path = Path(folder) / str(number) / name
            path.parent.mkdir()
            path.write_bytes(data)
            words = [*words, str(path)]
        done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert "Traceback" not in done.output
    assert len(done.stderr.splitlines()) == 1
    return done


@fuzzed(80, data=MESSAGES | ANY, name=NAMES, options=OPTIONS)
def test_any_file_is_validated(data: bytes, name: str, options: list[str]) -> None:
    done = soon(_ran, ["validate", *options], [data], [name])
    assert done.exit_code in (PASS, RED)
    if "--json" in options:
        (told,) = json.loads(done.stdout)
        assert told["valid"] == (done.exit_code == PASS)
        assert told["valid"] or told["findings"]


@fuzzed(80, files=PAIRS, names=st.tuples(NAMES, NAMES), as_json=st.booleans())
def test_any_two_files_are_compared(
    files: list[bytes], names: tuple[str, str], as_json: bool
) -> None:
    words = ["compare", "--json"] if as_json else ["compare"]
    done = soon(_ran, words, files, list(names))
    assert done.exit_code in (PASS, RED, USAGE)
    if as_json and done.exit_code != USAGE:
        assert json.loads(done.stdout)["same"] == (done.exit_code == PASS)
    other_way = _ran(["compare"], files[::-1], list(names))
    if USAGE not in (done.exit_code, other_way.exit_code):
        assert other_way.exit_code == done.exit_code


@fuzzed(40, data=MESSAGES | ANY, name=NAMES)
def test_any_message_says_the_same_as_itself(data: bytes, name: str) -> None:
    done = soon(_ran, ["compare"], [data, data], [name, name])
    assert done.exit_code in (PASS, USAGE)
