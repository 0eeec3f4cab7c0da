"""What ikeur says to who mistypes, to who starts, to a program and to a reader that goes away."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import BROKEN, PASS, PROGRAM, RED, USAGE, Done
from tests.paths import GOLDEN, ROOT

Ikeur = Callable[..., Done]
RUN = ("run", "--reference", "--messages", "WMO305", "--suite", "convert", "--count", "1")
PIPE_CLOSED = 141


@pytest.mark.parametrize(
    ("args", "meant"),
    [
        (("rn",), "run"),
        (("valdate",), "validate"),
        (("layout", "WM301"), "WMO301"),
        (("run", "--reference", "--messages", "WM305"), "WMO305"),
        (("generate", "--messages", "jw31", "--out", "out"), "JW315"),
        (("run", "--reference", "--messages", "321"), "JW321"),
        (("run", "--reference", "--suite", "roundtrp"), "roundtrip"),
        (("explain", "sut-crah"), "SUT-CRASH"),
    ],
)
def test_what_is_mistyped_is_answered_with_what_is_like_it(
    ikeur: Ikeur, args: tuple[str, ...], meant: str
) -> None:
    done = ikeur(*args)
    assert done.code == USAGE
    suggested = done.told.partition("did you mean ")[2].partition("?")[0].split(", ")
    assert meant in suggested
    assert len(suggested) <= 5


@pytest.mark.parametrize("args", [("xqz",), ("layout", "BERICHT"), ("run", "--suite", "")])
def test_what_is_like_nothing_gets_no_suggestion(ikeur: Ikeur, args: tuple[str, ...]) -> None:
    done = ikeur(*args)
    assert done.code == USAGE
    assert "did you mean" not in done.told


def test_ikeur_alone_says_what_to_do_first(ikeur: Ikeur) -> None:
    done = ikeur()
    assert (done.code, done.out) == (USAGE, b"")
    steps = [line.strip() for line in done.told.splitlines() if line.startswith("  ikeur ")]
    assert [step.split()[1] for step in steps] == ["run", "smoke", "run"]
    # Each is a command that can be typed as it stands.
    assert ikeur(*shlex.split(steps[0])[1:], "--messages", "WMO305").code == PASS


ERRORS = [
    (USAGE, ("layout", "WM301"), "USE-MESSAGE"),
    (USAGE, ("run", "--speed", "9"), "USE-OPTION"),
    (USAGE, ("rn",), "USE-OPTION"),
    (USAGE, ("run",), "USE-SUT"),
    (USAGE, ("run", "--config", "none.toml"), "USE-CONFIG"),
    (USAGE, ("validate", "none.ei"), "USE-FILE"),
    (USAGE, ("case", "WMO305", "--run"), "USE-CASE"),
    (USAGE, ("pairs", "none"), "USE-FILE"),
    (USAGE, ("bench", "--reference", "--messages", "WM301"), "USE-MESSAGE"),
    (USAGE, ("dryrun", "--reference", "--out", "out.zip", "--key", "none.pem"), "USE-KEY"),
]


@pytest.mark.parametrize(("code", "args", "name"), ERRORS, ids=lambda value: str(value))
def test_an_error_of_json_is_json(
    ikeur: Ikeur, code: int, args: tuple[str, ...], name: str
) -> None:
    plain, done = ikeur(*args), ikeur(*args, "--json")
    assert (plain.code, plain.out, done.code) == (code, b"", code)
    assert done.json["exit_code"] == code
    error = done.json["error"]
    assert list(error) == ["code", "what", "where", "do"]
    assert error["code"] == name
    # People who read the log see the same line as without it.
    assert done.told == plain.told
    assert f"ikeur: {name}: {error['what']}" in plain.told


def test_a_file_that_may_not_be_read_is_json_too(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    done = ikeur("validate", "loop", "--json")
    assert (done.code, done.json["error"]["code"]) == (USAGE, "USE-FILE")
    assert "loop" in done.json["error"]["where"]


def test_what_ikeur_did_not_foresee_is_json_too(
    ikeur: Ikeur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("harness.cli.facts.catalogue", lambda: 1 / 0)
    done = ikeur("messages", "--json")
    assert (done.code, done.json["error"]["code"]) == (BROKEN, "RUN-UNFORESEEN")


def test_one_is_told_as_one(ikeur: Ikeur, tmp_path: Path) -> None:
    one = GOLDEN / "WMO305.ei"
    assert ikeur("validate", one).told == "1 message, 0 not valid\n"
    assert ikeur("validate", one, one).told == "2 messages, 0 not valid\n"
    made = ("generate", "--messages", "WMO305", "--count", 1, "--release")
    assert ikeur(*made, "2.1", "--out", "one").told == "1 message in one\n"
    assert ikeur(*made, "both", "--out", "two").told == "2 messages in two\n"
    changed = tmp_path / "changed.ei"
    changed.write_bytes(one.read_bytes().replace(b"Hooft ", b"Hoofd ", 1))
    compared = ikeur("compare", one, changed)
    assert compared.code == RED
    assert ", 1 difference, " in compared.told


def test_a_reader_that_goes_away_does_not_look_like_a_finding(tmp_path: Path) -> None:
    ran = shlex.join([str(PROGRAM), *RUN])
    shell = ["/bin/bash", "-c", f"{ran} | true; echo ${{PIPESTATUS[0]}}"]
    done = subprocess.run(shell, capture_output=True, cwd=tmp_path, text=True, timeout=60)
    assert done.stdout == f"{PIPE_CLOSED}\n"
    assert "Traceback" not in done.stderr
    assert (tmp_path / "ikeur-report" / "report.html").is_file()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_completion_completes_commands_and_options(shell: str) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if f"_IKEUR_COMPLETE={shell}_source" in line)
    ikeur = PROGRAM.parent
    env = {"PATH": f"{ikeur}:/usr/bin:/bin", "COMP_CWORD": "1", "COMP_WORDS": "ikeur val"}
    if shell == "bash":
        shown = ["bash", "-c", f"{line}\ncomplete -p ikeur"]
        told = subprocess.run(shown, env=env, capture_output=True, text=True, timeout=60)
        assert told.stdout.startswith("complete ")
    # What the function of each shell asks.
    ask = env | {"_IKEUR_COMPLETE": f"{shell}_complete"}
    ask |= {"COMP_WORDS": "ikeur val", "COMP_CWORD": "1" if shell != "fish" else "val"}
    done = subprocess.run([PROGRAM], env=ask, capture_output=True, text=True, timeout=60)
    assert "validate" in done.stdout
    script = subprocess.run(
        [PROGRAM],
        env=env | {"_IKEUR_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert f"_IKEUR_COMPLETE={shell}_complete" in script.stdout
