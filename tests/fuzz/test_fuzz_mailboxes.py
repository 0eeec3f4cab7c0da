"""Whatever stands in a mailbox: it is told of, nothing in it is followed, waited for or changed."""

from __future__ import annotations

import json
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from hypothesis import strategies as st

from harness.cli import main
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.mailboxes import Thing, lay, mailboxes, seen, tables

PASS, RED, USAGE = 0, 1, 2
# A pipe that is waited for takes no time of a processor.
_PATIENCE = 60
Mailbox = list[tuple[list[str], Thing]]


def _waits(*_: object) -> None:
    raise AssertionError(f"still waiting after {_PATIENCE} seconds")


@contextmanager
def _not_waiting() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _waits)
    signal.alarm(_PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _ran(mailbox: Mailbox, words: list[str], files: dict[str, bytes]) -> Result:
    """How a command ends on a mailbox, which stays as it is; nothing is left behind aside."""
    with tempfile.TemporaryDirectory() as name, _not_waiting():
        folder = Path(name)
        lay(folder / "mailbox", mailbox)
        (folder / "aside").mkdir()
        for option, data in files.items():
            path = folder / option.strip("-")
            path.write_bytes(data)
            words = [*words, option, str(path)]
        if "--out" in words:
            words[words.index("--out") + 1] = str(folder / "out")
        before = seen(folder / "mailbox")
        own, tempfile.tempdir = tempfile.tempdir, str(folder / "aside")
        try:
            done = CliRunner().invoke(main, [*words, str(folder / "mailbox")])
        finally:
            tempfile.tempdir = own
        assert seen(folder / "mailbox") == before
        assert not any((folder / "aside").iterdir())
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert "Traceback" not in done.output
    assert "RUN-UNFORESEEN" not in done.output
    assert "\x1b" not in done.output
    assert done.exit_code in (PASS, RED, USAGE), done.output
    assert len(done.stderr.splitlines()) <= 1, done.stderr
    return done


@fuzzed(40, EVERY_RUN / 2, mailbox=mailboxes(), as_json=st.booleans(), rules=st.booleans())
def test_any_mailbox_is_validated(mailbox: Mailbox, as_json: bool, rules: bool) -> None:
    words = ["validate", *["--json"] * as_json, *["--rules"] * rules]
    done = _ran(mailbox, words, {})
    if as_json and done.exit_code != USAGE:
        told = json.loads(done.stdout)
        assert any(item["valid"] is False for item in told) == (done.exit_code == RED)
        _strange_ones_are_told(mailbox, [item["file"] for item in told])


def _strange_ones_are_told(mailbox: Mailbox, told: list[str]) -> None:
    """What is no file is named where it could be laid down, which a first thing always could."""
    if mailbox and len(mailbox[0][0]) < 60 and mailbox[0][1].kind in ("link", "fifo"):
        assert any(name.endswith(mailbox[0][0][-1]) for name in told)


TABLES = st.dictionaries(st.sampled_from(["--manifest", "--overrides"]), tables(), max_size=2)
OPTIONS = st.sampled_from([[], ["--json"], ["--lang", "nl"], ["--out", "out"]])


@fuzzed(40, EVERY_RUN / 2, mailbox=mailboxes(), files=TABLES | st.just({}), options=OPTIONS)
def test_any_mailbox_is_audited(
    mailbox: Mailbox, files: dict[str, bytes], options: list[str]
) -> None:
    done = _ran(mailbox, ["pairs", *options], files)
    if "--json" in options and done.exit_code != USAGE:
        told: dict[str, Any] = json.loads(done.stdout)
        assert told["exit_code"] == done.exit_code
        _strange_ones_are_told(mailbox, [item["file"] for item in told["problems"]])
