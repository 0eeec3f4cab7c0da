"""The examples find the converter that they hand their messages to, or one that breaks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.examples.page import EXAMPLES

# The compiler for Java, as there is a java that cannot run a source file.
_NEEDS = {
    "python": ("python3",),
    "node": ("node",),
    "java": ("javac",),
    "php": ("php",),
    "csharp": ("mcs", "mono"),
    "shell": ("sh",),
}
# What must be compiled before it can be run.
_COMPILED = {"csharp": ("mcs", "Converter.cs")}


@pytest.fixture(autouse=True)
def _converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)


@pytest.fixture
def broken_converter(
    _converter: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each message fails, neither converted nor refused."""
    program = tmp_path_factory.mktemp("broken") / "ikeur"
    program.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Copies an example and compiles it there, once."""

    @cache
    def compile_in_copy(name: str) -> Path:
        folder = tmp_path_factory.mktemp("compiled") / name
        shutil.copytree(EXAMPLES / name, folder)
        subprocess.run(_COMPILED[name], cwd=folder, check=True, timeout=120)
        return folder

    return compile_in_copy


@pytest.fixture
def example(needed: Callable[[str], str], compiled: Callable[[str], Path]) -> Callable[[str], Path]:
    """Finds the folder of an example, or skips the test for want of its language."""

    def find(name: str) -> Path:
        for program in _NEEDS[name]:
            needed(program)
        return compiled(name) if name in _COMPILED else EXAMPLES / name

    return find


@pytest.fixture
def server(example: Callable[[str], Path]) -> Iterator[str]:
    """The address of the example server."""
    folder = example("node")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(["node", "http.mjs", str(port)], cwd=folder) as program:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            program.kill()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        else:
            return
