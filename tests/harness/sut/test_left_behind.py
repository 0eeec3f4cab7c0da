"""Whatever software leaves behind, its case gets a verdict, the run goes on, and nothing stays.

Nothing outside the folder that it was lent is read, written or removed.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.configuration.connect import SutOptions, reach
from harness.configuration.ikeur_toml import SutConfig
from harness.sut.files import scratch
from harness.sut.protocol import CRASH, OK, TIMEOUT, Request
from tests.paths import GOLDEN, ROOT
from tests.suts.running import Ikeur, Json, Outcome, beside_the_software

Run = Callable[..., Outcome]
Hows = Callable[..., object]
PROGRAM = f"{shlex.quote(sys.executable)} programs/leaves_behind.py"
COMMAND = f"--command={PROGRAM} command {{from}} {{to}} {{input}} {{output}}"
FOLDER = f"--folder={PROGRAM} folder {{from}} {{to}} {{input}} {{output}}"
SPOILT = "2.0-2.1"
SECRET = "a secret that nobody may read"
NO_OUTPUT, FLOOD, GOOD = ("fail", "SUT-NO-OUTPUT"), ("crash", "SUT-FLOOD"), ("pass", "")
# What is left where the output belongs, with what the reason says of it.
FILES = {
    "a_pipe": "is a pipe, no file",
    "a_socket": "is a socket, no file",
    "a_device": "is a device, no file",
    "a_link_to_zero": "is a link, no file",
    "a_link_outside": "is a link, no file",
    "a_link_to_nothing": "is a link, no file",
    "a_link_to_itself": "is a link, no file",
    "a_folder": "is a folder, no file",
    "a_deep_folder": "is a folder, no file",
    "two_gigabytes_of_nothing": "more output than is read",
}
# What is left in the folder of the output or in its place, with what the reason says of it.
FOLDERS = {
    "deep": "",
    "many_files": "",
    "odd_names": "",
    "no_rights": "",
    "its_folder_as_a_link_outside": "is a link, no folder",
    "its_folder_as_a_link_to_the_root": "is a link, no folder",
    "its_folder_as_a_link_home": "is a link, no folder",
    "its_folder_as_a_file": "is a file, no folder",
    "its_folder_as_a_pipe": "is a pipe, no folder",
    "moved_away": "is gone",
    "made_again": "",
    "a_process_that_writes_on": "",
    "a_process_with_an_odd_name": "",
}
MESSAGE = GOLDEN / "WMO305.ei"
REQUEST = Request("WMO305", "2.0", "2.1", MESSAGE.read_bytes())


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return beside_the_software(tmp_path, monkeypatch)


@pytest.fixture
def lent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which all folders are made that software is lent."""
    folder = tmp_path / "lent"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is nobody's business; it must be as it was, and nothing in a report."""
    folder = tmp_path / "outside"
    for place in (folder, tmp_path / "home"):
        (place / "inner").mkdir(parents=True)
        # By any name under which an answer could be looked for.
        for name in ("secret", "output.xml", *(f"{n:09}-WMO305.xml" for n in range(20))):
            (place / name).write_text(SECRET)
    monkeypatch.setenv("OUTSIDE", str(folder))
    before = _state(folder), _state(tmp_path / "home")
    yield folder
    assert (_state(folder), _state(tmp_path / "home")) == before
    reports = [path for path in (tmp_path / "report").rglob("*") if path.is_file()]
    assert all(SECRET.encode() not in path.read_bytes() for path in reports)


