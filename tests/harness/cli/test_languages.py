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


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (
            ("run", "--reference", "--suite", "rulez"),
            "ikeur: USE-SUITE: onbekende suite 'rulez'; bedoelde u rules? kies uit schema, "
            "convert, roundtrip, refuse, retour, rules, migration, state, size, throughput",
        ),
        (
            ("run", "--reference", "--count", "0"),
            "ikeur: USE-OPTION: ongeldige waarde voor '--count': 0 ligt niet in het bereik "
            "1<=x<=100000000; zie `ikeur run --help`",
        ),
        (
            ("validate", "weg.ei"),
            "ikeur: USE-FILE: geen bestand of map met deze naam (weg.ei); controleer de naam",
        ),
        (
            ("smoke", "--stream", "kapot 'hier"),
            "ikeur: USE-COMMAND: --stream: een aanhalingsteken wordt niet gesloten (kapot 'hier); "
            "sluit het aanhalingsteken",
        ),
        (
            ("run", "--config", "fout.toml"),
            "ikeur: USE-CONFIG: onbekende sleutel 'naam' in [sut] (fout.toml); "
            "mogelijk zijn name, version, messages, convert, respond, gate",
        ),
    ],
)
def test_an_error_is_told_in_the_language_that_is_asked_for(
    ikeur: Ikeur, tmp_path: Path, args: tuple[str, ...], line: str
) -> None:
    (tmp_path / "fout.toml").write_text('[sut]\nnaam = "x"\n', encoding="utf-8")
    assert ikeur(*args, "--lang", "nl").told == f"{line}\n"
    assert ikeur(*args, "--lang=nl").told == f"{line}\n"
    assert ikeur(*args).told != f"{line}\n"


def test_an_error_for_programs_is_english_in_any_language(ikeur: Ikeur) -> None:
    done = ikeur("run", "--reference", "--suite", "x", "--json", "--lang", "nl")
    assert done.json["error"]["what"] == "unknown suite 'x'"


def test_validate_tells_all_of_a_message_in_dutch(ikeur: Ikeur, tmp_path: Path) -> None:
    (tmp_path / "los.ei").write_bytes(b"01418\n")
    done = ikeur("validate", "los.ei", "--rules", "--lang", "nl")
    assert done.said.splitlines()[:2] == [
        "los.ei: WMO305 2.0: NIET GELDIG",
        "  regels niet beoordeeld: het bericht is niet geldig volgens zijn layout of schema",
    ]
    assert "  EI-LINE-END in record 1 (bewijs C, adviserend)" in done.said.splitlines()
    assert "    verwacht '0200', gekregen ''" in done.said.splitlines()
    assert "  EI-RELEASE in record 1 (01), posities 6-9 (bewijs A)" in done.said.splitlines()
    assert done.told == "1 bericht, 1 niet geldig\n"


def test_smoke_tells_its_checks_in_dutch(ikeur: Ikeur) -> None:
    done = ikeur("smoke", "--command", "sh -c 'echo kapot >&2; exit 4'", "--lang", "nl")
    assert done.said.splitlines()[:2] == [
        "FOUT  een bericht van 2.0 naar 2.1",
        "      gestopt met exitcode 4; kapot",
    ]


@pytest.mark.parametrize(
    "args",
    [
        ("explain",),
        ("explain", "D009"),
        ("explain", "TR316"),
        ("explain", "SWITCH-HEEN"),
        ("sources",),
        ("sources", "--rules"),
        ("layout", "WMO305"),
        ("validate", "los.ei"),
    ],
    ids=" ".join,
)
def test_what_a_command_prints_has_no_english_left(
    ikeur: Ikeur, tmp_path: Path, args: tuple[str, ...]
) -> None:
    (tmp_path / "los.ei").write_bytes((GOLDEN / "WMO305.ei").read_bytes().replace(b"\r\n", b"\n"))
    dutch, english = (ikeur(*args, "--lang", lang) for lang in ("nl", "en"))
    strange = {"the", "with", "and", "not", "from", "which", "must", "valid", "by", "for", "are"}
    assert words(english.said + english.told) & strange
    assert words(dutch.said + dutch.told) & strange == set()


def test_the_grades_of_the_sources_are_counted(ikeur: Ikeur) -> None:
    counted = [row["rows_by_grade"] for row in ikeur("sources", "--json").json["tables"]]
    assert {grade for row in counted for grade in row} == {"A", "B", "C", "D"}


def test_a_return_code_without_an_official_text_has_a_dutch_label(
    ikeur: Ikeur, tmp_path: Path
) -> None:
    assert ikeur("explain", "D009", "--lang", "nl").said.splitlines()[2] == (
        "In onze woorden: conditie CD009."
    )
    ikeur("layout", "WMO306", "--out", "page.html", "--lang", "nl")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<td>D009</td><td>conditie CD009</td>" in page
    assert "condition CD" not in page
