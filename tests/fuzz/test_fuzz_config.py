"""Whatever stands in `ikeur.toml`, it is a configuration, or told what is wrong in one line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from fuzzed import fuzzed, soon
from hypothesis import strategies as st
from toml_documents import documents, valid, wounded

from harness.config import SutConfig, load
from schemas.errors import UsageError

MOST_SECONDS = 86_400


def _loaded(data: bytes) -> SutConfig | UsageError:
    """The configuration, or the error that names its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ikeur.toml"
        path.write_bytes(data)
        try:
            return load(path)
        except UsageError as error:
            found = error
    assert str(path) in str(found)
    return found


@fuzzed(150, data=documents() | wounded() | st.binary(max_size=400))
def test_any_configuration_is_taken_or_told_in_one_line(data: bytes) -> None:
    found = soon(_loaded, data)
    if isinstance(found, UsageError):
        assert found.what
        assert len(str(found).splitlines()) == 1
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
