"""`ikeur bench` shows software that is slow, leaks, stutters or errs under load for what it is."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html as lxml_html

import reports
from tests.harness.cli.door import BROKEN, PASS, PROGRAM, RED, USAGE, Done
from tests.paths import ROOT, SUTS
from tests.timing import not_hanging

Ikeur = Callable[..., Done]
SCHEMA = json.loads(Path(reports.__file__).with_name("bench.schema.json").read_text("utf-8"))
PYTHON = shlex.quote(sys.executable)
ONE = ("--messages", "WMO305", "--sizes", "1", "--count", "8")
SHORT = (*ONE, "--rounds", "1")


@pytest.fixture(autouse=True)
def _with_the_software(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    monkeypatch.setenv("COUNTED", str(tmp_path / "counted"))


def told(folder: Path) -> Any:
    """What a bench told, which its schema describes."""
    found = json.loads((folder / "bench.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, SCHEMA)
    return found


def codes(found: Any) -> set[str]:
    return {item["code"] for item in found["findings"]}


@pytest.fixture(scope="module")
def faithful(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """A bench of the converter that comes with ikeur, in two sizes."""
    folder = tmp_path_factory.mktemp("faithful")
    words = [
        str(PROGRAM),
        "bench",
        "--reference",
        "--messages",
        "WMO305,JW303,JW321",
        "--sizes",
        "20,1",
    ]
    words += ["--count", "4", "--json", "--out", "out"]
    done = subprocess.run(words, capture_output=True, cwd=folder, timeout=120)
    return Done(done.returncode, done.stdout, done.stderr), folder / "out"


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bench of the converter that comes with ikeur, as the tests below ask it."""
    folder = tmp_path_factory.mktemp("baseline")
    words = [str(PROGRAM), "bench", "--reference", *ONE, "--out", "out"]
    subprocess.run(words, capture_output=True, cwd=folder, timeout=120, check=True)
    return folder / "out" / "bench.json"


def test_without_software_the_own_converter_is_measured_and_all_is_right(
    faithful: tuple[Done, Path],
) -> None:
    done, folder = faithful
    assert done.code == PASS, done.told
    found = told(folder)
    assert found["outcome"] == "good"
    assert codes(found) <= {"BENCH-STUTTER"}
    assert {name for name, number in found["answers"].items() if number} == {"right"}
    # Each message by itself and together with others: in three rounds, and the small ones before.
    asked = 2 * 2 * 2 * 4
    assert found["answers"]["right"] == 3 * 2 * asked + asked
    cells = {(row["message"], row["direction"], row["size"]) for row in found["rows"]}
    routes = ("2.0-2.1", "2.1-2.0")
    assert cells == {(m, d, s) for m in ("WMO305", "JW303") for d in routes for s in (1, 20)}
    for row in found["rows"] + found["sizes"]:
        latency = row["sut"]["latency_ms"]
        assert 0 < latency["p50"] <= latency["p95"] <= latency["p99"] <= latency["max"]
        assert len(row["ratio"]["speed"]) == len(row["ratio"]["p95"]) == row["rounds"] == 3
        assert row["clients"] == row["size"]
    assert all(usage["peak_memory"] > 10 * 2**20 for usage in found["usage"].values())
    for item in found["histograms"]:
        assert len(item["edges_ms"]) == len(item["sut"]) + 1
        assert sum(item["sut"]) == sum(item["reference"]) == 3 * 2 * 2 * 4


def test_json_is_the_bench_in_short(faithful: tuple[Done, Path]) -> None:
    done, folder = faithful
    found = told(folder)
    assert done.json["results"] == "out/bench.json"
    assert done.json["exit_code"] == PASS
    for name in ("outcome", "sizes", "usage", "answers"):
        assert done.json[name] == found[name]


def test_the_page_says_what_the_json_says_and_loads_nothing(faithful: tuple[Done, Path]) -> None:
    _, folder = faithful
    found = told(folder)
    text = (folder / "bench.html").read_text(encoding="utf-8")
    page = lxml_html.document_fromstring(text)
    assert page.xpath("//script | //link | //img | //@src") == []
    assert "url(" not in text
    for row in found["sizes"]:
        (shown,) = page.xpath(f"//tr[@id='size-{row['size']}']")
        cells = [cell.text_content() for cell in shown.iter("td")]
        assert cells[-1] == f"{row['answers']['right']} of {sum(row['answers'].values())}"
        # The figures are rounded, never to less than three digits.
        rate = float(re.split(r" \(", cells[0])[0].replace(",", ""))
        assert rate == pytest.approx(row["sut"]["messages_per_s"]["median"], rel=0.01)
        longest = float(cells[5].replace(",", ""))
        assert longest == pytest.approx(row["sut"]["latency_ms"]["max"], rel=0.06, abs=0.001)
    assert len(page.xpath("//section[@id='types']//tbody/tr")) == len(found["rows"])
    # A plot of the throughput and one of the latency for each size, and one of the memory.
    assert len(page.xpath("//*[name()='svg']")) == 5
    shown = {code.text for code in page.xpath("//section[@id='findings']//summary//code")}
    assert shown == codes(found)


