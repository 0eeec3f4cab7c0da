"""Which files the software under test is, by their digests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from harness.configuration.connect import SutOptions, module_file, operations, way_of
from harness.configuration.ikeur_toml import SutConfig, WayConfig
from reports.shared.visible import visible
from schemas import outside


@dataclass(frozen=True)
class SutFile:
    """A file of the software, called as it was given; its size in bytes."""

    operation: str
    file: str
    sha256: str
    size: int


def sut_files(options: SutOptions, config: SutConfig) -> list[dict[str, str | int]]:
    """The program of each operation, and what its arguments name that is a file."""
    return [
        asdict(_sut_file(operation, word, path))
        for operation in operations(options, config)
        for word, path in _paths(options, way_of(options, config, operation))
    ]


def _paths(options: SutOptions, way: WayConfig) -> Iterator[tuple[str, Path]]:
    """The files of a way, by the word that names them; a server and the built-in one have none."""
    if way.way == "python":
        interpreter = options.python_exe or way.python_exe or sys.executable
        if found := module_file(interpreter, way.words[0]):
            yield way.words[0], Path(found)
    elif way.way in ("command", "stream", "folder"):
        program = shutil.which(way.words[0])
        if program and Path(program).is_file():
            yield way.words[0], Path(program)
        yield from ((word, Path(word)) for word in way.words[1:] if Path(word).is_file())


def _sut_file(operation: str, word: str, path: Path) -> SutFile:
    name = visible(word.encode("utf-8", "backslashreplace").decode("utf-8"))
    with outside.opened(path) as file:
        digest = file_digest(file, "sha256").hexdigest()
        return SutFile(operation, name, digest, file.tell())