@pytest.fixture
def immutable(lent: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a file can be made that nobody may remove; afterwards it can be again."""
    (lent / "file").touch()
    try:
        subprocess.run(["chattr", "+i", lent / "file"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        promise = request.node.originalname.removeprefix("test_").replace("_", " ")
        pytest.skip(f"NOT CHECKED, for want of immutable files and the right to them: {promise}")
    finally:
        subprocess.run(["chattr", "-R", "-i", lent], check=False, capture_output=True)
        (lent / "file").unlink()
    yield
    subprocess.run(["chattr", "-R", "-i", lent], check=True)


def _state(folder: Path) -> list[tuple[str, int, int]]:
    found = [folder, *sorted(folder.rglob("*"))]
    return [(str(path), path.lstat().st_mode, path.lstat().st_mtime_ns) for path in found]


@pytest.fixture
def hows(ikeur: Ikeur, outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hows:
    """Says what the software leaves behind, one thing after the other; in the end it converts."""
    monkeypatch.setenv("HOWS", str(tmp_path / "hows"))
    return lambda *names: (tmp_path / "hows").write_text("\n".join(names))


@pytest.fixture
def run(ikeur: Ikeur, hows: Hows, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs software on as many messages as it leaves things behind, and one more."""
    # What is asked again would take the next thing off the list.
    monkeypatch.setattr("harness.running.failed_cases.budget.MOST_SECONDS_OF_RUN", 0)

    def with_hows(way: str, *names: str, **options: Any) -> Outcome:
        hows(*names)
        # What it leaves behind is asked in turn, which workers would not keep to.
        given: Json = {"suite": "convert", "messages": "WMO305", "count": len(names) + 1}
        return ikeur.run(way, **given, **{"workers": 1, **options})

    return with_hows


@pytest.mark.parametrize("way", [COMMAND, FOLDER], ids=["command", "folder"])
def test_what_is_no_file_is_no_output_and_is_not_read(run: Run, lent: Path, way: str) -> None:
    names = [how for how in FILES if how != "a_device" or os.geteuid() == 0]
    outcome = run(way, *names)

    assert outcome.verdicts(SPOILT)[:-1] == [
        FLOOD if how == "two_gigabytes_of_nothing" else NO_OUTPUT for how in names
    ]
    assert outcome.verdicts(SPOILT)[-1] == GOOD
    said = [case["reason"] for case in outcome.cases if case["direction"] == SPOILT]
    assert all(FILES[how] in reason for how, reason in zip(names, said, strict=False))
    assert [*lent.iterdir()] == []
    assert "RUN-LEFT" not in outcome.said
    assert outcome.exit_code == 1


def test_whatever_a_command_leaves_in_its_folder_is_removed(run: Run, lent: Path) -> None:
    outcome = run(COMMAND, *FOLDERS)

    assert outcome.verdicts(SPOILT) == [NO_OUTPUT] * len(FOLDERS) + [GOOD]
    said = [case["reason"] for case in outcome.cases if case["direction"] == SPOILT]
    assert all(FOLDERS[how] in reason for how, reason in zip(FOLDERS, said, strict=False))
    assert [*lent.iterdir()] == []
    assert "RUN-LEFT" not in outcome.said


def test_whatever_lies_among_the_answers_is_removed_and_their_folder_put_back(
    hows: Hows, lent: Path
) -> None:
    hows(*FOLDERS)
    sut = reach(SutOptions({"folder": FOLDER.partition("=")[2]}), SutConfig())
    with closing(sut):
        answers = [sut.ask([REQUEST])[0] for _ in (*FOLDERS, "")]

    assert [(answer.status, answer.output) for answer in answers[:-1]] == [(OK, b"")] * len(FOLDERS)
    assert answers[-1].output.startswith(b"<?xml")
    assert all(FOLDERS[how] in answer.reason for how, answer in zip(FOLDERS, answers, strict=False))
    assert [*lent.iterdir()] == []
    assert scratch.take_left() == {}


def test_what_cannot_be_removed_is_named_once_and_changes_no_verdict(
    run: Run, lent: Path, immutable: None
) -> None:
    outcome = run(COMMAND, "an_immutable_file")

    assert outcome.verdicts(SPOILT) == [NO_OUTPUT, GOOD]
    (left,) = lent.iterdir()
    told = [line for line in outcome.said.splitlines() if "RUN-LEFT" in line]
    assert told == [
        f"ikeur: RUN-LEFT: could not be removed: {left} (stays: Operation not permitted); "
        "remove it by hand"
    ]
    results = json.loads((outcome.folder / "results.json").read_text(encoding="utf-8"))
    assert results["end"]["left_behind"] == [str(left)]
    for report in ("summary.md", "report.html"):
        assert str(left) in (outcome.folder / report).read_text(encoding="utf-8")


def test_what_workers_could_not_remove_is_told_by_the_run(
    run: Run, lent: Path, immutable: None
) -> None:
    outcome = run(COMMAND, "an_immutable_file*", workers=2)

    assert outcome.verdicts(SPOILT) == [NO_OUTPUT] * 2
    results = json.loads((outcome.folder / "results.json").read_text(encoding="utf-8"))
    assert sorted(results["end"]["left_behind"]) == sorted(map(str, lent.iterdir()))
    assert len([line for line in outcome.said.splitlines() if "RUN-LEFT" in line]) == 1


@pytest.mark.parametrize("how", ["a_pipe", "its_folder_as_a_link_outside"])
@pytest.mark.parametrize("way", [COMMAND, FOLDER], ids=["command", "folder"])
def test_second_tries_and_the_search_for_the_smallest_survive_it_too(
    ikeur: Ikeur, hows: Hows, lent: Path, monkeypatch: pytest.MonkeyPatch, way: str, how: str
) -> None:
    monkeypatch.setattr("harness.running.failed_cases.second_try.MOST_OF_MESSAGE", 1)
    monkeypatch.setattr("harness.running.failed_cases.budget.MOST_SECONDS_OF_RUN", 3)
    hows(f"{how}*")
    outcome = ikeur.run(way, suite="convert", messages="WMO305", count=1)

    assert outcome.verdicts(SPOILT) == [NO_OUTPUT]
    assert {item["again"]["gave"] for item in outcome.findings if item["again"]} == {"same"}
    assert [*lent.iterdir()] == []


@pytest.mark.parametrize("how", ["a_link_to_zero", "its_folder_as_a_link_outside"])
@pytest.mark.parametrize("way", [COMMAND, FOLDER], ids=["command", "folder"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["smoke"], "SMOKE-NO-OUTPUT"),
        (["case", "WMO305.convert.2.0-2.1.s1.n0", "--run"], "SUT-NO-OUTPUT"),
        (["bench", "--messages=WMO305", "--count=1", "--sizes=1", "--rounds=1"], "SUT-NO-OUTPUT"),
    ],
    ids=["smoke", "case", "bench"],
)
def test_other_commands_survive_it_too(
    ikeur: Ikeur, hows: Hows, lent: Path, way: str, how: str, words: list[str], said: str
) -> None:
    hows(f"{how}*")
    out = [f"--out={ikeur.folder / 'report'}"] if words[0] == "bench" else []
    done = CliRunner().invoke(main, [*words, way, *out])

    assert isinstance(done.exception, SystemExit), done.exc_info
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert [*lent.iterdir()] == []