def test_slow_software_is_as_much_slower_as_it_is(ikeur: Ikeur) -> None:
    done = ikeur("bench", "--python", "tests.suts.under_load:slow", *ONE, "--out", "out")
    assert done.code == PASS, done.said
    found = told(Path("out"))
    (size,) = found["sizes"]
    # It sleeps for 20 milliseconds, of which the reference needs less than one.
    assert size["sut"]["latency_ms"]["p50"] >= 20
    assert sorted(size["ratio"]["speed"])[1] < 0.2
    assert max(size["ratio"]["p95"]) > 1.5
    assert size["sut"]["messages_per_s"]["high"] < 50
    assert codes(found) <= {"BENCH-STUTTER"}


def test_software_that_leaks_is_told_so_and_does_not_fail(ikeur: Ikeur) -> None:
    done = ikeur("bench", "--python", "tests.suts.under_load:leaks", *ONE, "--out", "out")
    assert done.code == PASS
    found = told(Path("out"))
    (leak,) = [item for item in found["findings"] if item["code"] == "BENCH-LEAK"]
    assert not leak["blocking"]
    # It holds 200 kB for each of the 32 messages of a round.
    grown = found["usage"]["sut"]["growth_per_round"]
    assert 4_000_000 < grown < 12_000_000
    assert found["usage"]["reference"]["growth_per_round"] < 1_000_000
    assert "BENCH-LEAK" in done.said


def test_software_that_stutters_is_told_so_and_does_not_fail(ikeur: Ikeur) -> None:
    done = ikeur("bench", "--python", "tests.suts.under_load:stutters", *ONE, "--out", "out")
    assert done.code == PASS
    found = told(Path("out"))
    (stutter,) = [item for item in found["findings"] if item["code"] == "BENCH-STUTTER"]
    assert (stutter["size"], stutter["blocking"]) == (1, False)
    # Every 11th of 128 messages, of which three in four count and half are asked alone.
    assert stutter["count"] >= 5
    assert found["sizes"][0]["sut"]["latency_ms"]["max"] >= 250
    assert "BENCH-LEAK" not in codes(found)


