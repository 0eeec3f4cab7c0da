"""Return codes are told with their official texts: by `explain`, and by `validate --rules`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import RED, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
# Typed by hand from the list of 2.0, WJ001.
UNIQUE = "Referentienummer dit prestatierecord moet uniek zijn binnen het bestand."
USED = (
    "Referentienummer dit prestatierecord / verblijfrecord ontbreekt of is niet uniek "
    "(reeds aangeleverd)."
)


def test_a_return_code_is_explained_in_both_languages_by_its_dutch_text(ikeur: Ikeur) -> None:
    english = ikeur("explain", "8207").said.splitlines()
    dutch = ikeur("explain", "8207", "--lang", "nl").said.splitlines()
    assert english[:4] == [
        "8207",
        UNIQUE,
        "The official text, from the list of 2.0 (WJ001): it is in Dutch alone.",
        "in the list of 2.0, 2.1; evidence A",
    ]
    assert dutch[:4] == [
        "8207",
        UNIQUE,
        "De officiële tekst, uit de lijst van 2.0 (WJ001).",
        "in de lijst van 2.0, 2.1; bewijs A",
    ]
    assert english[4] == "Rules that give it:"
    assert english[5].startswith("  TR314 (2.0, 2.1): The reference of a line was used before")
    assert dutch[5].startswith("  TR314 (2.0, 2.1): De referentie van een prestatie is eerder")


def test_a_code_of_one_release_says_which(ikeur: Ikeur) -> None:
    told = ikeur("explain", "8021").said
    assert USED in told
    assert "in the list of 2.0; evidence A" in told
    assert "  TR314 (2.0): " in told


def test_a_code_without_an_official_text_says_so(ikeur: Ikeur) -> None:
    told = ikeur("explain", "s058").said.splitlines()
    assert told[:4] == [
        "S058",
        "No official text was found.",
        "In our words: constraint CS058.",
        "in the list of 2.1; evidence A",
    ]
    assert ikeur("explain", "8017").said.splitlines()[:3] == [
        "8017",
        "No official text was found.",
        "in the list of 2.1; evidence A",
    ]


def test_a_code_that_no_rule_gives_says_so(ikeur: Ikeur) -> None:
    assert "No rule that ikeur judges gives it." in ikeur("explain", "8001").said


def test_a_return_code_is_explained_as_json(ikeur: Ikeur) -> None:
    assert ikeur("explain", "8207", "--json").json == {
        "return_code": "8207",
        "text": UNIQUE,
        "text_language": "nl",
        "about": "",
        "releases": ["2.0", "2.1"],
        "evidence": "A",
        "rules": {"TR314": ["2.0", "2.1"]},
    }


def test_a_rule_is_explained_with_the_texts_of_its_codes(ikeur: Ikeur) -> None:
    told = ikeur("explain", "TR314").said
    assert "2.0: return code 8207 | 8021; evidence C" in told
    assert f"  8207: {UNIQUE}\n  8021: {USED}\n" in told


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A declaration of which the fourth line has the reference of the third."""
    path = tmp_path / "twice.ei"
    data = (GOLDEN / "WMO303.ei").read_bytes()
    path.write_bytes(data.replace(b"2017-04-0004", b"2017-04-0003"))
    return path


def test_a_broken_rule_is_told_with_the_text_of_its_code(ikeur: Ikeur, twice: Path) -> None:
    done = ikeur("validate", "--rules", "--block-on", "ABCD", twice)
    assert done.code == RED
    assert f"(return code 8207)\n    8207: {UNIQUE}\n" in done.said
    (told,) = ikeur("validate", "--rules", "--json", twice).json
    assert [item["retour_texts"] for item in told["findings"]] == [{"8207": UNIQUE}]
