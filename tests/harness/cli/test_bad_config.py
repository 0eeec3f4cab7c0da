"""A broken `ikeur.toml` is named in one line on stderr, exit code 2, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, USAGE, Done, tree

Ikeur = Callable[..., Done]
RUN = ("run", "--messages", "WMO305", "--suite", "convert", "--count", "1")


def check(ikeur: Ikeur, folder: Path, content: bytes, named: str) -> None:
    (folder / "ikeur.toml").write_bytes(content)
    before = tree(folder)
    done = ikeur(*RUN)
    assert done.code == USAGE, done
    assert done.out == b""
    assert done.told.startswith("ikeur: ")
    assert len(done.told.splitlines()) == 1, done.told
    assert "ikeur.toml" in done.told
    assert named in done.told
    assert tree(folder) == before


def bad(*cases: tuple[str, str, str]) -> pytest.MarkDecorator:
    """Parameters: a name, the configuration, and what the line must name."""
    return pytest.mark.parametrize(
        ("content", "named"), [case[1:] for case in cases], ids=[case[0] for case in cases]
    )


def test_a_configuration_in_order_is_taken(ikeur: Ikeur, tmp_path: Path) -> None:
    text = '[sut]\nname = "Voorbeeld-ECD"\n[sut.convert]\npython = "software:faithful"\n'
    (tmp_path / "ikeur.toml").write_text(text, encoding="utf-8")
    assert ikeur(*RUN).code == PASS


@bad(
    ("no value", "[sut]\nname =\n", "line 2"),
    ("open table", "[sut\n", "line 1"),
    ("open text", '[sut]\nname = "ECD\n', "line 2"),
    ("twice the same key", '[sut]\nname = "a"\nname = "b"\n', "line 3"),
    ("JSON", '{"sut": {}}', "line 1"),
)
def test_what_is_no_toml(ikeur: Ikeur, tmp_path: Path, content: str, named: str) -> None:
    check(ikeur, tmp_path, content.encode(), named)


@bad(
    ("in a command", "[sut.convert]\ncommand = ['a', \"\\u0000\"]\n", "[sut.convert]"),
    ("in an address", '[sut.convert]\nurl = "\\u0000"\n', "[sut.convert]"),
    ("in a target", '[sut.respond]\npython = "a:b\\u0000"\n', "[sut.respond]"),
    ("in a program", '[sut.gate]\npython = "a:b"\npython_exe = "\\u0000"\n', "[sut.gate]"),
)
def test_a_nul_in_a_text(ikeur: Ikeur, tmp_path: Path, content: str, named: str) -> None:
    check(ikeur, tmp_path, content.encode(), named)


@bad(
    ("in the file", "[software]\nname = 'a'\n", "software"),
    ("in [sut]", "[sut]\nnaam = 'a'\n", "naam"),
    ("in [sut.convert]", "[sut.convert]\ncommand = ['cat']\ntimeout = 5\n", "timeout"),
)
def test_an_unknown_key(ikeur: Ikeur, tmp_path: Path, content: str, named: str) -> None:
    check(ikeur, tmp_path, content.encode(), named)


@bad(
    ("name", "[sut]\nname = 7\n", "name"),
    ("version", "[sut]\nversion = 4.2\n", "version"),
    ("messages", "[sut]\nmessages = 'WMO305'\n", "messages"),
    ("a message", "[sut]\nmessages = ['WMO305', 7]\n", "messages"),
    ("sut", "sut = 'ecd'\n", "sut"),
    ("convert", "[sut]\nconvert = 'cat'\n", "convert"),
    ("command", "[sut.convert]\ncommand = 7\n", "command"),
    ("a word of the command", "[sut.convert]\ncommand = ['cat', 7]\n", "command"),
    ("python", "[sut.convert]\npython = ['a:b']\n", "python"),
    ("timeout", "[sut.convert]\npython = 'a:b'\ntimeout_s = '5'\n", "timeout_s"),
    ("timeout yes or no", "[sut.convert]\npython = 'a:b'\ntimeout_s = true\n", "timeout_s"),
)
def test_a_wrong_type(ikeur: Ikeur, tmp_path: Path, content: str, named: str) -> None:
    check(ikeur, tmp_path, content.encode(), named)


@bad(
    ("timeout 0", "[sut.convert]\npython = 'a:b'\ntimeout_s = 0\n", "timeout_s"),
    ("timeout below 0", "[sut.convert]\npython = 'a:b'\ntimeout_s = -1.5\n", "timeout_s"),
    ("timeout nan", "[sut.convert]\npython = 'a:b'\ntimeout_s = nan\n", "timeout_s"),
    ("timeout without end", "[sut.convert]\npython = 'a:b'\ntimeout_s = inf\n", "timeout_s"),
    ("no way", "[sut.convert]\ntimeout_s = 5\n", "sut.convert"),
    ("two ways", "[sut.convert]\ncommand = ['cat']\npython = 'a:b'\n", "sut.convert"),
    ("gate by a folder", "[sut.gate]\nfolder = 'a {input} {output}'\n", "[sut.gate]"),
    ("empty command", "[sut.convert]\ncommand = []\n", "command"),
)
def test_a_value_that_cannot_be(ikeur: Ikeur, tmp_path: Path, content: str, named: str) -> None:
    check(ikeur, tmp_path, content.encode(), named)


GOOD = {"codes": '["FIELD-CUT"]', "reason": '"why"', "expires": "2099-12-31"}


def deviation(**lines: str | None) -> str:
    """A declared deviation in order, but for some of its lines."""
    kept = {key: value for key, value in {**GOOD, **lines}.items() if value is not None}
    return "[[deviation]]\n" + "".join(f"{key} = {value}\n" for key, value in kept.items())


@bad(
    ("one table", "[deviation]\nreason = 'a'\n", "'deviation'"),
    ("a text", "deviation = ['a']\n", "[[deviation]] 1"),
    ("unknown key", deviation(field="['a']"), "'field' in [[deviation]] 1"),
    ("suites", deviation(suites="['convert']"), "'suites' in [[deviation]] 1"),
    ("no codes", deviation(codes=None), "[[deviation]] 1 has no 'codes'"),
    ("no reason", deviation(reason=None), "[[deviation]] 1 has no 'reason'"),
    ("no day", deviation(expires=None), "[[deviation]] 1 has no 'expires'"),
    ("codes", deviation(codes="'FIELD-CUT'"), "'codes' in [[deviation]] 1"),
    ("a code", deviation(codes="['FIELD-CUT', 7]"), "'codes' in [[deviation]] 1"),
    ("no code at all", deviation(codes="[]"), "'codes' in [[deviation]] 1"),
    ("unknown code", deviation(codes="['FIELD-CUTS']"), "'FIELD-CUTS'"),
    ("itself", deviation(codes="['DEVIATION-GONE']"), "'DEVIATION-GONE'"),
    ("messages", deviation(messages="'WMO305'"), "'messages' in [[deviation]] 1"),
    ("unknown message", deviation(messages="['WMO305', 'WMO999']"), "'WMO999'"),
    ("fields", deviation(fields="[[]]"), "'fields' in [[deviation]] 1"),
    ("blank field", deviation(fields="[' ']"), "'fields' in [[deviation]] 1"),
    ("empty reason", deviation(reason="''"), "'reason' in [[deviation]] 1 is empty"),
    ("blank reason", deviation(reason="'   '"), "'reason' in [[deviation]] 1"),
    ("reason", deviation(reason="7"), "'reason' in [[deviation]] 1"),
    ("day as a text", deviation(expires="'2099-12-31'"), "'expires' in [[deviation]] 1"),
    ("a moment", deviation(expires="2099-12-31T00:00:00"), "'expires' in [[deviation]] 1"),
    ("no such day", deviation(expires="2099-02-30"), "line 4"),
    ("the second", deviation() + deviation(reason="''"), "[[deviation]] 2"),
)
def test_a_deviation_that_is_not_in_order(
    ikeur: Ikeur, tmp_path: Path, content: str, named: str
) -> None:
    check(ikeur, tmp_path, content.encode(), named)


def test_a_number_of_many_digits(ikeur: Ikeur, tmp_path: Path) -> None:
    check(ikeur, tmp_path, b"x = " + b"9" * 5000 + b"\n", "")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + bytes(200),
        "[sut]\nname = 'é'\n".encode("latin-1"),
        "[sut]\n".encode("utf-16"),
        b"# " + b"x" * 10_000_000,
        b"x = " + b"[" * 100_000,
    ],
    ids=["all bytes", "a program", "ISO 8859-1", "UTF-16", "10 MB", "deep"],
)
def test_what_is_no_text_or_far_too_large(ikeur: Ikeur, tmp_path: Path, content: bytes) -> None:
    check(ikeur, tmp_path, content, "")


def test_a_folder_in_its_place(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "ikeur.toml").mkdir()
    done = ikeur(*RUN)
    assert (done.code, done.out) == (USAGE, b"")
    assert len(done.told.splitlines()) == 1
    assert tree(tmp_path) == {"ikeur.toml": None}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[sut]\nmessages = ['WMO305', 'WMO999']\n", "WMO999"),
        ("[sut.convert]\ncommand = ['./nothing']\n", "./nothing"),
        ('[sut.convert]\ncommand = "cat \'x"\n', "quot"),
        ("[sut.convert]\npython = 'software'\n", "software"),
    ],
    ids=["unknown type", "no such program", "unclosed quote", "not a function"],
)
def test_what_it_names_is_checked_before_the_run(
    ikeur: Ikeur, tmp_path: Path, content: str, named: str
) -> None:
    (tmp_path / "ikeur.toml").write_text(content, encoding="utf-8")
    before = tree(tmp_path)
    done = ikeur(*RUN)
    assert (done.code, done.out) == (USAGE, b"")
    assert len(done.told.splitlines()) == 1
    assert named in done.told.replace("'software'", "software")
    assert tree(tmp_path) == before
