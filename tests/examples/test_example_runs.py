"""The examples are software that a vendor can start from: each passes a run as it stands."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest

from tests.examples.page import EXAMPLES

FOLDERS = ["python", "node", "java", "php", "csharp", "shell"]
# As long in a run as those before them, of which they differ in nothing that a run sees.
LONG = ("php", "csharp")
# The other way of those that have two.
OTHER_WAYS = {
    "python": "--stream=python3 stream.py",
    "php": "--stream=php stream.php",
    "csharp": "--command=mono Converter.exe {from} {to}",
}
# One type that is converted and one that is refused, as each message starts a program.
FEW = ["--count=1", "--quick", "--messages=WMO305,JW321", "--timeout=60"]
SUITES = {"schema", "convert", "roundtrip", "refuse", "rules"}

Example = Callable[[str], Path]


def ikeur(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ikeur as one does who stands in the folder of an example."""
    return subprocess.run(
        ["ikeur", *words], cwd=folder, capture_output=True, text=True, timeout=240
    )


def assert_passes(folder: Path, out: Path, *options: str) -> None:
    done = ikeur(folder, "run", *FEW, *options, f"--out={out}")
    assert done.returncode == 0, done.stdout + done.stderr
    cases = json.loads((out / "results.json").read_text(encoding="utf-8"))["cases"]
    # They convert, and claim nothing else; a pair needs a type that the run is not about.
    asked = [case for case in cases if not case["skipped"]]
    assert {case["suite"] for case in asked} == SUITES
    skipped = {case["skipped"] for case in cases if case not in asked}
    assert skipped == {"operation respond", "operation gate", "outside WMO306"}
    assert [case["id"] for case in asked if case["verdict"] != "pass" or case["findings"]] == []


def long_for(names: Iterable[str], long: Collection[str]) -> list[object]:
    """The examples as parameters, some of which only `make long` takes."""
    return [pytest.param(name, marks=pytest.mark.long) if name in long else name for name in names]


@pytest.mark.parametrize("name", long_for(FOLDERS, LONG))
def test_an_example_passes_a_run(example: Example, tmp_path: Path, name: str) -> None:
    assert_passes(example(name), tmp_path / "out")


@pytest.mark.parametrize("name", long_for(OTHER_WAYS, LONG))
def test_an_example_passes_in_its_other_way_too(
    example: Example, tmp_path: Path, name: str
) -> None:
    assert_passes(example(name), tmp_path / "out", OTHER_WAYS[name])


def test_the_example_server_passes_a_run(example: Example, server: str, tmp_path: Path) -> None:
    assert_passes(example("node"), tmp_path / "out", f"--url={server}")


def test_the_example_for_a_folder_passes_a_run(example: Example, tmp_path: Path) -> None:
    assert_passes(example("shell"), tmp_path / "out", "--folder=sh folder.sh {input} {output}")


# The smoke test asks less of the same software than a run.
@pytest.mark.parametrize("name", long_for(FOLDERS, ("node", "java", "shell")))
def test_an_example_passes_smoke(example: Example, name: str) -> None:
    done = ikeur(example(name), "smoke")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", long_for(OTHER_WAYS, ("python", "php")))
def test_an_example_passes_smoke_in_its_other_way_too(example: Example, name: str) -> None:
    done = ikeur(example(name), "smoke", OTHER_WAYS[name])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", LONG)
def test_a_command_crashes_where_its_converter_does(
    example: Example, broken_converter: None, name: str
) -> None:
    words = {"php": ["php", "convert.php"], "csharp": ["mono", "Converter.exe"]}[name]
    done = subprocess.run([*words, "2.0", "2.1"], cwd=example(name), input=b"", timeout=60)
    assert done.returncode not in (0, 3)


@pytest.mark.parametrize("name", FOLDERS)
def test_one_place_in_an_example_is_for_the_converter_of_the_vendor(name: str) -> None:
    files = [path for path in (EXAMPLES / name).iterdir() if path.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert text.count("YOUR CONVERTER GOES HERE") == 1