def test_messages_that_nobody_asked_about_answer_nothing(hows: Hows, lent: Path) -> None:
    hows("an_answer_to_the_next", "nothing")
    sut = reach(SutOptions({"folder": FOLDER.partition("=")[2]}), SutConfig())
    with closing(sut):
        answers = [sut.ask([REQUEST])[0] for _ in range(2)]

    assert [(answer.status, answer.output) for answer in answers] == [(OK, b"")] * 2


def test_an_answer_that_is_never_closed_is_a_timeout_that_says_so(hows: Hows, lent: Path) -> None:
    hows("an_answer_that_it_keeps_open")
    sut = reach(SutOptions({"folder": FOLDER.partition("=")[2]}, timeout=1.0), SutConfig())
    with closing(sut):
        (answer,) = sut.ask([REQUEST])

    assert answer.status == TIMEOUT
    if Path("/proc/self/fd").exists():
        assert "000000001-WMO305.xml is still open" in answer.reason
    assert [*lent.iterdir()] == []


def test_a_watched_folder_that_was_replaced_by_a_link_is_not_followed(
    outside: Path, lent: Path
) -> None:
    given, taken = lent / "given", lent / "taken"
    given.mkdir()
    taken.mkdir()
    sut = reach(SutOptions({"folder": f"{given} {taken}"}, timeout=0.3), SutConfig())
    taken.rmdir()
    taken.symlink_to(outside)
    with closing(sut):
        (answer,) = sut.ask([REQUEST])

    assert (answer.status, answer.output) == (CRASH, b"")
    assert f"{taken} is a link, no folder" in answer.reason
    assert taken.is_symlink()
    assert [*given.iterdir()] == []


def test_what_a_crash_leaves_in_the_folder_goes(run: Run, lent: Path) -> None:
    outcome = run(COMMAND, "a_core")

    assert outcome.verdicts(SPOILT) == [("crash", "SUT-CRASH"), GOOD]
    assert "signal 6" in outcome.reason
    assert [*lent.iterdir()] == []


def test_nothing_stays_of_a_worker_that_is_ended_in_the_middle(lent: Path) -> None:
    sleeps = ["/bin/sh", "-c", 'touch "$1/begun"; sleep 60', "sh", str(lent), "{input}", "{output}"]
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from harness.configuration.software import SutOptions\n"
        "from harness.running.process_pool import Pool\n"
        "from harness.running.settings import Batch, Settings\n"
        f"own = SutOptions({{'command': {shlex.join(sleeps)!r}}})\n"
        "pool = Pool(Settings(('WMO305',), ('convert',), 1, 1, options=own), 1)\n"
        "pool.submit(Batch('WMO305', 0, 1))\n"
        f"begun = Path({str(lent / 'begun')!r})\n"
        "while not begun.exists(): time.sleep(0.02)\n"
        "pool.end(at_once=True)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
    assert [path.name for path in lent.iterdir()] == ["begun"]
