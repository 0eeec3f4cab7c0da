"""Messages that many tests look at: thirty of each type, as `ikeur generate` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from generators.message import generate
from harness.cli import main
from harness.cli.generate import messages_of
from schemas.messages import catalogue

COUNT = 30


def made(message: str, release: str, index: int) -> dict[str, bytes]:
    kind = catalogue().one(message)
    return dict(messages_of(kind, generate(kind, 1, index, release), release))


kept = lru_cache(maxsize=None)(made)


class Corpus:
    """Messages by type and release; made when they are asked for, the first thirty only once."""

    def ei(self, message: str, release: str = "both", count: int = COUNT) -> Iterator[bytes]:
        """The 2.0 messages of a type."""
        yield from self._all(message, release, count, ".ei")

    def xml(self, message: str, release: str = "both", count: int = COUNT) -> Iterator[bytes]:
        """The 2.1 messages of a type."""
        yield from self._all(message, release, count, ".xml")

    def _all(self, message: str, release: str, count: int, suffix: str) -> Iterator[bytes]:
        for index in range(count):
            yield (kept if index < COUNT else made)(message, release, index)[suffix]


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
