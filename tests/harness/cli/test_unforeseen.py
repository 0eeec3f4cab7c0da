"""Whatever happens in ikeur that nobody foresaw: one line, a report without content, exit code 3.

Each test is a process that breaks something of its own before it calls the command line.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import harness.cli
from tests.harness.cli.door import BROKEN, PASS
from tests.paths import GOLDEN

COMMANDS = harness.cli._COMMANDS
# As a BSN that would stand in a message.
SECRET = "999990019"
ERRORS = {
    "a value": f"raise ValueError('{SECRET}')",
    "an end": f"raise StopIteration('{SECRET}')",
    "a file of no system": f"raise OSError('{SECRET}')",
    "no end": "def down(): down()\n    down()",
    "no memory": f"raise MemoryError('{SECRET}')",
    "what came of another": (
        f"try: {{}}['{SECRET}']\n"
        f"    except KeyError as error: raise TypeError('{SECRET}') from error"
    ),
    "several": f"raise ExceptionGroup('{SECRET}', [ValueError('{SECRET}')])",
    "what cannot say what it is": (
        f"raise type('{'x'}Error', (Exception,), {{'__str__': lambda _: 1 / 0}})('{SECRET}')"
    ),
    "text that is none": f"b'{SECRET}\\xff'.decode()",
}
RUN = ("run", "--reference", "--suite", "convert", "--messages", "WMO305", "--count", "2")


@dataclass(frozen=True)
class Ended:
    """How a process ended, and the reports that it left in the folder for temporary files."""

    code: int
    out: str
    err: str
    reports: list[dict[str, Any]]


Broken = Callable[..., Ended]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """Runs the command line in a process in which some lines were carried out before."""
    aside = tmp_path / "aside"

    def run(breaking: str, *words: object, everywhere: bool = False, **env: str) -> Ended:
        aside.mkdir(exist_ok=True)
        first = breaking
        if everywhere:
            # Python itself takes this up, in each process that is started.
            (aside / "sitecustomize.py").write_text(breaking, encoding="utf-8")
            env["PYTHONPATH"], first = str(aside), ""
        program = f"{first}\nfrom harness.cli import main\nmain(prog_name='ikeur')\n"
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            capture_output=True, text=True, cwd=tmp_path, timeout=100,
            env=os.environ | {"TMPDIR": str(aside)} | env,
        )  # fmt: skip
        found = [json.loads(path.read_text()) for path in sorted(aside.glob("ikeur-report-*"))]
        return Ended(done.returncode, done.stdout, done.stderr, found)

    return run


def body(command: str, error: str) -> str:
    """Puts an error in the body of a command that an expression names, which takes nothing."""
    return (
        "from harness.cli import main\nfrom harness.cli.shared.output import guarded\n"
        f"found = main.get_command(None, {command})\n"
        f"def fails(**_):\n    {ERRORS[error]}\n"
        "found.params, found.callback = [], guarded(fails)\n"
    )


def told(done: Ended, aside: Path) -> dict[str, Any]:
    """The report of what was told in one line at the end, with nothing secret in either."""
    last = done.err.splitlines()[-1]
    assert done.code == BROKEN, done
    assert last.startswith("ikeur: RUN-UNFORESEEN: "), done.err
    assert done.err.count("RUN-UNFORESEEN") == 1
    assert str(aside) in last
    everything = f"{done.out}{done.err}{json.dumps(done.reports)}"
    assert "Traceback" not in everything
    assert SECRET not in everything
    (report,) = done.reports
    assert str(aside.parent) not in json.dumps(report)
    assert report["ikeur"]
    assert report["python"]
    assert report["platform"]
    assert report["errors"]
    assert report["errors"][0]["error"]
    return report


# Each command in a process of its own, with its own folder for what is written aside.
EACH = """
import os, sys, tempfile
import harness.cli, harness.cli.shared.glossary
for command in harness.cli.main.modules:
    sys.stderr.flush()
    if os.fork() == 0:
        os.mkdir(command); tempfile.tempdir = os.path.abspath(command)
        os.dup2(os.open(f"{command}/err", os.O_WRONLY | os.O_CREAT), 2)
        os.dup2(2, 1)
        exec(BREAKING)
        harness.cli.main([command, *WORDS], prog_name="ikeur")
    with open("codes", "a") as file:
        print(command, os.waitstatus_to_exitcode(os.wait()[1]), file=file)
