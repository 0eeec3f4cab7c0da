"""`ikeur explain` knows every name of ours that is printed: codes, kinds of messages and rules."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable, Iterator

import pytest

from tests.harness.cli.door import PASS, USAGE, Done
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
CODES = ("schemas/tables/findings.csv", "schemas/errors.csv")
KINDS = {
    "harness/suites/refuse/refusals.csv": "kind",
    "harness/suites/retour/retours.csv": "kind",
    "harness/suites/retour/twins.csv": "kind",
    "harness/suites/migration/gates.csv": "kind",
    "harness/suites/state/states.csv": "kind",
    "harness/suites/rehearsal/steps.csv": "step",
    "harness/defects/facets.csv": "facet",
    "generators/defects/oddities.csv": "oddity",
    "generators/defects/alike.csv": "kind",
}
# What takes a code first, and tells it to people.
TELLERS = {"UsageError", "TableError", "RunBroken", "Refused", "IkeurError", "Fault", "Difference"}
CODE = re.compile(r"[A-Z]+(?:-[A-Z0-9]+)+")
Ikeur = Callable[..., Done]


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known() -> set[str]:
    return {row["code"] for name in CODES for row in rows(name)}


def modules() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def texts() -> Iterator[str]:
    """The texts in the program, and the cells of its tables but those that explain."""
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.csv"):
            if path.relative_to(ROOT).as_posix() not in CODES:
                yield path.read_text(encoding="utf-8")


def first_arguments() -> Iterator[str]:
    """The codes that are written where an error or a finding is made."""
    for module in modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in TELLERS and isinstance(first, ast.Constant) and first.value:
                yield str(first.value)


def test_every_code_that_is_printed_is_in_a_table() -> None:
    told = set(first_arguments())
    assert len(told) > 100
    assert told - known() == set()


def test_every_text_that_looks_like_a_code_is_in_a_table() -> None:
    starts = {code.partition("-")[0] for code in known()}
    told = {code for text in texts() for code in CODE.findall(text)}
    assert {code for code in told if code.partition("-")[0] in starts} - known() == set()


def test_every_code_of_the_tables_is_printed_somewhere() -> None:
    told = {word for text in texts() for word in re.findall(r"[A-Z][A-Z0-9-]+", text)}
    assert known() - told == set()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_code_is_explained_with_what_to_do(ikeur: Ikeur, lang: str) -> None:
    for name in CODES:
        for row in rows(name):
            lines = ikeur("explain", row["code"].lower(), "--lang", lang).said.splitlines()
            assert lines == [row["code"], row[f"meaning_{lang}"], row[f"advice_{lang}"]]
            assert all(lines)


@pytest.mark.parametrize("table", KINDS)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_kind_is_explained(ikeur: Ikeur, table: str, lang: str) -> None:
    for row in rows(table):
        kind, what = row[KINDS[table]], row[f"what_{lang}"]
        told = ikeur("explain", kind.upper(), "--lang", lang).said
        assert told.startswith(f"{kind}\n")
        assert what in told


def test_every_defect_is_explained_by_its_rule(ikeur: Ikeur) -> None:
    meanings = {row["rule"]: row["meaning_nl"] for row in rows("schemas/rules/rules.csv")}
    for row in rows("generators/defects/defects.csv"):
        told = ikeur("explain", row["defect"], "--lang", "nl").said
        assert row["rule"] in told
        assert meanings[row["rule"]] in told


def test_a_kind_is_explained_in_both_releases_with_its_code_and_what_to_do(ikeur: Ikeur) -> None:
    told = ikeur("explain", "unknown-code").said
    assert "2.0: A code that is in no list. (EI-CODE: A code is not in the code list of" in told
    assert "2.1: A code that is in no list. (XML-VALUE: " in told
    assert "with a reason and write nothing" in told
    (first, *_) = ikeur("explain", "unknown-code", "--json").json["entries"]
    assert (first["group"], first["releases"], first["code"]) == ("refuse", ["2.0"], "EI-CODE")


def test_a_kind_with_its_place_as_in_an_id_is_explained_as_the_kind(ikeur: Ikeur) -> None:
    told = ikeur("explain", "value-missing-at-02-bsn").said
    assert told == ikeur("explain", "value-missing").said


def test_without_a_name_all_are_listed_by_group(ikeur: Ikeur) -> None:
    done = ikeur("explain", "--lang", "nl")
    assert done.code == PASS
    names = {line.split()[0] for line in done.said.splitlines() if line.startswith("  ")}
    kinds = {row[column] for table, column in KINDS.items() for row in rows(table)}
    rules = {row["rule"] for row in rows("schemas/rules/rules.csv")}
    switched = {row["rule"] for row in rows("schemas/tables/switch_rules.csv")}
    defects = {row["defect"] for row in rows("generators/defects/defects.csv")}
    returned = {row["code"] for row in rows("schemas/tables/codelists/RetourCode.csv")}
    assert names == known() | kinds | rules | switched | defects | returned
    groups = [line for line in done.said.splitlines() if line and not line.startswith("  ")]
    assert "Bevindingen" in groups
    assert "Bedrijfsregels" in groups
    listed = ikeur("explain", "--json").json
    assert {item["name"] for item in listed} == names
    assert all(item["meaning"] for item in listed)


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("value-misin", "value-missing"),
        ("EI-CODES", "EI-CODE"),
        ("TR-018", "TR018"),
        ("USE-FIEL", "USE-FILE"),
        ("switch-hen", "SWITCH-HEEN"),
        ("telephone", "neither-house-nor-telephone"),
    ],
)
def test_an_unknown_name_is_answered_with_those_like_it(
    ikeur: Ikeur, name: str, alike: str
) -> None:
    done = ikeur("explain", name)
    assert (done.code, done.said) == (USAGE, "")
    assert name in done.told
    assert alike in done.told
    assert "Traceback" not in done.told


@pytest.mark.parametrize("name", ["", " ", "8888888", "\u00e9\u00e9n", "-" * 4])
def test_a_name_like_no_other_is_wrong_use(ikeur: Ikeur, name: str) -> None:
    done = ikeur("explain", "--", name)
    assert (done.code, done.said) == (USAGE, "")
    assert "`ikeur explain` lists all" in done.told
