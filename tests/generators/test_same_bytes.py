"""The same seed and index give the same bytes, whatever the process, the machine or the order."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from generators.message import generate
from harness.cli.generate import messages_of
from schemas.facts.catalogue import catalogue
from tests.generators.facts import ALL, CONVERTED

PROGRAM = Path(sysconfig.get_path("scripts")) / "ikeur"


def generated(out: Path, *args: object, **env: str) -> dict[str, bytes]:
    """What a process of its own writes, by file name."""
    words = [str(PROGRAM), "generate", *map(str, args), "--out", str(out)]
    subprocess.run(words, env=os.environ | env, check=True, capture_output=True, timeout=120)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def message(name: str, seed: int, index: int, release: str = "both") -> tuple[bytes, ...]:
    kind = catalogue().one(name)
    made = messages_of(kind, generate(kind, seed, index, release), release)
    return tuple(data for _, data in made)


def test_another_process_place_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    args = ("--messages", "all", "--count", 3, "--seed", 11)
    here = {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "LANG": "C"}
    there = {
        "PYTHONHASHSEED": "4242",
        "LC_ALL": "nl_NL.ISO-8859-1",
        "TZ": "Pacific/Kiritimati",
        "LANG": "nl_NL",
        "HOME": str(tmp_path),
        "PYTHONOPTIMIZE": "2",
    }
    one, other = generated(tmp_path / "1", *args, **here), generated(tmp_path / "2", *args, **there)
    assert len(one) == 3 * (2 * len(CONVERTED) + 2)
    assert one == other


def test_a_message_does_not_hang_on_the_count_or_on_the_other_types(tmp_path: Path) -> None:
    few = generated(tmp_path / "1", "--messages", "JW303", "--count", 2)
    many = generated(tmp_path / "2", "--messages", "WMO316,JW303,WMO305", "--count", 5)
    other = generated(tmp_path / "3", "--messages", "WMO305,JW303,WMO316", "--count", 5)
    assert len(few) == 4
    assert {name: many[name] for name in few} == few
    assert many == other


@pytest.mark.parametrize("release", ["both", "2.0", "2.1"])
def test_a_message_does_not_hang_on_what_was_made_before_it(release: str) -> None:
    wanted = [(name, index) for name in ALL for index in (0, 1, 200, 3000)]
    first = {item: message(item[0], 5, item[1], release) for item in wanted}
    random.Random(7).shuffle(wanted)
    assert {item: message(item[0], 5, item[1], release) for item in wanted} == first


@pytest.mark.parametrize("name", ALL)
def test_other_seeds_and_indexes_give_other_messages(name: str) -> None:
    made = [message(name, seed, index) for seed in (0, 1, -1, 10**17) for index in (0, 1, 999_999)]
    assert len(set(made)) == len(made)


def test_a_type_has_other_content_than_its_sister_of_the_other_standard() -> None:
    def people(data: bytes) -> list[bytes]:
        return [line[14:23] for line in data.split(b"\r\n") if line[:2] == b"02"]

    assert people(message("WMO305", 1, 0)[0]) != people(message("JW305", 1, 0)[0])


def test_of_all_that_was_made_little_is_held() -> None:
    def held() -> int:
        gc.collect()
        return sys.getallocatedblocks()

    # Each has shapes of its own, of a hundred blocks and more.
    for index in range(100):
        message("WMO301", 1, index)
    early = held()
    for index in range(100, 1000):
        message("WMO301", 1, index)
    assert held() - early < 20_000
