"""Whatever others wrote, what ikeur prints of it moves, hides and begins nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import USAGE, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
COMMAND = "::error title=x::boo"
# A line end of each kind, escape codes, marks that turn text round, and what nobody sees.
UNSEEN = (
    "\x1b[31m\x9b0m\x07\x7f\u200b\u202e\u2066\u2028\u2029\ufeff\u00ad\u115f\u3164\ufe0f\U000e0041"
)
ODD = f"x\n{COMMAND}\r\n{COMMAND}{UNSEEN}y ##[error]boo ##vso[task.complete]"
FAILING = f"""
class Refused(Exception):
    pass
def refused(data, source, target):
    raise Refused({ODD!r})
def failed(data, source, target):
    raise ValueError({ODD!r})
def begun(data, source, target):
    raise Refused({COMMAND!r})
"""
CASE = "WMO305.convert.2.0-2.1.s1.n0"
ONE = ("--messages", "WMO305", "--count", "1")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with files of odd names, and what is odd in files that are read."""
    name = ODD.replace("/", "")
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / f"{name}.xml").write_bytes((GOLDEN / "WMO305.xml").read_bytes())
    (tmp_path / "box" / f"{name}.ei").write_bytes(ODD.encode())
    with zipfile.ZipFile(tmp_path / "box" / "zip.zip", "w") as archive:
        archive.writestr(f"{name}.xml", ODD)
    (tmp_path / f"{COMMAND}.xml").write_bytes((GOLDEN / "WMO305.xml").read_bytes())
    (tmp_path / "failing.py").write_text(FAILING, encoding="utf-8")
    (tmp_path / "key.toml").write_text(f"[{json.dumps(ODD)}]\n", encoding="utf-8")
    return tmp_path


QUOTING: dict[str, tuple[str, ...]] = {
    "no file": ("validate", ODD),
    "files": ("validate", "box"),
    "files, rules": ("validate", "--rules", "--lang", "nl", "box"),
    "a file that begins a line": ("validate", f"{COMMAND}.xml"),
    "mailbox": ("pairs", "box"),
    "report elsewhere": ("pairs", "box", "--out", f"{ODD}.out"),
    "convert": ("convert", ODD, "-o", "out.xml"),
    "converted": ("convert", str(GOLDEN / "WMO305.ei"), "-o", f"{ODD}/out.xml"),
    "compare": ("compare", ODD, ODD),
    "report": ("report", ODD),
    "diff": ("diff", ODD, ODD),
    "explain": ("explain", ODD),
    "case": ("case", ODD, "--run"),
    "message type": ("run", "--messages", ODD),
    "suite": ("run", "--suite", ODD),
    "choice": ("run", "--lang", ODD),
    "number": ("run", "--count", ODD),
    "option": ("run", f"--{ODD}"),
    "command": (ODD,),
    "name": ("run", "--name", ODD),
    "address": ("smoke", "--url", f"http://{ODD}"),
    "scheduler": ("run", "--reference", "--out", "out", "--cluster", ODD),
    "program": ("smoke", "--command", f"'{ODD}'"),
    "function": ("smoke", "--python", f"failing:{ODD}"),
    "interpreter": ("smoke", "--python", "failing:failed", "--python-exe", ODD),
    "folders": ("smoke", "--folder", f"'{ODD}' b"),
    "configuration": ("run", "--config", ODD),
    "key of a configuration": ("run", "--config", "key.toml"),
    "smoke": ("smoke", "--python", "failing:failed"),
    "smoke, begun": ("smoke", "--python", "failing:begun"),
    "refused": ("run", "--python", "failing:refused", *ONE, "--suite", "convert"),
    "failed": ("run", "--python", "failing:failed", *ONE, "--suite", "convert,refuse", "--quick"),
    "again": ("case", CASE, "--run", "--python", "failing:failed"),
    "again, begun": ("case", CASE, "--run", "--python", "failing:begun"),
    "bench": ("bench", "--python", "failing:failed", *ONE, "--sizes", "1", "--rounds", "1"),
    "generate": ("generate", "--messages", "WMO305", "--count", "1", "--out", f"{ODD}.new"),
}


def harmless(text: str) -> None:
    assert not set(text) & set(UNSEEN.replace("[31m", "").replace("0m", "") + "\r"), text
    for line in text.split("\n"):
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line
        assert "##vso[" not in line


@pytest.mark.parametrize("name", QUOTING)
def test_a_text_of_others_is_shown_and_does_nothing(ikeur: Ikeur, odd: Path, name: str) -> None:
    done = ikeur(*QUOTING[name])
    assert done.said or done.told
    harmless(done.said)
    harmless(done.told)
    # Wrong use is one line, whatever it quotes.
    assert done.code != USAGE or len(done.told.splitlines()) == 1


@pytest.mark.parametrize("name", ["files", "failed", "option"])
def test_it_is_so_of_a_process_too(ikeur_process: Ikeur, odd: Path, name: str) -> None:
    done = ikeur_process(*QUOTING[name])
    harmless(done.said)
    harmless(done.told)


@pytest.mark.parametrize("name", ["files", "mailbox", "again", "smoke"])
def test_json_says_it_all_and_shows_it(ikeur: Ikeur, odd: Path, name: str) -> None:
    done = ikeur(*QUOTING[name], "--json")
    assert not set(done.said) & set(UNSEEN.replace("[31m", "").replace("0m", ""))
    assert json.dumps(done.json, ensure_ascii=False).count("\u202e") > 0


def test_reports_for_people_show_it_and_do_nothing(ikeur: Ikeur, odd: Path) -> None:
    ikeur(*QUOTING["failed"], "--out", "out")
    for name in ("summary.md", "junit.xml", "report.html"):
        text = (odd / "out" / name).read_text(encoding="utf-8")
        # The pages of a report have lines and tabs of their own.
        assert not set(text) & set(UNSEEN.replace("[31m", "").replace("0m", "")), name
        assert not any(line.lstrip().startswith("::") for line in text.split("\n")), name
    notes = (odd / "out" / "results.sarif").read_text(encoding="utf-8")
    assert "\\u202e" not in notes.lower()
    assert "\\u001b" not in notes.lower()


@pytest.mark.parametrize("key", ["name", "version"])
@pytest.mark.parametrize(
    "value",
    [f"x\n{COMMAND}", "x" * 101, "a\u202eb", "a\x1b[31mb", "\u3164", "a\u200bb", "a\x00b"],
    ids=ascii,
)
def test_software_has_a_name_that_can_be_shown(
    ikeur: Ikeur, tmp_path: Path, key: str, value: str
) -> None:
    text = f'[sut]\n{key} = {json.dumps(value)}\n[sut.convert]\ncommand = ["true"]\n'
    (tmp_path / "ikeur.toml").write_text(text, encoding="utf-8")
    done = ikeur("run")
    assert (done.code, len(done.told.splitlines())) == (USAGE, 1)
    assert done.told.startswith(f"ikeur: USE-CONFIG: '{key}' in [sut] ")
    if key == "name" and "\0" not in value:
        done = ikeur("run", "--reference", "--name", value)
        assert done.told.startswith("ikeur: USE-OPTION: ")


def test_a_name_of_any_letters_is_kept(ikeur: Ikeur, tmp_path: Path) -> None:
    name = "Zorg→é ☃ «Één» 4.2"
    done = ikeur("run", "--command", "/bin/cat", "--name", name, *ONE, "--suite", "convert")
    assert name in done.said
