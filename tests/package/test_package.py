"""What is distributed holds all that ikeur needs, and nothing else; `make package` installs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.package.built import Built, build, check
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
PLUGIN = "harness/pytest_plugin/pytest_ikeur.py"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("dist"))


def test_an_index_takes_it(built: Built) -> None:
    check(built)


def test_the_wheel_holds_the_rooms_as_they_stand_and_the_plugin_beside_them(built: Built) -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    ours = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    assert len(ours) > 500
    assert PLUGIN in ours
    about = {name for name in built.in_wheel if ".dist-info/" in name}
    assert built.in_wheel - about == ours - {PLUGIN} | {"pytest_ikeur.py"}
    assert any(name.endswith("/LICENSE") for name in about)


def test_the_sdist_holds_what_a_reader_and_a_packager_need(built: Built) -> None:
    tops = {name.partition("/")[0] for name in built.in_sdist}
    assert {*ROOMS, "tests", "docs", "examples", "Makefile", "pyproject.toml"} <= tops
    assert {"README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "LICENSE"} <= tops
    assert {".ci", ".git", ".venv", "site", "dist"} & tops == set()
    assert not any(name.endswith((".pyc", ".exe")) for name in built.in_sdist)


def test_it_says_what_it_is(built: Built) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = built.metadata
    assert (told["Name"], told["Version"]) == ("ikeur", project["version"])
    assert told["Requires-Python"] == ">=3.11"
    assert told["License-Expression"] == "Apache-2.0"
    points = built.about("entry_points.txt")
    assert "[console_scripts]\nikeur = harness.cli:main" in points
    assert "[pytest11]\nikeur = pytest_ikeur" in points


def test_what_is_installed_runs_from_another_folder(built: Built, tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    here.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", there, built.wheel], check=True, timeout=120)
    # What it depends on comes from this environment; its own rooms must not.
    program = (
        "import harness, pytest_ikeur, sys; from harness.cli import main;"
        f"assert harness.__file__.startswith({str(there)!r});"
        f"assert pytest_ikeur.__file__.startswith({str(there)!r});"
        "main(prog_name='ikeur')"
    )
    words = ("run", "--reference", "--quick", "--count=1", "--messages=WMO305,JW321", "--out=out")
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=here, env=os.environ | {"PYTHONPATH": str(there)},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (here / "out" / "report.html").is_file()
