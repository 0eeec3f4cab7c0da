"""What a configuration in another folder describes runs in that folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.configuration.ikeur_toml import load
from harness.configuration.software import SutOptions
from harness.dryrun.software import sut_files
from harness.sut import python
from tests.harness.cli.door import PASS, RED, USAGE, Done, results

Ikeur = Callable[..., Done]
RUN = ("run", "--suite=convert", "--messages=WMO305", "--count=1", "--quick", "--out=out")
SAID = "told by a file beside the software"
REFUSE_PY = """\
import pathlib
class Refused(Exception): pass
def refuse(data, source, target):
    raise Refused(pathlib.Path("beside").read_text())
"""
REFUSE_SH = "#!/bin/sh\ncat beside >&2\nexit 3\n"
FOLDER_SH = """\
for file in "$1"/*; do
    name=${file##*/}
    cat beside > "$2/${name%.*}.refused"
done
"""
WAYS = {
    "a program in PATH": 'command = "sh refuse.sh"',
    "a program beside it": 'command = "./refuse.sh"',
    "a stream": f"stream = ['{sys.executable}', '{python._SHIM}', 'refuse:refuse']",
    "a function": 'python = "refuse:refuse"',
    "a folder": 'folder = "sh folder.sh {input} {output}"',
}


@pytest.fixture
def software(tmp_path: Path) -> Path:
    """A folder with software that refuses everything, by a file that it finds beside it."""
    folder = tmp_path / "software"
    folder.mkdir()
    (folder / "beside").write_text(SAID)
    (folder / "refuse.py").write_text(REFUSE_PY)
    (folder / "refuse.sh").write_text(REFUSE_SH)
    (folder / "refuse.sh").chmod(0o755)
    (folder / "folder.sh").write_text(FOLDER_SH)
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, ikeur: Ikeur, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder beside it, in which ikeur is run."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("way", WAYS)
def test_software_runs_in_the_folder_of_its_configuration(
    ikeur: Ikeur, software: Path, elsewhere: Path, way: str
) -> None:
    (software / "ikeur.toml").write_text(f"[sut.convert]\n{WAYS[way]}\n")
    done = ikeur(*RUN, "--config", "../software/ikeur.toml")
    assert done.code == RED
    said = {case["reason"] for case in results(elsewhere / "out")["cases"]}
    assert said == {SAID}
    # The reports stand where one stands, not beside the software.
    assert not (software / "out").exists()


def test_folders_that_are_watched_stand_beside_the_configuration(
    ikeur: Ikeur, software: Path, elsewhere: Path
) -> None:
    (software / "ikeur.toml").write_text('[sut.convert]\nfolder = "in out"\n')
    config = ("--config", "../software/ikeur.toml")
    (elsewhere / "in").mkdir()
    (elsewhere / "out").mkdir()
    assert ikeur(*RUN, *config).code == USAGE
    for name in ("in", "out"):
        (elsewhere / name).rmdir()
        (software / name).mkdir()
    done = ikeur(*RUN, *config, "--timeout=0.2")
    assert "SUT-TIMEOUT" in done.said


def test_software_of_the_command_line_runs_where_one_stands(
    ikeur: Ikeur, software: Path, elsewhere: Path
) -> None:
    (software / "ikeur.toml").write_text('[sut]\nname = "elsewhere"\n')
    (elsewhere / "here.sh").write_text("#!/bin/sh\necho here >&2\nexit 3\n")
    (elsewhere / "here.sh").chmod(0o755)
    ikeur(*RUN, "--config", "../software/ikeur.toml", "--command", "./here.sh")
    assert {case["reason"] for case in results(elsewhere / "out")["cases"]} == {"here"}


@pytest.mark.parametrize("way", ["a program in PATH", "a program beside it", "a function"])
def test_the_files_that_a_bundle_vouches_for_are_found_there_too(
    software: Path, elsewhere: Path, way: str
) -> None:
    path = software / "ikeur.toml"
    path.write_text(f"[sut.convert]\n{WAYS[way]}\n")
    named = {str(item["file"]): item["size"] for item in sut_files(SutOptions(), load(path))}
    file = {"a function": "refuse:refuse", "a program beside it": "./refuse.sh"}
    size = (software / ("refuse.py" if way == "a function" else "refuse.sh")).stat().st_size
    assert named[file.get(way, "refuse.sh")] == size


def test_smoke_and_one_case_reach_it_too(ikeur: Ikeur, software: Path, elsewhere: Path) -> None:
    (software / "ikeur.toml").write_text('[sut.convert]\ncommand = "./refuse.sh"\n')
    config = ("--config", "../software/ikeur.toml")
    assert ikeur("smoke", *config).code in (PASS, RED)
    case = ikeur("case", "WMO305.convert.2.0-2.1.s1.n0", "--run", *config)
    assert case.code == RED
    assert SAID in case.said
