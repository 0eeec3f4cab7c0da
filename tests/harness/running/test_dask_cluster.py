"""A cluster finds the same as this process alone, also where one of its workers is lost."""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.running.same_results import assert_same
from tests.paths import ROOT, SUTS
from tests.suts.running import is_alive
from tests.suts.steadily import batches, below, run, start, wait_until

SOME = (
    "--python=tests.suts.faulty:loses_initials",
    "--messages=WMO305,JW307",
    "--suite=convert",
    "--count=65",
)


def _dask(*words: str) -> subprocess.Popen[bytes]:
    return _in_silence([sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:]])


def _in_silence(words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A scheduler with two workers, each a process of its own."""
    port = _free_port()
    started = [_dask("scheduler", f"--port={port}", "--host=127.0.0.1", "--no-dashboard")]
    wait_until(lambda: _listens(port))
    address = f"tcp://127.0.0.1:{port}"
    options = ("--nworkers=2", "--nthreads=1", "--no-dashboard")
    started.append(_dask("worker", address, *options, f"--local-directory={tmp_path / 'dask'}"))
    yield address
    for process in reversed(started):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def worker_of(address: str) -> Callable[[], int]:
    """Tells the process of one of the workers."""
    import distributed

    connect: Callable[..., Any] = distributed.Client

    def found() -> int:
        with connect(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            numbers: dict[str, int] = client.run(os.getpid)
            return min(numbers.values())

    return found


def test_a_cluster_finds_the_same_and_loses_nothing_with_a_worker(
    tmp_path: Path, address: str, worker_of: Callable[[], int]
) -> None:
    pid = worker_of()
    assert run(tmp_path / "one", *SOME) == 1
    assert run(tmp_path / "all", *SOME, f"--cluster={address}") == 1
    assert_same(tmp_path / "one", tmp_path / "all")
    wait_until(lambda: len(below(pid)) == 1)

    process = start(tmp_path / "lost", *SOME, f"--cluster={address}")
    wait_until(lambda: batches(tmp_path / "lost") > 0)
    os.kill(pid, signal.SIGKILL)
    _, said = process.communicate(timeout=60)

    assert b"Traceback" not in said, said.decode()
    assert process.returncode == 1
    assert not is_alive(pid)
    assert_same(tmp_path / "one", tmp_path / "lost")


def _refused(tmp_path: Path, address: str, *options: str) -> str:
    """The one line in which a run with a cluster says that it cannot be."""
    words = ["run", f"--cluster={address}", f"--out={tmp_path / 'run'}", *options]
    program = [sys.executable, "-c", "from harness.cli import main; main()"]
    done = subprocess.run([*program, *words], capture_output=True, cwd=ROOT, timeout=120)
    said = done.stderr.decode()
    assert done.returncode in (2, 3), said
    (line,) = (done.stdout.decode() + said).splitlines()
    assert line.startswith("ikeur: USE-CLUSTER: ")
    assert address in line
    return line


SMALL = (
    "--python=tests.suts.faulty:loses_initials",
    "--messages=WMO305",
    "--suite=convert",
    "--count=2",
)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "http://"])
def test_an_address_without_a_scheduler_is_named(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    _refused(tmp_path, address, *SMALL)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", bytes(range(256)) * 40, struct.pack("<Q", 3)]
)
def test_an_address_where_something_else_listens_is_named(
    tmp_path: Path, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _saying(said)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _refused(tmp_path, f"tcp://127.0.0.1:{server.server_address[1]}", *SMALL)
        server.shutdown()


def _saying(said: bytes) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(said)

    return Handler


def test_a_worker_without_ikeur_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = _free_port()
    started = [_dask("scheduler", f"--port={port}", "--host=127.0.0.1", "--no-dashboard")]
    address = f"tcp://127.0.0.1:{port}"
    worker = [sys.executable, str(SUTS / "programs/no_ikeur_worker.py"), address, "--no-nanny"]
    worker += ["--no-dashboard", f"--local-directory={tmp_path / 'dask'}"]
    try:
        wait_until(lambda: _listens(port))
        started.append(_in_silence(worker))
        line = _refused(tmp_path, address, *SMALL)
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert "No module named" in line
