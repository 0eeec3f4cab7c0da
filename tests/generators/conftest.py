"""Messages that many tests look at: thirty of each type, as `ikeur generate` writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.cli import main
from tests.generators.corpus import COUNT, Corpus


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with as many messages of each type, in both releases where there are two."""
    out = tmp_path_factory.mktemp("generated") / "messages"
    with pytest.raises(SystemExit) as end:
        main(["generate", "--messages", "all", "--count", str(COUNT), "--out", str(out)])
    assert end.value.code == 0
    return out


@pytest.fixture
def ikeur(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs the command in this process: its exit code, and what it said on stdout."""

    def run(*args: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main([str(arg) for arg in args])
        return int(end.value.code or 0), capsys.readouterr().out

    return run