def test_software_that_errs_now_and_then_is_told_apart_from_what_is_wrong(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    one = ikeur(
        "bench", "--python", "tests.suts.under_load:wrong_now_and_then", *ONE, "--out", "rarely"
    )
    other = ikeur("bench", "--python", "tests.suts.under_load:wrong", *SHORT, "--out", "always")
    assert (one.code, other.code) == (RED, RED)
    rarely, always = told(tmp_path / "rarely"), told(tmp_path / "always")
    assert codes(rarely) - {"BENCH-STUTTER"} == {"BENCH-WRONG", "FIELD-CHANGED"}
    assert codes(always) - {"BENCH-STUTTER"} == {"FIELD-CHANGED"}
    # Of 64 messages to 2.1, which come in turns of 16, those wrong have a number that 7 divides.
    to_21 = [number for start in range(1, 129, 32) for number in range(start, start + 16)]
    others = [number for start in range(17, 129, 32) for number in range(start, start + 16)]
    expected = {sum(n > 30 and n % 7 == 0 for n in some) for some in (to_21, others)}
    assert rarely["answers"]["wrong"] in expected
    assert always["answers"]["wrong"] == 2 * 8 * 2
    changed = next(item for item in rarely["findings"] if item["code"] == "FIELD-CHANGED")
    assert changed["actual"] == "2001-01-01"
    assert "Dagtekening" in changed["where"]
    assert changed["layout"] == f"ikeur layout {changed['message']} --record 01"
    kept = {role: (tmp_path / "rarely" / path) for role, path in changed["files"].items()}
    assert b"2001-01-01" in kept["actual"].read_bytes()
    assert kept["expected"].read_bytes() != kept["actual"].read_bytes()
    words = shlex.split(changed["reproduce"])
    assert words[:4] == ["ikeur", "bench", "--python", "tests.suts.under_load:wrong_now_and_then"]
    again = ikeur(*words[1:], "--out", "again")
    assert again.code == RED
    assert told(tmp_path / "again")["answers"] == rarely["answers"]


def test_software_that_mixes_up_what_is_under_way_is_right_by_itself(ikeur: Ikeur) -> None:
    program = f"{PYTHON} {shlex.quote(str(SUTS / 'programs/mixes_up.py'))}"
    done = ikeur("bench", "--stream", program, *SHORT, "--out", "out")
    assert done.code == RED
    found = told(Path("out"))
    mixed = [item for item in found["findings"] if item["code"] == "BENCH-WRONG"]
    assert {item["direction"] for item in mixed} == {"2.0-2.1", "2.1-2.0"}
    for item in mixed:
        expected = f"wrong {item['count']} of them, {item['count']} with others under way"
        assert item["actual"] == expected


def test_software_that_dies_and_is_right_again_is_told_so_and_fails(ikeur: Ikeur) -> None:
    done = ikeur("bench", "--python", "tests.suts.under_load:dies_once", *SHORT, "--out", "out")
    assert done.code == RED
    found = told(Path("out"))
    (crash,) = [item for item in found["findings"] if item["code"] == "SUT-CRASH"]
    assert (crash["count"], crash["blocking"]) == (1, True)
    (died,) = [item for item in found["findings"] if item["code"] == "BENCH-DIED"]
    assert (died["count"], died["blocking"]) == (1, False)


def test_software_that_only_crashes_is_given_up_and_what_was_found_is_kept(ikeur: Ikeur) -> None:
    program = "/bin/sh -c 'exit 1'"
    with not_hanging():
        done = ikeur("bench", "--stream", program, "--out", "out")
    assert done.code == BROKEN
    found = told(Path("out"))
    assert (found["outcome"], found["end"]["completed"]) == ("broken", False)
    assert "SUT-CRASH" in found["end"]["reason"]
    assert "SUT-CRASH" in codes(found)
    assert found["answers"]["failed"] >= 50
    assert found["rows"] == []
    assert Path("out/bench.html").exists()


def test_a_command_is_measured_process_by_process(ikeur: Ikeur) -> None:
    command = f"{PYTHON} -m tests.suts.programs.faithful_stdin {{from}} {{to}}"
    some = ("--messages", "WMO305", "--sizes", "1", "--count", "2", "--rounds", "1")
    done = ikeur("bench", "--command", command, *some, "--out", "out")
    assert done.code == PASS, done.told
    found = told(Path("out"))
    usage = found["usage"]["sut"]
    assert usage["peak_memory"] > 5 * 2**20
    # It starts Python for each message, which the reference does once.
    assert usage["cpu_ms_per_message"] > 20
    # Each message by itself and together with others, in one round and the one before.
    assert found["answers"]["right"] == 2 * 2 * 2 * 2


def test_what_is_worse_than_the_baseline_fails_and_what_is_not_passes(
    ikeur: Ikeur, baseline: Path
) -> None:
    compare = ("--compare", baseline, "--threshold")
    good = ikeur("bench", "--reference", *ONE, *compare, "900", "--out", "good")
    assert good.code == PASS, good.said
    found = told(Path("good"))
    assert (found["comparison"]["rows"], found["comparison"]["threshold_percent"]) == (2, 900)
    assert not any(item["is_worse"] for item in found["comparison"]["compared"])
    slow = ikeur(
        "bench", "--python", "tests.suts.under_load:slow", *SHORT, *compare, "100", "--out", "slow"
    )
    assert slow.code == RED
    found = told(Path("slow"))
    assert "BENCH-SLOWER" in codes(found)
    compared = found["comparison"]["compared"]
    assert {item["group"] for item in compared} == {"all", "size", "message"}
    (whole,) = [i for i in compared if (i["group"], i["measure"]) == ("all", "speed")]
    assert whole["is_worse"]
    assert whole["worse_percent"] > 100
    page = lxml_html.parse("slow/bench.html")
    worse = [row.text_content() for row in page.xpath("//section[@id='compared']//tr[@class]")]
    assert len(worse) == sum(item["is_worse"] for item in compared)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "[" * 100_000,
        "{}",
        '{"format_version": 2, "bench": {"version": "1"}, "rows": []}',
        '{"format_version": true, "bench": {"version": "1"}, "rows": []}',
        '{"format_version": 1, "rows": []}',
        '{"format_version": 1, "bench": {"version": "1"}, "rows": 3}',
        '{"format_version": 1, "bench": {"version": "1"}, "rows": [3]}',
        '{"format_version": 1, "bench": {"version": "1"}, "rows": []}',
        *(
            '{"format_version": 1, "bench": {"version": "1"}, "rows": [{"message": "WMO305", '
            '"direction": "2.0-2.1", "size": 1, "ratio": '
            f'{{"speed": {speed}, "p95": [1.0], "anchor": 2.0}}}}]}}'
            for speed in ("[]", "[0]", "[-1]", "[NaN]", '["1"]', "1", "[1, 2]", "[1e999]", "null")
        ),
    ],
)
def test_a_baseline_that_is_damaged_or_of_another_version_is_wrong_use(
    ikeur: Ikeur, tmp_path: Path, text: str
) -> None:
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
    done = ikeur("bench", "--reference", *SHORT, "--compare", "baseline.json")
    assert done.code == USAGE
    assert "USE-BASELINE" in done.told
    assert len(done.told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "baseline.json"]


