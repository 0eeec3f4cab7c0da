"""Every sentence is there in Dutch and in English, and says the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import reports
from reports.events.events import FIDELITY, VERDICTS
from reports.run.causes.causes import KINDS
from reports.shared.texts import LANGUAGES, rows, texts
from schemas.errors import UsageError
from tests.paths import ROOT

FOLDER = Path(reports.__file__).parent


def test_every_text_is_in_both_languages() -> None:
    assert [row["key"] for row in rows() if not (row["nl"] and row["en"])] == []


def test_no_key_stands_twice() -> None:
    keys = [row["key"] for row in rows()]
    assert len(keys) == len(set(keys))


def test_both_languages_name_the_same_values() -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [row["key"] for row in rows() if names(row["nl"]) != names(row["en"])] == []


def sources() -> str:
    commands = (ROOT / "harness").rglob("*.py")
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.j2"), *commands]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_every_text_that_a_report_asks_for_is_there() -> None:
    asked = set(
        re.findall(r"(?:\bt(?:\.count)?|texts\(\w+\))\([\"']([a-z0-9_.]*[a-z0-9])[\"']", sources())
    )
    assert asked - {row["key"] for row in rows()} == set()


def test_every_text_is_in_some_report() -> None:
    whole = set(re.findall(r"[\"']([a-z0-9_.]+)[\"']", sources()))
    starts = tuple(re.findall(r"[\"']([a-z0-9_.]+\.)(?:\{|\" ~)", sources()))
    keys = {row["key"].removesuffix(".one") for row in rows()}
    assert {key for key in keys - whole if not key.startswith(starts)} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verdict_kind_and_fidelity_has_its_words(lang: str) -> None:
    t = texts(lang)
    for verdict in VERDICTS:
        assert t(f"verdict.{verdict}")
        assert t(f"verdict.{verdict}.means")
    for name in FIDELITY:
        assert t(f"fidelity.{name}")
        assert t(f"fidelity.{name}.means")
    for kind in KINDS:
        assert t(f"kind.{kind}")


def test_numbers_are_written_as_the_language_does() -> None:
    assert texts("nl").number(1234567) == "1.234.567"
    assert texts("en").number(1234567) == "1,234,567"
    assert texts("nl").seconds(12.34) == "12,3 s"
    assert texts("en").seconds(125.2) == "2 min 5 s"


def test_one_is_singular() -> None:
    assert texts("nl").count("findings", 1) == "1 bevinding"
    assert texts("nl").count("findings", 2) == "2 bevindingen"


def test_a_date_is_written_for_people_and_never_lost() -> None:
    assert texts("nl").date("2017-06-12T14:03:00+02:00") == "12 juni 2017 om 14:03 uur (UTC+02:00)"
    assert texts("en").date("2017-06-12T14:03:00") == "12 June 2017, 14:03"
    assert texts("en").date("yesterday") == "yesterday"


def test_an_unknown_language_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="fr"):
        texts("fr")