"""


def check_each(folder: Path, breaking: str, *words: str) -> list[dict[str, Any]]:
    """Breaks something for each command that there is; what was reported of each."""
    program = EACH.replace("BREAKING", repr(breaking)).replace("WORDS", repr(words))
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True, timeout=100)
    codes = dict(line.split() for line in (folder / "codes").read_text().splitlines())
    assert codes == dict.fromkeys(COMMANDS, str(BROKEN))
    reports = []
    for command in COMMANDS:
        said = (folder / command / "err").read_text()
        found = [json.loads(path.read_text()) for path in (folder / command).glob("*.json")]
        assert len(said.splitlines()) == 1, said
        reports.append(told(Ended(BROKEN, "", said, found), folder / command))
    assert [item["command"] for item in reports] == list(COMMANDS)
    return reports


def test_an_error_in_the_body_of_any_command_is_told(tmp_path: Path) -> None:
    for report in check_each(tmp_path, body("command", "a value")):
        assert report["errors"][0]["error"] == "builtins.ValueError"
        assert report["errors"][0]["calls"][-1].startswith("__main__:fails:")


def test_a_command_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    breaking = (
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'harness.cli.' + harness.cli.main.modules[command]:\n"
        f"            raise ValueError('{SECRET}')\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    for report in check_each(tmp_path, breaking, f"--{SECRET}"):
        assert report["options"] == []


@pytest.mark.parametrize("error", ERRORS)
def test_any_error_is_told(broken: Broken, tmp_path: Path, error: str) -> None:
    done = broken(body("'messages'", error), "messages")
    assert len(done.err.splitlines()) == 1
    told(done, tmp_path / "aside")


def test_the_report_names_options_and_nothing_that_was_given_with_them(
    broken: Broken, tmp_path: Path
) -> None:
    message = tmp_path / f"{SECRET}.ei"
    message.write_bytes((GOLDEN / "WMO305.ei").read_bytes())
    breaking = (
        "import harness.cli.validate\n"
        f"def fails(*_): raise ValueError('{SECRET}')\n"
        "harness.cli.validate.read = fails\n"
    )
    done = broken(breaking, "validate", "--lang=nl", "--block-on", "AB", "--json", message.name)
    report = told(done, tmp_path / "aside")
    assert report["options"] == ["--block-on", "--json", "--lang"]
    assert set(report) == {
        "code", "ikeur", "python", "platform", "command", "options", "errors",
    }  # fmt: skip


def test_what_is_given_as_an_option_that_is_none_is_not_named(
    broken: Broken, tmp_path: Path
) -> None:
    done = broken(body("'messages'", "a value") + "import click\n", "messages", f"--{SECRET}")
    # Wrong use comes first, and is wrong use.
    assert done.reports == []
    breaking = (
        "import click\n"
        f"def fails(*_, **__): raise ValueError('{SECRET}')\n"
        "click.Group.resolve_command = fails\n"
    )
    report = told(broken(breaking, "messages", "--json", f"--{SECRET}"), tmp_path / "aside")
    assert report["options"] == ["--json"]


def test_where_no_report_can_be_written_the_line_still_comes(
    broken: Broken, tmp_path: Path
) -> None:
    breaking = body("'messages'", "a value") + (
        "import tempfile\n"
        f"def fails(*_, **__): raise OSError(28, '{SECRET}')\n"
        "tempfile.mkstemp = fails\n"
    )
    done = broken(breaking, "messages")
    assert (done.code, done.reports) == (BROKEN, [])
    (line,) = done.err.splitlines()
    assert line.startswith("ikeur: RUN-UNFORESEEN: ")
    assert SECRET not in line


UNPICKLED = f"raise type('Odd', (Exception,), {{}})(lambda: '{SECRET}')"


@pytest.mark.parametrize("raising", [f"raise ValueError('{SECRET}')", UNPICKLED])
@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_worker_is_told_where_it_was(
    broken: Broken, tmp_path: Path, raising: str, workers: int
) -> None:
    breaking = (
        "from harness.judging.judge import Judge\n"
        f"def fails(*_, **__):\n    {raising}\n"
        "Judge.converted = fails\n"
    )
    done = broken(breaking, *RUN, "--workers", workers, "--out", "out", everywhere=True)
    report = told(done, tmp_path / "aside")
    assert any("sitecustomize:fails:" in item["calls"][-1] for item in report["errors"])
    assert not (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("way", ["command", "stream", "folder", "url", "python"])
def test_an_error_in_a_way_to_reach_software_is_told(
    broken: Broken, tmp_path: Path, way: str
) -> None:
    breaking = (
        "import importlib, inspect, pkgutil, harness\n"
        "from harness.sut.protocol import Sut\n"
        f"def fails(*_, **__): raise ValueError('{SECRET}')\n"
        "for name in ('command', 'stream', 'folder', 'http.http'):\n"
        "    module = importlib.import_module(f'harness.sut.{name}')\n"
        "    for _, kind in inspect.getmembers(module, inspect.isclass):\n"
        "        if kind.__module__ == module.__name__ and hasattr(kind, 'ask'): kind.ask = fails\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        given = {
            "command": "false", "stream": "cat", "folder": "true {input} {output}",
            "url": f"http://127.0.0.1:{listening.getsockname()[1]}/", "python": "json:loads",
        }  # fmt: skip
        done = broken(breaking, "run", f"--{way}", given[way], *RUN[2:], "--out", "out")
    told(done, tmp_path / "aside")


def test_an_error_in_a_thread_makes_no_run_green(broken: Broken, tmp_path: Path) -> None:
    breaking = (
        "import threading\n"
        "from harness.running.runner import Runner\n"
        f"def fails(): raise ValueError('{SECRET}')\n"
        "before = Runner.begin\n"
        "def begin(*given):\n"
        "    thread = threading.Thread(target=fails); thread.start(); thread.join()\n"
        "    return before(*given)\n"
        "Runner.begin = begin\n"
    )
    told(broken(breaking, *RUN, "--out", "out"), tmp_path / "aside")


def test_a_report_that_breaks_costs_no_journal_and_is_not_green(
    broken: Broken, tmp_path: Path
) -> None:
    breaking = (
        "import harness.cli.shared.run_session as module\n"
        f"def fails(*_): raise ValueError('{SECRET}')\n"
        "module.write_all = fails\n"
    )
    told(broken(breaking, *RUN, "--out", "out"), tmp_path / "aside")
    journal = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(journal[-1])["event"] == "run-finished"
    # What broke is mended: the run goes on to its reports, and asks nothing anew.
    again = broken("", *RUN, "--out", "out", "--resume")
    assert again.code == PASS, again
    assert (tmp_path / "out" / "report.html").exists()


def test_what_is_told_is_explained(broken: Broken) -> None:
    for lang in ("en", "nl"):
        done = broken("", "explain", "RUN-UNFORESEEN", "--lang", lang)
        assert done.code == PASS
        assert len(done.out.splitlines()) == 3