def test_a_baseline_that_measured_something_else_or_is_not_there_is_wrong_use(
    ikeur: Ikeur, baseline: Path
) -> None:
    for args in (
        ("--messages", "WMO307", "--compare", baseline),
        ("--messages", "WMO305", "--sizes", "2", "--compare", baseline),
        ("--compare", "nowhere.json"),
        ("--compare", "."),
    ):
        done = ikeur("bench", "--reference", *args)
        assert done.code == USAGE, args
        assert "USE-BASELINE" in done.told


@pytest.mark.parametrize(
    "args",
    [
        ("--sizes", ""),
        ("--sizes", "0"),
        ("--sizes", "1,x"),
        ("--sizes", "1,-5"),
        ("--sizes", "²"),
        ("--sizes", "100000000"),
        ("--count", "0"),
        ("--rounds", "0"),
        ("--threshold", "-1"),
        ("--threshold", "nan"),
        ("--messages", "JW321"),
        ("--messages", "WMO999"),
        ("--stream", "no-such-program"),
    ],
)
def test_wrong_use_takes_one_line_and_writes_nothing(
    ikeur: Ikeur, tmp_path: Path, args: tuple[str, ...]
) -> None:
    own = () if "--stream" in args else ("--reference",)
    done = ikeur("bench", *own, *args)
    assert done.code == USAGE
    assert len(done.told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_declared_deviation_does_not_fail_as_long_as_it_is_valid(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    text = (
        '[sut.convert]\npython = "tests.suts.under_load:wrong"\n'
        '[[deviation]]\ncodes = ["FIELD-CHANGED"]\n'
        'fields = ["01 DAGTEKENING HEENBERICHT"]\nreason = "mended in 4.3"\nexpires = '
    )
    (tmp_path / "ikeur.toml").write_text(f"{text}2999-12-31\n")
    done = ikeur("bench", *SHORT, "--out", "valid")
    assert done.code == PASS, done.said
    found = told(tmp_path / "valid")
    assert {name: n for name, n in found["answers"].items() if n} == {"right": 32, "declared": 32}
    (changed,) = [item for item in found["findings"] if item["code"] == "FIELD-CHANGED"]
    assert (changed["deviation"], changed["blocking"], changed["count"]) == (1, False, 32)
    (tmp_path / "ikeur.toml").write_text(f"{text}2017-06-12\n")
    assert ikeur("bench", *SHORT, "--out", "expired").code == RED
    assert told(tmp_path / "expired")["answers"]["wrong"] == 32


def test_only_what_is_claimed_is_measured(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "ikeur.toml").write_text(
        '[sut]\nname = "Ander"\nmessages = ["wmo307"]\n'
        '[sut.convert]\npython = "software:faithful"\n'
    )
    few = ("--sizes", "1", "--count", "1", "--rounds", "1", "--lang", "nl")
    done = ikeur("bench", "--messages", "WMO305,WMO307", *few)
    assert done.code == PASS
    first = done.said.splitlines()[0]
    assert first.startswith("Goed: ")
    assert "Getoetst: Ander, 1 van de 22 berichttypen, convert;" in first
    assert "WMO305" in first
    found = told(tmp_path / "ikeur-bench")
    assert (found["bench"]["sut"], found["bench"]["messages"]) == ("Ander", ["WMO307"])
    assert found["bench"]["unclaimed"] == ["WMO305"]


def test_an_interrupted_bench_keeps_what_was_measured(tmp_path: Path) -> None:
    counted, out = tmp_path / "counted", tmp_path / "out"
    words = [str(PROGRAM), "bench", "--python", "tests.suts.under_load:counts", *ONE]
    words += ["--rounds", "500", "--out", str(out)]
    bench = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    # After the warm-up, and a first round.
    end = time.monotonic() + 60
    while (not counted.exists() or counted.stat().st_size < 3 * 32) and time.monotonic() < end:
        time.sleep(0.05)
    bench.send_signal(signal.SIGINT)
    said, err = bench.communicate(timeout=30)
    assert bench.returncode == BROKEN, err
    assert b"Traceback" not in err
    assert b"interrupted" in said
    found = told(out)
    assert (found["end"]["completed"], found["end"]["reason"]) == (False, "interrupted")
    assert len(found["rows"]) == 2
    assert found["rows"][0]["rounds"] >= 1
