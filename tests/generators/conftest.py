"""Messages that many tests look at: thirty of each type, as `ikeur generate` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from facts import ALL

from generators.message import generate
from harness.cli import main
from harness.cli.generate import messages_of
from schemas.messages import catalogue

Made = tuple[bytes, bytes]


@cache
def made(message: str, release: str, seed: int, index: int) -> dict[str, bytes]:
    kind = catalogue().one(message)
    return dict(messages_of(kind, generate(kind, seed, index, release), release))


class Corpus:
    """Messages by type and release; made when they are asked for, and then kept."""

    def ei(self, message: str, release: str = "both", count: int = 30) -> Iterator[bytes]:
        """The 2.0 messages of a type."""
        for index in range(count):
            yield made(message, release, 1, index)[".ei"]

    def xml(self, message: str, release: str = "both", count: int = 30) -> Iterator[bytes]:
        """The 2.1 messages of a type."""
        for index in range(count):
            yield made(message, release, 1, index)[".xml"]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with thirty messages of each type, in both releases where there are two."""
    out = tmp_path_factory.mktemp("generated") / "messages"
    with pytest.raises(SystemExit) as end:
        main(["generate", "--messages", "all", "--count", "30", "--out", str(out)])
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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `any_message` is run for each type."""
    if "any_message" in metafunc.fixturenames:
        metafunc.parametrize("any_message", ALL)
