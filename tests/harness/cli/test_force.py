"""--force replaces an earlier report of ikeur, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, RED, USAGE, Done, tree
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
RUN = ("run", "--messages=WMO305", "--suite=convert", "--count=1")
REFUSES = "--command=sh -c 'exit 3'"


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """A mailbox with one message that nobody answered."""
    folder = tmp_path / "mailbox"
    folder.mkdir()
    (folder / "one.ei").write_bytes((GOLDEN / "WMO305.ei").read_bytes())
    return folder


def test_a_run_replaces_the_report_before_it(ikeur: Ikeur, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ikeur(*RUN, REFUSES, "--out=out").code == RED
    assert (out / "cases").is_dir()
    before = tree(out)
    assert ikeur(*RUN, "--reference", "--out=out").code == USAGE
    assert tree(out) == before
    assert ikeur(*RUN, "--reference", "--out=out", "--force").code == PASS
    # No findings, and nothing left of those before.
    assert not (out / "cases").exists()
    assert not (out / "findings.csv").exists()
    assert (out / "report.html").is_file()


def test_without_a_folder_the_default_one_is_replaced(ikeur: Ikeur, tmp_path: Path) -> None:
    for _ in range(2):
        assert ikeur(*RUN, "--reference", "--force").code == PASS
    assert [path.name for path in tmp_path.iterdir()] == ["ikeur-report"]


def test_an_audit_replaces_the_report_before_it(
    ikeur: Ikeur, tmp_path: Path, mailbox: Path
) -> None:
    audit = ("pairs", mailbox, "--out=audit")
    code = ikeur(*audit).code
    assert ikeur(*audit).code == USAGE
    (tmp_path / "audit" / "pairs.csv").write_text("old")
    assert ikeur(*audit, "--force").code == code != USAGE
    assert (tmp_path / "audit" / "pairs.csv").read_text() != "old"


def test_a_bench_replaces_the_report_before_it(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bench.json").write_text("old")
    (tmp_path / "out" / "bench.html").write_text("old")
    bench = ("bench", "--reference", "--messages=WMO305", "--sizes=1", "--count=1", "--rounds=1")
    assert ikeur(*bench, "--out=out").code == USAGE
    ikeur(*bench, "--out=out", "--force")
    assert "old" not in {path.read_text() for path in (tmp_path / "out").iterdir()}


@pytest.mark.parametrize("name", ["mine.txt", ".mine", "Report.html", "bench.json"])
def test_a_folder_with_anything_else_in_it_is_left_alone(
    ikeur: Ikeur, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    assert ikeur(*RUN, "--reference", "--out=out").code == PASS
    (out / name).write_text("mine")
    before = tree(out)
    done = ikeur(*RUN, "--reference", "--out=out", "--force")
    assert done.code == USAGE
    assert "USE-OVERWRITE" in done.told
    assert name in done.told
    assert tree(out) == before


def test_a_folder_without_a_journal_is_left_alone(ikeur: Ikeur, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "cases").mkdir(parents=True)
    (out / "cases" / "mine").write_text("mine")
    done = ikeur(*RUN, "--reference", "--out=out", "--force")
    assert (done.code, (out / "cases" / "mine").read_text()) == (USAGE, "mine")
    assert "events.jsonl" in done.told


def test_what_a_link_leads_to_stays(ikeur: Ikeur, tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    assert ikeur(*RUN, "--reference", "--out=out").code == PASS
    (out / "cases").symlink_to(outside)
    assert ikeur(*RUN, "--reference", "--out=out", "--force").code == PASS
    assert tree(outside) == {"mine": b"mine"}


def test_a_wrong_option_costs_no_report(ikeur: Ikeur, tmp_path: Path) -> None:
    assert ikeur(*RUN, "--reference", "--out=out").code == PASS
    before = tree(tmp_path / "out")
    for words in (
        ("--reference", "--suite=speed"),
        ("--command=./nothing",),
        ("--reference", "--resume"),
    ):
        assert ikeur(*RUN, *words, "--out=out", "--force").code == USAGE
        assert tree(tmp_path / "out") == before
