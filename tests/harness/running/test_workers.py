"""More workers find the same as one, whatever becomes of them, and leave no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.running.same_results import assert_same, results
from tests.paths import ROOT
from tests.suts.running import is_alive
from tests.suts.steadily import batches, below, kill, run, start, wait_until

SOME = ("--messages=WMO305,JW307", "--suite=convert,refuse", "--count=25", "--quick")
# As sitecustomize.py: every process that is to do batches ends before it is one.
DIES = "import os, sys\nif 'spawn_main' in str(sys.orig_argv): os._exit(1)\n"
ENDLESS = ("--messages=WMO305,JW307", "--suite=convert", "--count=100000")
FAULTY = ("--python=tests.suts.faulty:loses_initials", *SOME)


@pytest.mark.parametrize(
    "sut",
    [
        ("--python=tests.suts.faulty:loses_initials",),
        ("--command=false",),
    ],
    ids=["a faulty converter", "software that fails until it is given up"],
)
def test_workers_find_the_same_in_the_same_order_as_one(
    tmp_path: Path, sut: tuple[str, ...]
) -> None:
    codes = [
        run(tmp_path / str(workers), *sut, *SOME, f"--workers={workers}") for workers in (1, 2, 3)
    ]

    assert codes[0] in (1, 3)
    assert codes == codes[:1] * 3
    assert_same(tmp_path / "1", tmp_path / "2")
    assert_same(tmp_path / "1", tmp_path / "3")
    assert results(tmp_path / "1")["cases"]


def _workers(pid: int) -> list[int]:
    """The processes of a run that do its batches."""
    names = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in below(pid)[1:]}
    return [child for child, name in names.items() if b"spawn_main" in name]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes by /proc")
def test_what_was_lost_with_a_worker_is_done_again_and_nothing_twice(tmp_path: Path) -> None:
    assert run(tmp_path / "whole", *FAULTY) == 1
    process = start(tmp_path / "lost", *FAULTY, "--workers=2")
    wait_until(lambda: batches(tmp_path / "lost") > 0)
    os.kill(_workers(process.pid)[0], signal.SIGKILL)
    process.communicate(timeout=60)

    assert process.returncode == 1
    assert_same(tmp_path / "whole", tmp_path / "lost")


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes by /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_takes_its_workers_and_their_software_along(
    tmp_path: Path, how: signal.Signals
) -> None:
    process = start(tmp_path / "run", "--reference", *ENDLESS, "--workers=2")
    try:
        wait_until(lambda: batches(tmp_path / "run") > 1)
        started = below(process.pid)
        assert len(started) >= 5
        process.send_signal(how)
        process.communicate(timeout=60)
    finally:
        kill(process)

    wait_until(lambda: not any(map(is_alive, started)))


def test_workers_that_cannot_live_end_the_run_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(DIES, encoding="utf-8")
    few = ("--reference", "--count=1", "--quick", "--workers=2")
    process = start(tmp_path / "run", *few, path=tmp_path)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 3
    assert said.decode().strip().splitlines()[-1].startswith("ikeur: RUN-WORKERS: ")
    assert b"Traceback" not in said


def assert_ends_well(code: str, where: Path) -> None:
    """Run code with a folder of its own modules, such as a `sitecustomize`."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(where)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_worker_that_dies_is_noticed_however_large_the_settings(tmp_path: Path) -> None:
    # More than a pipe holds.
    (tmp_path / "sitecustomize.py").write_text(DIES, encoding="utf-8")
    code = (
        "from pathlib import Path\n"
        "from harness.running.process_pool import Pool, WorkerLost\n"
        "from harness.running.settings import Batch, Settings\n"
        "pool = Pool(Settings(('WMO305',), ('convert',), 1, 1, out=Path('x' * 1_000_000)), 1)\n"
        "asked = pool.submit(Batch('WMO305', 0, 1))\n"
        "assert isinstance(asked.exception(30), WorkerLost)\n"
        "pool.end(at_once=False)\n"
    )
    assert_ends_well(code, where=tmp_path)


def test_every_batch_is_told_of_workers_that_die_while_others_are_started(tmp_path: Path) -> None:
    # Once in a hundred times the pools of the standard library break on it.
    (tmp_path / "sitecustomize.py").write_text(DIES, encoding="utf-8")
    code = (
        "from harness.configuration.software import SutOptions\n"
        "from harness.running.process_pool import Pool, WorkerLost\n"
        "from harness.running.settings import Batch, Settings\n"
        "own = SutOptions(reference=True)\n"
        "pool = Pool(Settings(('WMO305',), ('convert',), 1, 1, options=own), 6)\n"
        "asked = [pool.submit(Batch('WMO305', index, index + 1)) for index in range(18)]\n"
        "assert all(isinstance(one.exception(30), WorkerLost) for one in asked)\n"
        "pool.restart()\n"
        "pool.end(at_once=False)\n"
    )
    assert_ends_well(code, where=tmp_path)


def test_what_serves_the_workers_is_no_stray(tmp_path: Path) -> None:
    # It begins with them, so that by its age alone it could be one.
    code = (
        "from multiprocessing import resource_tracker as tracker\n"
        "from harness.configuration.software import SutOptions\n"
        "from harness.running.process_pool import Pool\n"
        "from harness.running.settings import Settings\n"
        "own = SutOptions(reference=True)\n"
        "pool = Pool(Settings(('WMO305',), ('convert',), 1, 1, options=own), 1)\n"
        "pool.end(at_once=True)\n"
        "assert tracker._resource_tracker._check_alive()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
