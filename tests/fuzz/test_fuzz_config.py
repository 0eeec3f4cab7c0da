"""Whatever stands in `ikeur.toml`, it is a configuration, or told what is wrong in one line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import strategies as st

from harness.cli import main
from harness.cli.shared.output import whole_line
from harness.configuration.ikeur_toml import SutConfig, load
from schemas.errors import UsageError
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.configurations import structures
from tests.fuzz.inputs.mailboxes import tables
from tests.fuzz.inputs.toml_documents import documents, valid, wounded
from tests.timing import soon

MOST_SECONDS = 86_400
# What a structure may name that is in no folder of ours.
ANYWHERE = ("/dev/null",)


def _loaded(data: bytes, agreed: bytes | None = None) -> SutConfig | UsageError:
    """The configuration, or the error that names its file, or the one beside it."""
    with tempfile.TemporaryDirectory() as folder:
        path = _laid(Path(folder), data, agreed)
        try:
            return load(path)
        except UsageError as error:
            found = error
    # What was agreed stands in a file of its own, beside it or anywhere, which is named where it is
    # wrong or missing.
    is_ours = agreed is None and found.code != "USE-OVERRIDE"
    named = [str(path)] if is_ours else [str(path.parent), *ANYWHERE]
    assert any(name in str(found) for name in named), found
    return found


def _laid(folder: Path, data: bytes, agreed: bytes | None) -> Path:
    path = folder / "ikeur.toml"
    path.write_bytes(data)
    if agreed is not None:
        (folder / "afspraken.csv").write_bytes(agreed)
    return path


@fuzzed(150, data=documents() | wounded() | st.binary(max_size=400))
def test_any_configuration_is_taken_or_told_in_one_line(data: bytes) -> None:
    _is_sound(soon(_loaded, data))


@fuzzed(100, EVERY_RUN / 4, data=structures(), agreed=tables())
def test_any_structure_is_taken_or_told_in_one_line(data: bytes, agreed: bytes) -> None:
    _is_sound(soon(_loaded, data, agreed))


# A run of one case, in whichever suite: the software is nothing much, and is waited for a while.
COMMANDS = [
    ["run", "--count=1", "--messages=WMO305", "--quick", "--timeout=2", f"--suite={suite}"]
    for suite in ("convert", "retour", "migration", "roundtrip")
] + [["smoke", "--messages=WMO305"], ["case", "WMO305.convert.2.0-2.1.s1.n0", "--run"]]


@fuzzed(8, EVERY_RUN * 3 / 4, data=structures(), agreed=tables(), words=st.sampled_from(COMMANDS))
def test_any_configuration_is_run_or_told_in_one_line(
    data: bytes, agreed: bytes, words: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _laid(Path(folder), data, agreed)
        out = [] if words[0] == "smoke" else ["--out", f"{folder}/out"]
        done = CliRunner().invoke(main, [*words, *out, "--config", str(path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert done.exit_code in (0, 1, 2, 3)
    assert "Traceback" not in done.output
    assert "RUN-UNFORESEEN" not in done.output, done.output
    if done.exit_code == 2:
        assert len(done.stderr.splitlines()) == 1, done.stderr


def _is_sound(found: SutConfig | UsageError) -> None:
    if isinstance(found, UsageError):
        assert found.what
        # A name of a file may hold a line end, which whatever is printed shows.
        assert len(whole_line(str(found)).splitlines()) == 1
        return
    assert isinstance(found.name, str)
    assert isinstance(found.version, str)
    assert all(isinstance(name, str) for name in found.messages or ())
    for way in found.ways.values():
        assert all(isinstance(word, str) for word in way.words)
        assert not any("\0" in word for word in (*way.words, way.python_exe))
        assert way.words
        assert way.way
        assert way.timeout is None or 0 < way.timeout <= MOST_SECONDS


@fuzzed(60, config=valid())
def test_a_configuration_in_order_says_what_it_says(config: tuple[bytes, dict[str, Any]]) -> None:
    data, says = config
    found = _loaded(data)
    assert isinstance(found, SutConfig), found
    assert (found.name, found.version) == (says.get("name", ""), says.get("version", ""))
    assert found.messages == (tuple(says["messages"]) if "messages" in says else None)
    words = [says["value"]] if says["way"] == "python" else says["value"]
    convert = found.ways["convert"]
    assert (convert.way, list(convert.words)) == (says["way"], words)
    assert convert.timeout == says["timeout"]
