"""What each command promises: its help, its JSON, its two outputs and its exit codes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import (
    BROKEN,
    CONVERTED,
    PASS,
    PROGRAM,
    RED,
    STAYS_EI,
    USAGE,
    Done,
    tree,
)
from tests.paths import GOLDEN

COMMANDS = [
    "run",
    "generate",
    "validate",
    "convert",
    "respond",
    "compare",
    "case",
    "cases",
    "report",
    "diff",
    "pairs",
    "dryrun",
    "verify",
    "explain",
    "layout",
    "messages",
    "sources",
]
Ikeur = Callable[..., Done]
PAIR = (GOLDEN / "WMO305.ei", GOLDEN / "WMO305.xml")


def test_ikeur_helps_with_every_command(ikeur: Ikeur) -> None:
    done = ikeur("--help")
    assert (done.code, done.told) == (PASS, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", done.said, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_helps_with_an_example_of_options_that_it_has(
    ikeur: Ikeur, command: str
) -> None:
    done = ikeur(command, "--help")
    assert (done.code, done.told) == (PASS, "")
    options, _, example = done.said.partition("Example:")
    words = shlex.split(example)
    assert words[:2] == ["ikeur", command]
    assert len(words) > 2 or command == "messages"
    for word in words:
        if word.startswith("-"):
            assert re.search(rf"(^|\s){word}\b", options), word


def test_the_version_is_told(ikeur: Ikeur) -> None:
    done = ikeur("--version")
    assert done.code == PASS
    assert re.fullmatch(r"ikeur.* \d+\.\d+\S*\n", done.said)


@pytest.mark.parametrize(
    "args",
    [
        ("messages",),
        ("sources",),
        ("explain", "FIELD-LOST"),
        ("validate", *PAIR),
        ("compare", PAIR[0], GOLDEN / "WMO307.ei"),
        ("generate", "--coverage", "--count", 1, "--messages", "WMO305"),
    ],
    ids=lambda args: args[0],
)
def test_json_holds_the_result_on_stdout(ikeur: Ikeur, args: tuple[object, ...]) -> None:
    done, plain = ikeur(*args, "--json"), ikeur(*args)
    assert done.json
    assert done.code == plain.code
    assert plain.out
    assert plain.out != done.out


def test_json_holds_the_result_of_a_run_on_stdout(ikeur: Ikeur) -> None:
    done = ikeur(
        *("run", "--reference", "--quick", "--messages", "WMO305", "--count", 1),
        *("--out", "out", "--json"),
    )
    assert done.code == PASS
    assert done.json


def test_messages_lists_all_types_and_says_which_are_converted(ikeur: Ikeur) -> None:
    rows = {row["message"]: row for row in ikeur("messages", "--json").json}
    assert sorted(rows) == sorted(CONVERTED + STAYS_EI)
    assert [name for name, row in rows.items() if not row["converted"]] == STAYS_EI
    assert rows["WMO303"]["codes"] == ["416", "448"]
    assert rows["WMO301"]["pair"] == "WMO302"
    assert rows["JW322"]["record_length"] == 370
    lines = ikeur("messages").said.splitlines()
    assert [line.split()[0] for line in lines] == list(rows)


def test_explain_says_what_a_finding_means_and_what_to_do_in_both_languages(ikeur: Ikeur) -> None:
    english = ikeur("explain", "EI-LINE-END", "--json").json
    dutch = ikeur("explain", "EI-LINE-END", "--json", "--lang", "nl").json
    assert english["code"] == dutch["code"] == "EI-LINE-END"
    assert "CR LF" in english["advice"]
    assert " instead of " in english["meaning"]
    assert " in plaats van " in dutch["meaning"]
    assert ikeur("explain", "ei-line-end").said.startswith("EI-LINE-END\n")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_a_command_gets_and_must_answer_is_told(ikeur: Ikeur, lang: str) -> None:
    crash = ikeur("explain", "SUT-CRASH", "--lang", lang).said
    told = " ".join(ikeur("run", "--help").said.split())
    for text in (crash, told):
        for name in ("{from}", "{to}", "{input}", "{output}", "2.0", "2.1", "stderr"):
            assert name in text
    assert re.search("exit ?code 0 .* 3 ", crash)
    assert "Exit code 0 means converted, 3 refused, with the reason on stderr" in told
    for code in ("SUT-REFUSED", "SUT-ACCEPTED"):
        said = ikeur("explain", code, "--lang", lang).said
        assert re.search(r"`--command`.* exit ?code 3\b", said)


@pytest.mark.parametrize("code", ["DEVIATION-GONE", "DEVIATION-EXPIRED"])
def test_what_becomes_of_a_declared_deviation_is_explained(ikeur: Ikeur, code: str) -> None:
    for lang in ("en", "nl"):
        assert "ikeur.toml" in ikeur("explain", code, "--lang", lang).said


def test_every_finding_that_validate_can_give_is_explained(ikeur: Ikeur, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ei"
    broken.write_bytes(PAIR[0].read_bytes().replace(b"\r\n", b"\n").replace(b"0344", b"03 4"))
    findings = ikeur("validate", broken, "--json").json[0]["findings"]
    assert {item["code"] for item in findings} >= {"EI-LINE-END", "EI-NUMERIC"}
    for code in {item["code"] for item in findings}:
        assert ikeur("explain", code).code == PASS


def test_sources_counts_the_rows_of_each_grade(ikeur: Ikeur) -> None:
    told = ikeur("sources", "--json").json
    assert list(told["grades"]) == ["A", "B", "C", "D"]
    grades = {row["table"]: row["rows_by_grade"] for row in told["tables"]}
    assert set(grades["ei20/WMO305"]) == {"B"}
    assert set(grades["ei20/JW321"]) >= {"D"}


def test_validate_tells_each_file_and_exits_1_when_one_is_not_valid(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(PAIR[1].read_bytes().replace(b"<iwmo:Volume>22500<", b"<iwmo:Volume>x<"))
    assert ikeur("validate", *PAIR).code == PASS
    done = ikeur("validate", PAIR[0], bad, "--json")
    assert done.code == RED
    good, wrong = done.json
    assert (good["release"], good["message"], good["valid"]) == ("2.0", "WMO305", True)
    assert (wrong["release"], wrong["message"], wrong["valid"]) == ("2.1", "WMO305", False)
    address = wrong["findings"][0]["xml"]
    product = "/Bericht/Clienten/Client[1]/StartProducten/StartProduct[1]"
    assert address["path"] == f"{product}/Omvang/Volume"
    line = bad.read_text(encoding="utf-8").splitlines()[address["line"] - 1]
    assert line.strip() == "<iwmo:Volume>x</iwmo:Volume>"


def test_validate_takes_a_folder(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "mail" / "below").mkdir(parents=True)
    (tmp_path / "mail" / "a.ei").write_bytes(PAIR[0].read_bytes())
    (tmp_path / "mail" / "below" / "b.xml").write_bytes(PAIR[1].read_bytes())
    done = ikeur("validate", "mail", "--json")
    assert done.code == PASS
    assert [row["message"] for row in done.json] == ["WMO305", "WMO305"]


def test_a_file_whose_name_is_no_text_is_validated_and_named(ikeur: Ikeur, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.ei")
    (tmp_path / name).write_bytes(PAIR[0].read_bytes())
    done = ikeur("validate", name)
    assert (done.code, done.said) == (PASS, "\\udcff.ei: WMO305 2.0: valid\n")
    told = ikeur("validate", name, "--json")
    assert told.code == PASS
    assert told.json[0]["file"] == name
    assert "\\udcff.ei" in ikeur("compare", PAIR[0], f"not-{name}").told


def test_what_a_terminal_cannot_show_costs_no_answer(
    ikeur_process: Callable[..., Done], tmp_path: Path
) -> None:
    path = tmp_path / "é.ei"
    path.write_bytes(PAIR[0].read_bytes())
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = ikeur_process("validate", path.name, env=env)
    assert (done.code, done.said) == (PASS, "\\xe9.ei: WMO305 2.0: valid\n")
    assert ikeur_process("validate", path.name, "--json", env=env).json[0]["file"] == "é.ei"


def test_compare_tells_where_two_messages_differ(ikeur: Ikeur, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_bytes(PAIR[1].read_bytes().replace(b">Hooft<", b">Hoofd<"))
    done = ikeur("compare", PAIR[1], other, "--json")
    assert done.code == RED
    assert done.json["same"] is False
    (difference,) = done.json["differences"]
    assert (difference["expected"], difference["actual"]) == ("Hooft", "Hoofd")
    assert difference["where"] == "/Bericht/Clienten/Client[1]/Naam/Geslachtsnaam/Naam"
    assert ikeur("compare", PAIR[0], other).code == RED
    assert ikeur("compare", PAIR[0], PAIR[0]).code == PASS
    assert ikeur("compare", GOLDEN / "WMO301.ei", PAIR[0]).code == RED


def test_generate_writes_a_file_each_and_tells_nothing_on_stdout(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    done = ikeur("generate", "--messages", "WMO305,JW321", "--count", 3, "--out", "both")
    assert (done.code, done.out) == (PASS, b"")
    names = sorted(path.name for path in (tmp_path / "both").iterdir())
    assert sorted(Path(name).suffix for name in names) == [".ei"] * 6 + [".xml"] * 3
    assert not [name for name in names if name.startswith("JW321") and name.endswith(".xml")]
    for release, suffix in (("2.0", ".ei"), ("2.1", ".xml")):
        args = ("--messages", "WMO305", "--count", 3, "--release", release, "--out", release)
        assert ikeur("generate", *args).code == PASS
        assert [path.suffix for path in (tmp_path / release).iterdir()] == [suffix] * 3


def test_convert_works_as_a_filter(ikeur_process: Ikeur, tmp_path: Path) -> None:
    there = ikeur_process("convert", stdin=PAIR[0].read_bytes())
    assert (there.code, there.err) == (PASS, b"")
    back = ikeur_process("convert", "-", "-o", "-", stdin=there.out)
    assert (back.code, back.out, back.err) == (PASS, PAIR[0].read_bytes(), b"")
    assert tree(tmp_path) == {}


def test_a_reader_that_goes_away_is_no_error() -> None:
    shell = ["/bin/sh", "-c", f"{shlex.quote(str(PROGRAM))} sources | head -n 1"]
    done = subprocess.run(shell, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (PASS, b"")
    assert done.stdout.count(b"\n") == 1


def test_convert_refuses_on_stderr_with_exit_code_3_and_writes_nothing(
    ikeur_process: Ikeur, tmp_path: Path
) -> None:
    half = PAIR[1].read_bytes()[:600]
    done = ikeur_process("convert", "-", "-o", "out.ei", stdin=half)
    assert (done.code, done.out) == (BROKEN, b"")
    assert done.told.startswith("ikeur: ")
    assert done.told.count("\n") == 1
    assert tree(tmp_path) == {}


def test_convert_can_be_a_system_under_test(ikeur: Ikeur) -> None:
    words = "convert {input} -o {output} --from {from} --to {to}"
    command = f"{shlex.quote(str(PROGRAM))} {words}"
    for message, suite in (("WMO305", "convert"), ("JW321", "refuse")):
        args = ("--messages", message, "--suite", suite, "--count", 1, "--out", message)
        done = ikeur("run", "--command", command, *args)
        assert done.code == PASS, done.said


@pytest.mark.parametrize(
    ("code", "args"),
    [
        (PASS, ("validate", PAIR[0])),
        (RED, ("validate", GOLDEN / "README.md")),
        (USAGE, ("validate", "nothing.ei")),
        (PASS, ("compare", *PAIR)),
        (RED, ("compare", PAIR[0], GOLDEN / "WMO307.ei")),
        (USAGE, ("compare", PAIR[0], GOLDEN / "README.md")),
        (PASS, ("convert", PAIR[0])),
        (USAGE, ("convert", "nothing.ei")),
        (BROKEN, ("convert", GOLDEN / "JW321.ei")),
        (PASS, ("generate", "--count", 1, "--messages", "WMO305", "--out", "out")),
        (RED, ("generate", "--count", 1, "--messages", "WMO305", "--coverage")),
        (USAGE, ("generate", "--count", 1)),
        (PASS, ("case", "WMO305.convert.2.0-2.1.s1.n0", "--out", "out")),
        (USAGE, ("case", "WMO305.convert.2.0-2.2.s1.n0", "--out", "out")),
        (PASS, ("explain", "EI-LENGTH")),
        (USAGE, ("explain", "EI-NOTHING")),
        (PASS, ("messages",)),
        (PASS, ("sources",)),
        (USAGE, ("sources", "--diff", "nothing")),
    ],
    ids=lambda value: (
        " ".join(str(word).rpartition("/")[2] for word in value)
        if isinstance(value, tuple)
        else str(value)
    ),
)
def test_exit_codes(ikeur: Ikeur, code: int, args: tuple[object, ...]) -> None:
    assert ikeur(*args).code == code
