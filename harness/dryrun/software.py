"""Digests of the files of the software under test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from harness.configuration.connect import SutOptions, operations, way_of
from harness.configuration.ikeur_toml import SutConfig
from harness.configuration.software import folder_of, interpreter_of
from harness.sut.registry import WAYS
from reports.shared.visible import visible
from schemas import outside


@dataclass(frozen=True)
class SutFile:
    """A file of the software, named as on its command line; `size` is in bytes."""

    operation: str
    file: str
    sha256: str
    size: int


def sut_files(options: SutOptions, config: SutConfig) -> list[dict[str, str | int]]:
    """The program of each operation, and the files that its arguments name."""
    return [
        asdict(_sut_file(operation, word, path))
        for operation in operations(options, config)
        for word, path in _paths(options, config, operation)
    ]


def _paths(options: SutOptions, config: SutConfig, operation: str) -> Iterable[tuple[str, Path]]:
    """The files of the software for an operation, by the argument that names them."""
    way, folder = way_of(options, config, operation), folder_of(options, config, operation)
    if not way.way:
        return ()
    return WAYS[way.way].files(way.words, interpreter_of(options, way), folder)


def _sut_file(operation: str, word: str, path: Path) -> SutFile:
    name = visible(word.encode("utf-8", "backslashreplace").decode("utf-8"))
    with outside.opened(path) as file:
        digest = file_digest(file, "sha256").hexdigest()
        return SutFile(operation, name, digest, file.tell())
