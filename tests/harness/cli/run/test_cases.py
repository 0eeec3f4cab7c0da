"""`ikeur cases` lists what a run asks; `ikeur run --case` asks some of it with the same result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, Done, results

Ikeur = Callable[..., Done]
WRONG = ("--python", "software:wrong_date")
SCOPE = ("--messages", "WMO305", "--suite", "convert,refuse,retour", "--count", 2)
CASE = "WMO305.convert.2.0-2.1.s1.n1"


def told(case: dict[str, Any]) -> tuple[object, ...]:
    """What a run says of a case, but for the files that it kept and what it looked at closer."""
    findings = [
        {name: value for name, value in item.items() if name not in ("smallest", "again")}
        for item in case["findings"]
    ]
    return case["verdict"], case["requirement"], findings


def test_the_cases_are_those_of_a_run_in_its_order(ikeur: Ikeur, tmp_path: Path) -> None:
    assert ikeur("run", *SCOPE, *WRONG, "--quick", "--out", "run").code == RED
    cases = results(tmp_path / "run")["cases"]
    asked = [case["id"] for case in cases if case["verdict"] != "skip"]
    assert len(asked) < len(cases)
    done = ikeur("cases", *SCOPE, *WRONG, "--quick")
    assert (done.code, done.told, done.said.splitlines()) == (PASS, "", asked)
    # Without software nothing is left out, and without --quick there is the sweep.
    all_of_them = ikeur("cases", *SCOPE).said.splitlines()
    assert {case["id"] for case in cases} < set(all_of_them)
    assert any(".refuse.unknown-code-at-" in name for name in all_of_them)
    shown = ikeur("cases", *SCOPE, *WRONG, "--quick", "--json", "--lang", "nl").json
    assert [item["id"] for item in shown] == asked
    assert all(item["requirement"] for item in shown)


def test_a_run_of_some_cases_says_of_each_what_the_whole_run_says(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    ikeur("run", *SCOPE, *WRONG, "--out", "whole")
    whole = {case["id"]: case for case in results(tmp_path / "whole")["cases"]}
    red = [name for name, case in whole.items() if case["verdict"] == "fail"]
    swept = next(name for name in whole if ".refuse.unknown-code-at-" in name)
    chosen = [*red, swept, CASE]
    options = [word for name in chosen for word in ("--case", name)]
    done = ikeur("run", *options, *WRONG, "--out", "some")
    assert done.code == RED
    assert "chosen by `--case`" in done.told
    some = {case["id"]: case for case in results(tmp_path / "some")["cases"]}
    assert some.keys() == set(chosen)
    for name, case in some.items():
        assert told(case) == told(whole[name]), name


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--case", CASE, "--count", 2), "--case and --count at once"),
        (("--case", CASE, "--messages", "WMO305"), "--case and --messages at once"),
        (("--case", CASE, "--case", CASE.replace("s1", "s2")), "seeds 1 and 2 at once"),
        (("--case", "WMO305.convert"), "no case 'WMO305.convert'"),
    ],
)
def test_what_contradicts_the_ids_is_refused(
    ikeur: Ikeur, tmp_path: Path, options: tuple[object, ...], said: str
) -> None:
    done = ikeur("run", "--reference", *options, "--out", "run")
    assert (done.code, done.said) == (USAGE, "")
    assert done.told.startswith("ikeur: USE-CASE: ")
    assert said in done.told
    assert not (tmp_path / "run").exists()
