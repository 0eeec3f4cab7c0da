"""Whatever the encoding of the output, the names of files and the values in messages."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
ENCODINGS = ["ascii", "cp1252", "cp437", "latin-1"]
# What may not begin a line, as a CI log takes it for a command.
COMMAND = "::error title=x::boo"
ODD = f"a\n{COMMAND}.xml"


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """Messages, one under a name that few encodings can say, and a file that is none."""
    folder = tmp_path / "mailbox"
    folder.mkdir()
    shutil.copy(GOLDEN / "WMO301.ei", folder)
    shutil.copy(GOLDEN / "WMO305.xml", folder / "é☃→ naam.xml")
    (folder / ODD).write_bytes(b"x")
    return folder


def commands(mailbox: Path) -> dict[str, tuple[object, ...]]:
    """Commands of each kind, with what few encodings can say in what they quote."""
    echoes = ("--command", "/bin/cat", "--messages", "WMO305", "--count", 1)
    snowman = mailbox / "é☃→ naam.xml"
    return {
        "pairs": ("pairs", mailbox),
        "pairs-nl": ("pairs", mailbox, "--lang", "nl", "--json"),
        "validate": ("validate", "--rules", mailbox),
        "validate-json": ("validate", mailbox, "--json"),
        "run": ("run", *echoes, "--suite", "convert,refuse", "--name", "Zorg→é"),
        "run-json": ("run", *echoes, "--suite", "convert", "--json"),
        "bench": ("bench", *echoes, "--sizes", 1, "--rounds", 1),
        "smoke": ("smoke", "--command", "/bin/sh -c 'echo 2☃→ >&2; exit 1'"),
        "compare": ("compare", snowman, GOLDEN / "WMO305.ei"),
        "convert": ("convert", snowman, "-o", "☃/out.ei"),
        "respond": ("respond", mailbox / ODD, "-o", "-"),
        "explain": ("explain", "TR018", "--lang", "nl"),
        "explain-json": ("explain", "TR018", "--lang", "nl", "--json"),
        "sources": ("sources", "--rules", "--lang", "nl"),
        "messages": ("messages", "--json"),
        "verify": ("verify", snowman),
        "usage": ("run", "--messages", "☃→é"),
        "help": ("run", "--help"),
    }


@pytest.mark.parametrize("name", sorted(commands(Path())))
def test_every_command_speaks_in_any_encoding(
    ikeur_process: Ikeur, mailbox: Path, name: str
) -> None:
    args = commands(mailbox)[name]
    encoding = ENCODINGS[sorted(commands(mailbox)).index(name) % len(ENCODINGS)]
    done = ikeur_process(*args, env={**os.environ, "PYTHONIOENCODING": encoding})
    said, told = done.out.decode(encoding), done.err.decode(encoding)
    assert "Traceback" not in told
    assert "UnicodeEncodeError" not in told
    assert done.code in (PASS, RED, USAGE, 3)
    assert said or told
    if "--json" in args:
        json.loads(said)


def test_what_an_audit_says_in_ascii_is_what_it_says_in_utf_8(
    ikeur_process: Ikeur, mailbox: Path
) -> None:
    shown = {}
    for encoding in ("ascii", "utf-8"):
        done = ikeur_process("pairs", mailbox, env={**os.environ, "PYTHONIOENCODING": encoding})
        shown[encoding] = done.out.decode(encoding)
    replaced = shown["utf-8"].encode("ascii", "backslashreplace").decode()
    assert shown["ascii"] == replaced
    assert "\\u2192" in replaced


@pytest.mark.parametrize(
    "args",
    [
        ("validate",),
        ("validate", "--rules"),
        ("pairs",),
        ("verify",),
        ("convert", "-o", "-"),
        ("convert", GOLDEN / "WMO305.ei", "-o"),
        ("compare", GOLDEN / "WMO305.ei"),
        ("respond", "-o", "-"),
        ("case", "WMO305.convert.2.0-2.1.s1.n0", "--out"),
        ("run", "--config"),
        ("dryrun", "--out", "bundle.zip", "--key"),
        ("run", "--messages"),
        ("explain",),
    ],
)
def test_a_name_with_a_line_end_begins_no_line(
    ikeur: Ikeur, mailbox: Path, args: tuple[object, ...]
) -> None:
    for name in (mailbox / ODD, f"no\r{COMMAND}", f"no\x1b[31m\n  {COMMAND}"):
        done = ikeur(*args, name)
        lines = (done.said + done.told).splitlines()
        assert not any(line.lstrip().startswith("::") for line in lines), lines
        assert "\x1b" not in done.said + done.told
    done = ikeur(*args, f"no\n{COMMAND}")
    # What is no name of a file is quoted; what was written under it needs no line.
    if args[-1] not in ("--messages", "explain") and done.code != PASS:
        assert f"no↵{COMMAND}" in done.told + done.said


def test_a_name_with_a_line_end_is_shown_as_an_audit_shows_it(ikeur: Ikeur, mailbox: Path) -> None:
    done = ikeur("validate", mailbox)
    assert f"a↵{COMMAND}.xml: " in done.said
    assert f"a↵{COMMAND}.xml" in ikeur("pairs", mailbox).said


@pytest.mark.parametrize(
    "args", [("validate",), ("convert", "-o", "-"), ("respond", "-o", "-"), ("compare",)]
)
def test_a_very_long_value_is_shown_around_what_matters(
    ikeur: Ikeur, tmp_path: Path, args: tuple[object, ...]
) -> None:
    data = (GOLDEN / "WMO305.xml").read_bytes()
    start = data.index(b"Afzender>") + len(b"Afzender>")
    long = tmp_path / "long.xml"
    long.write_bytes(data[:start] + b"9" * 9_000_000 + data[start:])
    more = (GOLDEN / "WMO305.xml",) if args == ("compare",) else ()
    done = ikeur(*args, long, *more)
    assert done.code in (RED, USAGE, 3)
    assert len(done.out) + len(done.err) < 20_000
    assert "99999" in done.said + done.told
    # Where it stands is still told.
    assert "Afzender" in done.said + done.told
