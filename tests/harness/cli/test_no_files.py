"""A pipe, a device or a socket where a file is named is told at once, in one line."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, PROGRAM, RED, USAGE, XSDS, Done, tree
from tests.paths import GOLDEN

CASE = "WMO305.convert.2.0-2.1.s1.n0"
RUN = ("run", "--reference", "--messages", "WMO305", "--suite", "convert", "--count", "1")
THINGS = ("fifo", "link-to-fifo", "/dev/zero", "link-to-zero", "socket")
# Seconds: it takes one to begin, and what hangs does so for ever.
PATIENCE = 60
MOST_BYTES = 4 * 2**30
# Where a file is named, the code of the error, and what else stands there.
DOORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "validate": ("USE-FILE", ("validate", "THING")),
    "validate one of two": ("USE-FILE", ("validate", "message.xml", "THING")),
    "validate rules": ("USE-FILE", ("validate", "--rules", "THING")),
    "convert": ("USE-FILE", ("convert", "THING", "-o", "out.xml")),
    "respond": ("USE-FILE", ("respond", "THING", "-o", "out.xml")),
    "compare first": ("USE-FILE", ("compare", "THING", "message.xml")),
    "compare second": ("USE-FILE", ("compare", "message.xml", "THING")),
    "run config": ("USE-CONFIG", (*RUN, "--config", "THING")),
    "case config": ("USE-CONFIG", ("case", CASE, "--out", "out", "--config", "THING")),
    "case report": ("USE-FOLDER", ("case", CASE, "--out", "out", "--report", "THING")),
    "pairs": ("USE-FILE", ("pairs", "THING")),
    "pairs manifest": ("USE-FILE", ("pairs", "mailbox", "--manifest", "THING")),
    "pairs overrides": ("USE-OVERRIDE", ("pairs", "mailbox", "--overrides", "THING")),
    "bench baseline": ("USE-BASELINE", ("bench", "--reference", "--compare", "THING")),
    "verify": ("USE-FILE", ("verify", "THING")),
    "report": ("USE-FILE", ("report", "THING")),
    "diff old": ("USE-FILE", ("diff", "THING", "THING")),
    "verify key": ("USE-KEY", ("verify", "message.xml", "--key", "THING")),
    "dryrun key": ("USE-KEY", ("dryrun", "--reference", "--key", "THING", "--out", "b.zip")),
    "spec pack": ("USE-SPEC-PACK", ("validate", "message.xml", "--spec-pack", "THING")),
    "diff": ("USE-SPEC-PACK", ("sources", "--diff", "THING")),
    "command": ("USE-PROGRAM", ("smoke", "--command", "THING")),
    "interpreter": ("USE-PROGRAM", ("smoke", "--python", "a:b", "--python-exe", "THING")),
    # Where something would be written, nothing is overwritten and nothing is waited for.
    "convert to": ("USE-OVERWRITE", ("convert", "message.ei", "-o", "THING")),
    "dryrun to": ("USE-OVERWRITE", ("dryrun", "--reference", "--out", "THING")),
    "new key": ("USE-OVERWRITE", ("dryrun", "--new-key", "THING")),
    "run to": ("USE-FOLDER", (*RUN, "--out", "THING")),
    "go on in": ("USE-FOLDER", (*RUN, "--resume", "--out", "THING")),
    "pairs to": ("USE-FOLDER", ("pairs", "mailbox", "--out", "THING")),
    "case to": ("USE-FOLDER", ("case", CASE, "--out", "THING")),
    "generate to": ("USE-FOLDER", ("generate", "--count", "1", "--out", "THING")),
}


def make(folder: Path, thing: str) -> str:
    """Have a thing that is no file in a folder; its name there."""
    if "fifo" in thing:
        os.mkfifo(folder / "fifo")
    if thing == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(folder / "socket"))
    if thing.startswith("link"):
        (folder / thing).symlink_to("fifo" if "fifo" in thing else "/dev/zero")
    return thing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for suffix in (".ei", ".xml"):
        shutil.copy(GOLDEN / f"WMO305{suffix}", tmp_path / f"message{suffix}")
    (tmp_path / "mailbox").mkdir()
    shutil.copy(GOLDEN / "WMO305.ei", tmp_path / "mailbox")
    return tmp_path


@pytest.fixture
def ikeur_soon(tmp_path: Path) -> Callable[..., Done]:
    """Runs the installed command with little memory, and not for long."""

    def run(*args: str, stdin: int = subprocess.DEVNULL) -> Done:
        limits = ["prlimit", f"--as={MOST_BYTES}"] if shutil.which("prlimit") else []
        words = [*limits, str(PROGRAM), *args]
        done = subprocess.run(
            words, stdin=stdin, capture_output=True, cwd=tmp_path, timeout=PATIENCE
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def ikeur_here(ikeur: Callable[..., Done]) -> Iterator[Callable[..., Done]]:
    """Runs the command in this process, with as little memory and no longer."""

    def hangs(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(PATIENCE)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + MOST_BYTES, hard))
    yield ikeur
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


Soon = Callable[..., Done]


def told_at_once(done: Done, code: str, name: str) -> None:
    assert done.code == USAGE, done
    assert done.out == b""
    assert done.told.startswith(f"ikeur: {code}: ")
    assert len(done.told.splitlines()) == 1, done.told
    assert name in done.told
    # What to do stands behind what is wrong.
    assert "; " in done.told.partition(name)[2]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at its memory by /proc")
@pytest.mark.parametrize("place", range(len(DOORS)), ids=list(DOORS))
def test_a_name_of_no_file_is_refused_at_every_door(
    ikeur_here: Soon, folder: Path, place: int
) -> None:
    code, args = list(DOORS.values())[place]
    thing = make(folder, THINGS[place % len(THINGS)])
    before = sorted(path.name for path in folder.rglob("*"))
    done = ikeur_here(*(thing if word == "THING" else word for word in args))
    told_at_once(done, code, thing)
    assert sorted(path.name for path in folder.rglob("*")) == before


@pytest.mark.parametrize("thing", [*THINGS, "folder", "link-to-nothing"])
def test_a_configuration_that_is_found_is_a_file_or_told(
    ikeur_soon: Soon, folder: Path, thing: str
) -> None:
    if thing == "folder":
        (folder / "ikeur.toml").mkdir()
    elif thing == "link-to-nothing":
        (folder / "ikeur.toml").symlink_to("nothing")
    else:
        (folder / "ikeur.toml").symlink_to(make(folder, thing))
    told_at_once(ikeur_soon(*RUN), "USE-CONFIG", "ikeur.toml")


def test_deadlines_that_a_configuration_names_are_in_a_file(ikeur_soon: Soon, folder: Path) -> None:
    make(folder, "fifo")
    (folder / "ikeur.toml").write_text('[switch]\noverrides = "fifo"\n', encoding="utf-8")
    told_at_once(ikeur_soon(*RUN), "USE-OVERRIDE", "fifo")


@pytest.mark.parametrize("member", ["pipe.xsd", "basisschema.xsd", "imported"])
def test_a_pipe_in_a_spec_pack_is_told(ikeur_soon: Soon, folder: Path, member: str) -> None:
    pack = folder / "pack"
    pack.mkdir()
    for name in ("basisschema.xsd", "wmo305.xsd"):
        shutil.copy(XSDS / "iwmo" / name, pack)
    schema = pack / "wmo305.xsd"
    if member == "imported":
        text = schema.read_text(encoding="utf-8")
        schema.write_text(text.replace("basisschema.xsd", "imported"), encoding="utf-8")
    (pack / member).unlink(missing_ok=True)
    os.mkfifo(pack / member)
    for args in (("validate", "message.xml", "--spec-pack", "pack"), ("sources", "--diff", "pack")):
        done = ikeur_soon(*args)
        told_at_once(done, "USE-SCHEMA" if member == "imported" else "USE-SPEC-PACK", member)


def test_a_spec_pack_is_no_deeper_than_it_can_be(ikeur_soon: Soon, folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    told_at_once(ikeur_soon("sources", "--diff", "d"), "USE-SPEC-PACK", "d")
    subprocess.run(["rm", "-rf", str(folder / "d")], check=True)


def test_a_link_that_leads_to_itself_is_told(ikeur_soon: Soon, folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    told_at_once(ikeur_soon("pairs", "mailbox", "--out", "loop"), "USE-FOLDER", "loop")


@pytest.mark.parametrize("name", ["sequence.json", "sequence-0001-WMO305.ei"])
def test_messages_kept_in_a_report_are_files(ikeur_soon: Soon, folder: Path, name: str) -> None:
    kept = folder / "report" / "cases" / CASE
    kept.mkdir(parents=True)
    entry = (
        '[{"file": "sequence-0001-WMO305.ei", "case": "", "op": "convert", "from": "2.0",'
        ' "to": "2.1", "message": "WMO305", "direction": "", "at": ""}]'
    )
    if name == "sequence.json":
        (kept / name).write_bytes(b" " * (16 * 2**20 + 1))
    else:
        (kept / "sequence.json").write_text(entry, encoding="utf-8")
        (kept / name).symlink_to("/dev/zero")
    done = ikeur_soon("case", CASE, "--out", "out", "--report", "report")
    told_at_once(done, "USE-SEQUENCE", name)


@pytest.mark.parametrize("name", ["events.jsonl", "about.json"])
def test_a_dryrun_goes_on_with_files_alone(ikeur_soon: Soon, folder: Path, name: str) -> None:
    part = folder / "b.zip.part"
    part.mkdir()
    (part / "about.json").write_bytes(b"{")
    (part / name).unlink(missing_ok=True)
    os.mkfifo(part / name)
    done = ikeur_soon("dryrun", "--reference", "--resume", "--out", "b.zip")
    assert done.code == USAGE, done
    assert len(done.told.splitlines()) == 1, done.told


@pytest.mark.parametrize("mine", ["a log of mine\n", "", '{"event": "run-st'])
def test_going_on_overwrites_no_file_of_another(ikeur_soon: Soon, folder: Path, mine: str) -> None:
    out = folder / "out"
    out.mkdir()
    (folder / "mine").write_text(mine, encoding="utf-8")
    # A link leads to what is none of the run's, whatever is in it.
    (out / "events.jsonl").symlink_to("../mine")
    done = ikeur_soon(*RUN, "--resume", "--out", "out")
    assert done.code == USAGE, done
    assert (folder / "mine").read_text(encoding="utf-8") == mine
    (out / "events.jsonl").unlink()
    shutil.copy(folder / "mine", out / "events.jsonl")
    done = ikeur_soon(*RUN, "--resume", "--out", "out")
    if mine.startswith("a log"):
        told_at_once(done, "USE-RESUME", "events.jsonl")
        assert (out / "events.jsonl").read_text(encoding="utf-8") == mine
    else:
        assert done.code == PASS, done


@pytest.mark.parametrize("args", [("validate", "-"), ("convert", "-"), ("compare", "-", "-")])
def test_stdin_without_an_end_is_told(ikeur_soon: Soon, folder: Path, args: tuple[str]) -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = ikeur_soon(*args, stdin=endless.fileno())
    told_at_once(done, "USE-FILE", "-")
    assert "larger than" in done.told


def test_a_closed_stdin_is_told(folder: Path) -> None:
    words = f"exec {PROGRAM} validate - <&-"
    done = subprocess.run(["sh", "-c", words], capture_output=True, cwd=folder, timeout=PATIENCE)
    told_at_once(Done(done.returncode, done.stdout, done.stderr), "USE-FILE", "-")


def test_a_stdin_that_does_not_wait_is_read_to_its_end(folder: Path) -> None:
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    with subprocess.Popen(
        [PROGRAM, "validate", "-"], stdin=ours, stdout=subprocess.PIPE, cwd=folder
    ) as process:
        os.close(ours)
        data = (folder / "message.xml").read_bytes()
        for part in (data[:100], data[100:]):
            os.write(theirs, part)
            # It is let come to an end of what there is.
            assert process.poll() is None
            time.sleep(1)
        os.close(theirs)
        assert process.stdout
        assert b"WMO305 2.1: valid" in process.stdout.read()


def test_a_zip_that_is_named_by_a_link_is_read(ikeur_soon: Soon, folder: Path) -> None:
    shutil.make_archive(str(folder / "real"), "zip", folder / "mailbox")
    (folder / "link.zip").symlink_to("real.zip")
    done = ikeur_soon("validate", "link.zip")
    assert (done.code, done.said) == (PASS, "link.zip!/WMO305.ei: WMO305 2.0: valid\n")


def test_one_of_many_files_that_is_none_is_left_out(ikeur_soon: Soon, folder: Path) -> None:
    os.mkfifo(folder / "mailbox" / "fifo.xml")
    done = ikeur_soon("validate", "mailbox")
    assert done.code == RED
    assert "WMO305.ei: WMO305 2.0: valid" in done.said
    assert "fifo.xml: left out" in done.said


def test_a_link_to_nothing_is_not_written_through(ikeur_soon: Soon, folder: Path) -> None:
    (folder / "out.xml").symlink_to("elsewhere.xml")
    done = ikeur_soon("convert", "message.ei", "-o", "out.xml")
    told_at_once(done, "USE-OVERWRITE", "out.xml")
    assert "elsewhere.xml" not in tree(folder / "mailbox")
    assert (folder / "out.xml").is_symlink()
