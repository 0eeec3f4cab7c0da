"""Wrong use ends in one clear line on stderr and exit code 2, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import USAGE, Done, tree
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
CASE = "WMO305.convert.2.0-2.1.s1.n0"
RUN = ("run", "--messages", "WMO305", "--count", "1")
GENERATE = ("generate", "--messages", "WMO305", "--count", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two messages, a file, a folder with something in it and an empty one."""
    (tmp_path / "message.ei").write_bytes((GOLDEN / "WMO305.ei").read_bytes())
    (tmp_path / "message.xml").write_bytes((GOLDEN / "WMO305.xml").read_bytes())
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "filled").mkdir()
    (tmp_path / "filled" / "mine").write_text("mine too", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


def check(ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str) -> None:
    """Exit code 2, one line that names what is wrong, and a folder as it was."""
    before = tree(folder)
    done = ikeur(*args)
    assert done.code == USAGE, done
    assert done.out == b""
    assert done.told.startswith("ikeur: ")
    assert done.told.endswith("\n")
    assert len(done.told.splitlines()) == 1, done.told
    assert ".;" not in done.told
    assert named.lower() in done.told.lower()
    assert tree(folder) == before


def bad(*cases: tuple[str, tuple[str, ...], str]) -> pytest.MarkDecorator:
    """Parameters: a name, the arguments, and what the line must name."""
    return pytest.mark.parametrize(
        ("args", "named"), [case[1:] for case in cases], ids=[case[0] for case in cases]
    )


@bad(
    ("validate", ("validate", "nothing.ei"), "nothing.ei"),
    ("validate, one of two", ("validate", "message.ei", "nothing.ei"), "nothing.ei"),
    ("validate an empty folder", ("validate", "empty"), "empty"),
    ("convert", ("convert", "nothing.ei", "-o", "out.xml"), "nothing.ei"),
    ("convert a folder", ("convert", "empty", "-o", "out.xml"), "empty"),
    ("compare, first", ("compare", "nothing.ei", "message.ei"), "nothing.ei"),
    ("compare, second", ("compare", "message.ei", "nothing.xml"), "nothing.xml"),
    ("compare no message", ("compare", "message.ei", "file"), "file"),
    ("sources --diff", ("sources", "--diff", "nothing"), "nothing"),
    ("sources --diff a file", ("sources", "--diff", "file"), "file"),
    ("validate --spec-pack", ("validate", "--spec-pack", "nothing", "message.xml"), "nothing"),
    ("run --spec-pack", (*RUN, "--spec-pack", "nothing"), "nothing"),
    ("run --config", (*RUN, "--config", "nothing.toml"), "nothing.toml"),
    ("run --config a folder", (*RUN, "--config", "empty"), "empty"),
)
def test_what_is_not_there_to_read(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)


@bad(
    ("convert, below a file", ("convert", "message.ei", "-o", "file/out.xml"), "file/out.xml"),
    ("convert, no such folder", ("convert", "message.ei", "-o", "no/out.xml"), "no/out.xml"),
    ("convert, a folder", ("convert", "message.ei", "-o", "empty"), "empty"),
    ("run, below a file", (*RUN, "--reference", "--out", "file/out"), "file/out"),
    ("run, a file", (*RUN, "--reference", "--out", "file"), "file"),
    ("generate, below a file", (*GENERATE, "--out", "file/out"), "file/out"),
    ("generate, a file", (*GENERATE, "--out", "file"), "file"),
    ("generate, nowhere", GENERATE, "--out"),
    ("case, below a file", ("case", CASE, "--out", "file/out"), "file/out"),
    ("case, a file", ("case", CASE, "--out", "file"), "file"),
    ("case, nowhere", ("case", CASE), "--out"),
)
def test_where_nothing_can_be_written(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)


@bad(
    ("convert", ("convert", "message.ei", "-o", "file"), "file"),
    ("convert, onto itself", ("convert", "message.ei", "-o", "message.ei"), "message.ei"),
    ("run", (*RUN, "--reference", "--out", "filled"), "filled"),
    ("generate", (*GENERATE, "--out", "filled"), "filled"),
    ("case", ("case", CASE, "--out", "filled"), "filled"),
)
def test_what_is_there_already_is_left_as_it_was(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)


@bad(
    ("command", ("keur",), "keur"),
    ("option", (*RUN, "--speed", "9"), "--speed"),
    ("option of another command", ("explain", "EI-LENGTH", "--count", "1"), "--count"),
    ("message type in run", ("run", "--messages", "WMO999"), "WMO999"),
    ("one of two types", ("run", "--messages", "WMO305,WMO31"), "WMO31"),
    ("empty type", ("run", "--messages", ""), "message type"),
    ("message type in generate", ("generate", "--messages", "301", "--out", "out"), "301"),
    ("suite", ("run", "--suite", "quick"), "quick"),
    ("empty suite", ("run", "--suite", "schema,"), "suite"),
    ("release", ("generate", "--release", "3.0", "--out", "out"), "3.0"),
    ("grade", (*RUN, "--block-on", "ABE"), "--block-on"),
    ("no grade", (*RUN, "--block-on", ""), "--block-on"),
    ("finding", ("explain", "EI-NONSENSE"), "EI-NONSENSE"),
    ("case", ("case", "WMO305", "--out", "out"), "WMO305"),
    ("case of no type", ("case", "WMO999.convert.2.0-2.1.s1.n0", "--out", "out"), "WMO999"),
    ("case of no suite", ("case", "WMO305.speed.2.0-2.1.s1.n0", "--out", "out"), "speed"),
    ("case of no route", ("case", "WMO305.convert.2.1-2.1.s1.n0", "--out", "out"), "2.1-2.1"),
    ("case that is not converted", ("case", CASE.replace("WMO305", "JW321"), "--out", "out"),
     "JW321"),
    ("release to convert from", ("convert", "message.ei", "--from", "1.0"), "1.0"),
    ("language", (*RUN, "--lang", "de"), "--lang"),
)  # fmt: skip
def test_what_is_unknown(ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str) -> None:
    check(ikeur, folder, args, named)


@bad(
    ("count 0", (*RUN[:-1], "0"), "--count"),
    ("count below 0", (*RUN[:-1], "-5"), "--count"),
    ("count in words", (*GENERATE[:-1], "ten", "--out", "out"), "--count"),
    ("count of generate", (*GENERATE[:-1], "0", "--out", "out"), "--count"),
    ("timeout 0", (*RUN, "--timeout", "0"), "--timeout"),
    ("timeout below 0", (*RUN, "--timeout", "-1"), "--timeout"),
    ("timeout without end", (*RUN, "--timeout", "inf"), "--timeout"),
    ("seed in words", (*RUN, "--seed", "one"), "--seed"),
    ("nothing to validate", ("validate",), "FILES"),
    ("one message to compare", ("compare", "message.ei"), "'B'"),
    ("three to compare", ("compare", "message.ei", "message.xml", "file"), "file"),
)
def test_numbers_and_arguments_that_cannot_be(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)


@bad(
    ("no such program", (*RUN, "--command", "./nothing {input}"), "./nothing"),
    ("no such stream", (*RUN, "--stream", "nothing-at-all"), "nothing-at-all"),
    ("not a program", (*RUN, "--command", "./message.ei"), "message.ei"),
    ("no such interpreter",
     (*RUN, "--python", "software:faithful", "--python-exe", "./python"), "./python"),
    ("not a function", (*RUN, "--python", "software.faithful"), "software.faithful"),
    ("two ways", (*RUN, "--command", "cat", "--python", "software:faithful"), "--command"),
    ("three ways",
     (*RUN, "--command", "cat", "--stream", "cat", "--python", "a:b"), "--stream"),
    ("empty command", (*RUN, "--command", ""), "--command"),
    ("blank stream", (*RUN, "--stream", "   "), "--stream"),
    ("empty function", (*RUN, "--python", ""), "function"),
    ("unclosed quote", (*RUN, "--command", "cat '{input}"), "quot"),
)  # fmt: skip
def test_software_that_cannot_be_reached(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)


def test_a_process_of_its_own_ends_the_same_way(ikeur_process: Ikeur, folder: Path) -> None:
    check(ikeur_process, folder, ("validate", "nothing.ei"), "nothing.ei")
    check(ikeur_process, folder, (*RUN, "--messages", "WMO999"), "WMO999")
    check(ikeur_process, folder, ("run", "--count", "0"), "--count")


def test_a_timeout_that_is_no_number(ikeur: Ikeur, folder: Path) -> None:
    check(ikeur, folder, (*RUN, "--timeout", "nan"), "--timeout")


def test_suites_that_do_not_apply_to_the_types(ikeur: Ikeur, folder: Path) -> None:
    check(ikeur, folder, ("run", "--messages", "JW321", "--suite", "schema"), "suite")


def test_an_interpreter_without_a_function(ikeur: Ikeur, folder: Path) -> None:
    check(ikeur, folder, (*RUN, "--python-exe", "./python"), "./python")


@bad(
    ("in a file name", ("validate", "no\nsuch.ei"), "such.ei"),
    ("in a command", (*RUN, "--command", "'one\ntwo"), "quot"),
)
def test_a_line_end_in_what_is_named(
    ikeur: Ikeur, folder: Path, args: tuple[str, ...], named: str
) -> None:
    check(ikeur, folder, args, named)
