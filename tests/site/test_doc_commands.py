"""Every command of the site and the README is run, page by page, in the folder of a vendor."""

from __future__ import annotations

import shlex
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from harness.cli import main
from tests.paths import GOLDEN, ROOT
from tests.site.doc_commands import DocCommand, changes, doc_commands
from tests.suts import in_process

COMMANDS = list(doc_commands())
CHANGES = changes()
RUN = [one for one in COMMANDS if one.text not in CHANGES or not CHANGES[one.text]["because"]]
# A converter for one message on the command line, and for many on stdin.
CONVERT = """\
#!{python}
import sys
from pathlib import Path
from harness.reference.converter import Refused, convert
from tests.suts.programs import vendor_stream
if sys.argv[1:]:
    source, target, given, taken = (sys.argv[place] for place in (2, 4, 5, 6))
    try:
        Path(taken).write_bytes(convert(Path(given).read_bytes(), source, target))
    except Refused as error:
        sys.exit(3)
else:
    sys.argv.append("harness.reference.converter")
    vendor_stream.main()
"""
CONFIG = '[sut]\nmessages = ["WMO303", "WMO305"]\n[sut.convert]\nstream = "./convert"\n'


@pytest.fixture
def vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a converter, its configuration, and what the pages name as input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "convert").write_text(CONVERT.format(python=sys.executable), encoding="utf-8")
    (tmp_path / "convert").chmod(stat.S_IRWXU)
    (tmp_path / "ikeur.toml").write_text(CONFIG, encoding="utf-8")
    message = (GOLDEN / "WMO305.xml").read_bytes()
    for name in ("FILE", "WMO305.xml", "FOLDER/WMO305.xml", "mailbox/in/WMO305.xml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(message)
    (tmp_path / "times.csv").write_text("file,sent,read\n", encoding="utf-8")
    return tmp_path


def ended(command: DocCommand) -> tuple[int, str]:
    """The exit code of a command, made small as the table says, and what it said."""
    also = CHANGES[command.text]["also"] if command.text in CHANGES else ""
    words = [*command.words, *shlex.split(also)]
    if command.is_ours:
        done = CliRunner().invoke(main, words[1:])
        return done.exit_code, done.output
    shown = subprocess.run(words, capture_output=True, timeout=60)
    return shown.returncode, (shown.stdout + shown.stderr).decode()


@pytest.mark.parametrize("page", sorted({command.page for command in RUN}))
def test_the_commands_of_a_page_do_what_it_says(
    page: str, vendor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A bench measures processes.
    if page != "docs/bench.md":
        in_process.use(monkeypatch)
    for command in RUN:
        if command.page == page:
            known = CHANGES.get(command.text)
            code, said = ended(command)
            assert code == int(known["code"] or 0 if known else 0), (command.text, said)


def test_what_is_not_run_is_a_command_that_ikeur_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for one in COMMANDS:
        if one.is_ours and one not in RUN:
            name, *words = one.words[1:]
            command = main.get_command(click.Context(main), name)
            assert command, one
            command.make_context(name, words, parent=click.Context(main, info_name="ikeur"))


def test_each_row_is_of_a_command_on_a_page() -> None:
    assert CHANGES.keys() - {command.text for command in COMMANDS} == set()
    for row in CHANGES.values():
        assert bool(row["because"]) != any(row[name] for name in ("also", "code")), row.where
        # A reason names the test that has it instead.
        named = [word.strip(";.") for word in row["because"].split() if word.startswith("tests/")]
        assert all((ROOT / path).exists() for path in named), row.where
