"""`ikeur.toml` is read as it stands, and what is wrong with it is told by its key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.configuration.ikeur_toml import SutConfig, load
from reports.events.deviations import Deviation
from schemas.errors import UsageError
from tests.paths import DOCS

DOCUMENTATION = DOCS / "configuration.md"
# A configuration as a vendor writes it.
EXAMPLE = """
[sut]
name = "Voorbeeld-ECD"
version = "4.2.0"
messages = ["WMO301", "WMO305"]     # what it claims; default: all that are converted

[sut.convert]
command = ["./convert", "--from", "{from}", "--to", "{to}", "{input}", "{output}"]
timeout_s = 10
"""


def loaded(folder: Path, text: str | bytes) -> SutConfig:
    path = folder / "ikeur.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(UsageError) as error:
        loaded(folder, text)
    assert error.value.code == "USE-CONFIG"
    assert "ikeur.toml" in error.value.where
    return str(error.value)


def test_the_published_example_is_read(tmp_path: Path) -> None:
    config = loaded(tmp_path, EXAMPLE)
    assert (config.name, config.version) == ("Voorbeeld-ECD", "4.2.0")
    assert config.messages == ("WMO301", "WMO305")
    convert = config.ways["convert"]
    assert convert.way == "command"
    assert convert.words == (
        "./convert", "--from", "{from}", "--to", "{to}", "{input}", "{output}"
    )  # fmt: skip
    assert convert.timeout == 10


def test_the_deviation_of_the_documentation_is_read(tmp_path: Path) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    (example,) = [part for part in text.split("```") if "[[deviation]]\ncodes" in part]
    (deviation,) = loaded(tmp_path, example.removeprefix("toml")).deviations
    assert deviation == Deviation(
        1,
        ("FIELD-CUT",),
        ("WMO301", "WMO305"),
        ("02 NAAM", "Geslachtsnaam/Naam"),
        "Names are cut at 20; fixed in 4.3 (ticket 1234)",
        "2026-12-31",
    )


def test_nothing_has_to_be_said(tmp_path: Path) -> None:
    for text in ("", "[sut]\n", "[sut.convert]\n", "# nothing\n"):
        config = loaded(tmp_path, text)
        assert config == SutConfig()
        assert config.messages is None


@pytest.mark.parametrize(
    ("line", "way", "words"),
    [
        (
            "command = \"./convert --to {to} 'a b'\"",
            "command",
            ("./convert", "--to", "{to}", "a b"),
        ),
        ('stream = ["./serve", "--fast"]', "stream", ("./serve", "--fast")),
        ('stream = "./serve --fast"', "stream", ("./serve", "--fast")),
        ('python = "package.module:function"', "python", ("package.module:function",)),
    ],
)
def test_each_way(tmp_path: Path, line: str, way: str, words: tuple[str, ...]) -> None:
    config = loaded(tmp_path, f"[sut.convert]\n{line}\n")
    assert (config.ways["convert"].way, config.ways["convert"].words) == (way, words)


def test_a_python_interpreter_and_a_part_of_a_second(tmp_path: Path) -> None:
    config = loaded(tmp_path, "[sut.convert]\npython='a:b'\npython_exe='py'\ntimeout_s=0.5\n")
    convert = config.ways["convert"]
    assert (convert.python_exe, convert.timeout) == ("py", 0.5)


def test_software_may_claim_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "[sut]\nmessages = []\n").messages == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[sut]\nnaam = 'a'\n", "naam"),
        ("[sut.convert]\nspeed = 1\n", "speed"),
        ("[other]\n", "other"),
        ("sut = 1\n", "sut"),
        ("[[sut]]\n", "sut"),
        ("[sut]\nname = true\n", "name"),
        ("[sut]\nmessages = [1]\n", "messages"),
        ("[sut]\nmessages = {WMO301 = 1}\n", "messages"),
        ("[sut.convert]\ncommand = []\n", "command"),
        ("[sut.convert]\ncommand = ['a', []]\n", "command"),
        ("[sut.convert]\npython = 'a:b'\ntimeout_s = 0\n", "timeout_s"),
        ("[sut.convert]\npython = 'a:b'\ntimeout_s = nan\n", "timeout_s"),
        ("[sut.convert]\npython = 'a:b'\ntimeout_s = 1e300\n", "timeout_s"),
        ("[sut.convert]\npython = 'a:b'\ntimeout_s = false\n", "timeout_s"),
        ("[sut.convert]\npython = 'a:b'\ntimeout_s = true\n", "timeout_s"),
        ("[sut.convert]\npython = 'a:b'\nstream = 'c'\n", "sut.convert"),
        ("[sut.convert]\npython_exe = 'py'\n", "sut.convert"),
        ("[sut\n", "line 1"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    assert named in refused(tmp_path, text)


def test_a_command_that_cannot_be_split_is_told(tmp_path: Path) -> None:
    for command in ("cat 'x", "", "   "):
        with pytest.raises(UsageError):
            loaded(tmp_path, f'[sut.convert]\ncommand = "{command}"\n')


def test_a_file_that_is_not_there_not_text_or_far_too_large(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "nothing.toml")
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path)
    assert "UTF-8" in refused(tmp_path, b"name = '\xff'\n")
    assert "large" in refused(tmp_path, b"#" * 10_000_000)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_no_bytes_end_in_anything_but_a_configuration_or_a_usage_error(
    tmp_path: Path, content: bytes | str
) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        config = loaded(tmp_path, data)
    except UsageError as error:
        told = str(error)
    else:
        told = ""
        # No bytes that Hypothesis finds name a key that is known.
        assert config == SutConfig()
    assert "\n" not in told


SCALARS = st.one_of(
    st.booleans(), st.integers(-10, 10), st.floats(), st.text("ab", max_size=3).map(repr)
)
LINES = st.tuples(
    st.sampled_from(
        ["name", "version", "messages", "command", "stream", "python", "python_exe", "timeout_s"]
    ),
    st.one_of(SCALARS, st.lists(SCALARS, max_size=2)),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(["sut", "sut.convert"]), st.lists(LINES, max_size=4))
def test_no_value_of_a_known_key_ends_in_a_traceback(
    tmp_path: Path, table: str, lines: list[tuple[str, object]]
) -> None:
    text = f"[{table}]\n" + "".join(f"{key} = {shown(value)}\n" for key, value in lines)
    try:
        config = loaded(tmp_path, text)
    except UsageError:
        return
    assert isinstance(config.name, str)
    words = [word for way in config.ways.values() for word in way.words]
    assert all(isinstance(word, str) for word in (*words, *(config.messages or ())))
    assert all(way.timeout is None or 0 < way.timeout <= 86_400 for way in config.ways.values())


def shown(value: object) -> str:
    """A value as TOML writes it; a text is quoted already."""
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    return str(value).lower() if isinstance(value, (bool, float)) else str(value)
