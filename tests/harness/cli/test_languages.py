"""Dutch or English: texts change with `--lang`, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import RED, Done, results
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
ARGS = ("--messages", "WMO305", "--suite", "convert", "--count", 1)
REPORTS = ("report.html", "summary.md", "junit.xml")


def run(ikeur: Ikeur, lang: str) -> Done:
    args = (*ARGS, "--python", "software:wrong_date", "--out", lang, "--lang", lang)
    return ikeur("run", *args)


def words(text: str) -> set[str]:
    return set(text.lower().replace(".", " ").replace(":", " ").split())


def test_a_run_speaks_the_language_that_is_asked_for(ikeur: Ikeur, tmp_path: Path) -> None:
    english, dutch = run(ikeur, "en"), run(ikeur, "nl")
    assert english.code == dutch.code == RED
    for one, other in ((english.said, dutch.said), (english.told, dutch.told)):
        assert words(one) & {"the", "of", "with", "and", "per"}
        assert words(other) & {"de", "het", "van", "met", "en"}
        assert not words(other) & {"the", "of", "with", "and"}
    for name in REPORTS:
        there = [(tmp_path / lang / name).read_text(encoding="utf-8") for lang in ("en", "nl")]
        assert "het" not in words(there[0])
        assert words(there[1]) & {"de", "het", "van", "een"}, name
    assert '<html lang="nl"' in (tmp_path / "nl" / "report.html").read_text(encoding="utf-8")


def test_the_language_changes_no_verdict_and_no_finding(ikeur: Ikeur, tmp_path: Path) -> None:
    run(ikeur, "en")
    run(ikeur, "nl")
    told = [results(tmp_path / lang)["cases"] for lang in ("en", "nl")]
    assert any(case["findings"] for case in told[0])
    for one, other in zip(*told, strict=True):
        assert one["requirement"] != other["requirement"]
        for name in ("id", "verdict", "findings", "fidelity"):
            assert one[name] == other[name]


@pytest.mark.parametrize(("lang", "said"), [("en", " the "), ("nl", " de ")])
def test_validate_speaks_it_too(ikeur: Ikeur, tmp_path: Path, lang: str, said: str) -> None:
    broken = tmp_path / "broken.ei"
    broken.write_bytes((GOLDEN / "WMO305.ei").read_bytes()[:-200])
    done = ikeur("validate", broken, "--lang", lang)
    assert done.code == RED
    assert said in done.said.lower()


def test_an_unknown_language_is_wrong_use(ikeur: Ikeur, tmp_path: Path) -> None:
    done = ikeur("run", *ARGS, "--lang", "de", "--out", "out")
    assert done.code == 2
    assert list(tmp_path.iterdir()) == []
