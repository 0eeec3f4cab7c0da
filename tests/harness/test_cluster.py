"""A cluster finds the same as this process alone, also where one of its workers is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from same_results import assert_same

from harness.cli import main

sys.path.insert(0, str(Path(__file__).parents[1] / "suts"))

from running import ROOT, SUTS, is_alive
from steadily import batches, below, run, start, wait_until

SOME = (
    "--python=faulty:loses_initials",
    "--messages=WMO305,JW307",
    "--suite=convert",
    "--count=65",
)


def _dask(*words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{SUTS}"}
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        env=environment,
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
    from distributed import Client

    def found() -> int:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            return min(client.run(os.getpid).values())

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


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "http://"])
def test_an_address_without_a_scheduler_is_named(tmp_path: Path, address: str) -> None:
    done = CliRunner().invoke(main, ["run", f"--cluster={address}", f"--out={tmp_path / 'run'}"])

    assert done.exit_code == 2
    assert "USE-CLUSTER" in done.output
    assert not isinstance(done.exception, OSError)
