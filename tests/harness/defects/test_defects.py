"""Messages with one named defect: each rule fires on its own, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import etree

import generators.defects.table
import harness.defects.all_defects
import schemas.rules.rule_rows
from harness.cli import main
from schemas.errors import TableError
from schemas.facts.finding_codes import finding_codes
from schemas.releases.detect import release_of
from schemas.releases.read_write import read
from tests.harness.defects.manifest_held import Json, disagreements, generated, validated
from tests.schemas.rules.all_cases import CASES

FACETS = Path(harness.defects.all_defects.__file__).parent
SCHEMA = json.loads((FACETS / "manifest.schema.json").read_text(encoding="utf-8"))
DEFECTS = generators.defects.table.FOLDER
# The rules that are broken by what an earlier message said, by the release that can say it.
LOOK_BACK = {
    "2.0": "TR019 TR056 TR063 TR071 TR074 TR307 TR308 TR314 TR321 TR322 TR326 TR333 TR337 TR366 "
    "TR382 TR390",
    "2.1": "TR019 TR056 TR063 TR071 TR074 TR307 TR308 TR314 TR321 TR322 TR326 TR332 TR333 TR337 "
    "TR339 TR340 TR341 TR347 TR366 TR379 TR382 TR390",
}
# One of each kind of message that has rules of its own, a return message, and one that stays EI.
SOME = "WMO301,JW303,WMO304,JW305,WMO307,WMO315,WMO306,JW321"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("defects") / "out"


@pytest.fixture(scope="module")
def manifest(out: Path) -> Json:
    return generated(out, "--messages", SOME)


def test_every_message_gives_the_findings_of_the_manifest_and_its_clean_one_gives_none(
    out: Path, manifest: Json
) -> None:
    assert len(manifest["defects"]) > 400
    assert list(disagreements(out, manifest)) == []


def test_a_message_gives_its_rule_or_one_finding_of_the_layout_or_schema(manifest: Json) -> None:
    for item in manifest["defects"]:
        told = [(finding["code"], finding["rule"]) for finding in item["findings"]]
        # In 2.0 the layout has a word about totals too.
        told = [one for one in told if not (item["rule"] and one == ("EI-TOTAL", ""))]
        assert len(told) == 1, item["file"]
        if item["rule"]:
            assert told == [("RULE", item["rule"])], item["file"]


def test_a_message_differs_from_its_clean_one_and_is_of_its_release(
    out: Path, manifest: Json
) -> None:
    for item in manifest["defects"]:
        data, clean = (out / item["file"]).read_bytes(), (out / item["clean"]).read_bytes()
        assert data != clean
        assert release_of(clean) == item["release"]
        message = read(clean, item["release"]).message
        assert message is not None
        assert message.name == item["message"]


def test_the_return_codes_are_those_that_were_typed_by_hand(manifest: Json) -> None:
    typed = {(case.rule, case.release, case.retour) for case in CASES}
    told = {
        (finding["rule"], item["release"], finding["retour"])
        for item in manifest["defects"]
        for finding in item["findings"]
        if finding["rule"]
    }
    assert len(told) > 70
    assert told - typed == set()


def test_a_defect_of_a_rule_has_both_addresses(manifest: Json) -> None:
    for item in manifest["defects"]:
        if item["rule"] and item["message"] != "JW321":
            (finding,) = [one for one in item["findings"] if one["rule"]]
            assert finding["xml"]["path"].startswith("/Bericht/"), item["file"]
            assert (finding["xml"]["line"] > 1) == (item["release"] == "2.1"), item["file"]
            assert finding["ei"]["number"] >= 1, item["file"]


def test_every_judged_rule_has_a_defect_in_each_release_or_a_reason() -> None:
    judged = {
        (row["rule"], release)
        for row in rows(schemas.rules.rule_rows.FOLDER / "judgements.csv")
        for release in row["releases"].split()
    }
    made = {
        (row["rule"], release)
        for row in rows(DEFECTS / "defects.csv")
        for release in row["releases"].split()
    }
    left = {
        (row["what"], release)
        for row in rows(FACETS / "not_made.csv")
        for release in row["releases"].split()
    }
    assert len(judged) > 80
    assert judged - made - left == set()
    assert made & left == set()


@pytest.mark.parametrize("release", LOOK_BACK)
def test_every_rule_that_looks_back_is_broken_by_a_set(release: str, manifest: Json) -> None:
    sets = [item for item in manifest["defects"] if item["earlier"] and item["release"] == release]
    assert {item["rule"] for item in sets} == set(LOOK_BACK[release].split())


def test_a_set_differs_from_its_clean_one_in_the_last_message_alone(
    out: Path, manifest: Json
) -> None:
    for item in manifest["defects"]:
        for name in item["earlier"]:
            clean = (out / item["clean"]).parent / Path(name).name
            assert (out / name).read_bytes() == clean.read_bytes(), name


def test_in_the_last_message_of_a_set_nothing_is_found_without_those_before(
    out: Path, manifest: Json
) -> None:
    for item in manifest["defects"]:
        if item["earlier"]:
            found = validated(out / item["file"])
            assert found["rules_judged"], item["file"]
            assert found["findings"] == [], item["file"]


def test_the_messages_of_a_set_tell_of_one_client_and_come_one_day_after_the_other(
    out: Path, manifest: Json
) -> None:
    (item,) = [
        one
        for one in manifest["defects"]
        if (one["defect"], one["release"]) == ("start-withdrawn-after-stop", "2.1")
    ]
    names = [*item["earlier"], item["file"]]
    assert [Path(name).name for name in names] == ["1-JW305.xml", "2-JW307.xml", "3-JW305.xml"]
    # Parsed, as some messages are in another notation, such as CDATA.
    roots = [etree.fromstring((out / name).read_bytes()) for name in names]
    for path in ("Bsn", "Geslachtsnaam/{*}Naam", "Afzender"):
        assert len({root.findtext(f".//{{*}}{path}") for root in roots}) == 1, path
        assert roots[0].findtext(f".//{{*}}{path}"), path
    parts = ("BeschikkingNummer", "ToewijzingNummer", "Product/{*}Categorie", "Begindatum")
    keys = [
        {
            tuple(product.findtext(f"{{*}}{part}") for part in parts)
            for product in root.iter("{*}StartProduct", "{*}StopProduct")
        }
        for root in roots
    ]
    assert len(set.intersection(*keys)) == 1
    days = [root.findtext(".//{*}Dagtekening") or "" for root in roots]
    first, second, third = map(date.fromisoformat, days)
    assert (second - first, third - second) == (timedelta(1), timedelta(1))


def test_every_finding_of_the_layout_and_the_schema_has_a_defect_or_a_reason() -> None:
    codes = {code.code for code in finding_codes().values() if code.kind == "message"}
    made = {row["code"] for row in rows(FACETS / "facets.csv")}
    made |= {word for row in rows(DEFECTS / "defects.csv") for word in row["also_20"].split()}
    left = {row["what"] for row in rows(FACETS / "not_made.csv")}
    assert len(codes) > 35
    assert codes - made - left == set()


def test_a_defect_of_a_rule_is_made_in_every_type_and_release_that_its_row_names(
    manifest: Json,
) -> None:
    without = [item for item in manifest["not_made"] if item["rule"] and item["defect"]]
    assert without == []


def test_what_is_not_made_says_why(manifest: Json) -> None:
    told = {item["rule"] or item["code"] for item in manifest["not_made"] if not item["defect"]}
    assert {"EI-EMPTY", "XML-SIZE"} <= told
    assert all(all(item["why"].values()) for item in manifest["not_made"])


def test_the_manifest_fits_its_schema_and_the_table_says_the_same(
    out: Path, manifest: Json
) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(manifest)
    table = list(csv.DictReader(io.StringIO((out / "manifest.csv").read_text(encoding="utf-8"))))
    names = ("file", "clean", "defect", "rule", "message", "release")
    assert [[row[name] for name in names] for row in table] == [
        [item[name] for name in names] for item in manifest["defects"]
    ]


def test_the_files_are_those_of_the_manifest_and_their_names_tell_the_defect(
    out: Path, manifest: Json
) -> None:
    earlier = [name for item in manifest["defects"] for name in item["earlier"]]
    for folder, column in (("defects", "file"), ("clean", "clean")):
        told = [item[column] for item in manifest["defects"]]
        told += [name.replace("defects/", f"{folder}/", 1) for name in earlier]
        there = [path.relative_to(out).as_posix() for path in (out / folder).rglob("*.xml")]
        there += [path.relative_to(out).as_posix() for path in (out / folder).rglob("*.ei")]
        assert sorted(there) == sorted(told)
        assert len(told) == len(set(told))
    assert all(
        item["defect"] in item["file"] and item["message"] in item["file"]
        for item in manifest["defects"]
    )


def test_the_messages_with_a_defect_have_nothing_to_do_with_each_other(
    out: Path, manifest: Json
) -> None:
    words = ["validate", "--rules", "--json", str(out / "defects")]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    told = {item["file"]: item["findings"] for item in manifest["defects"]}
    told |= {name: [] for item in manifest["defects"] for name in item["earlier"]}
    found = {
        Path(item["file"]).relative_to(out).as_posix(): item["findings"]
        for item in json.loads(result.stdout)
    }
    assert found.keys() == told.keys()
    for name, findings in found.items():
        names = [(one["code"], one["rule"]) for one in findings]
        assert names == [(one["code"], one["rule"]) for one in told[name]], name


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    one, two, other = tmp_path / "one", tmp_path / "two", tmp_path / "other"
    for folder, seed in ((one, "7"), (two, "7"), (other, "8")):
        generated(folder, "--messages", "WMO307", "--seed", seed)
    assert dict(_files(one)) == dict(_files(two))
    same = dict(_files(one)).items() & dict(_files(other)).items()
    assert same == set()


@pytest.mark.parametrize(("release", "suffix"), [("2.0", ".ei"), ("2.1", ".xml")])
def test_of_one_release_there_is_nothing_of_the_other(
    release: str, suffix: str, tmp_path: Path
) -> None:
    manifest = generated(tmp_path / "out", "--messages", "WMO307", "--release", release)
    assert {Path(item["file"]).suffix for item in manifest["defects"]} == {suffix}
    assert {item["release"] for item in manifest["not_made"]} == {release}


def test_a_pair_of_releases_has_the_same_content_where_both_can_say_the_defect(
    manifest: Json,
) -> None:
    places: dict[tuple[str, str], dict[str, int]] = {}
    for item in manifest["defects"]:
        if item["rule"]:
            pair = places.setdefault((item["message"], item["defect"]), {})
            pair[item["release"]] = item["index"]
    pairs = [set(pair.values()) for pair in places.values() if len(pair) == 2]
    assert len(pairs) > 60
    assert all(len(pair) == 1 for pair in pairs)


def test_without_a_folder_there_is_nowhere_to_put_them() -> None:
    result = CliRunner().invoke(main, ["generate", "--defects", "--coverage"])
    assert result.exit_code == 2
    assert "USE-OUT" in result.output


def test_a_defect_that_is_taken_out_of_the_message_leaves_nothing(
    out: Path, manifest: Json
) -> None:
    (item,) = [
        one
        for one in manifest["defects"]
        if (one["defect"], one["release"]) == ("stop-before-begin", "2.1")
    ]
    (finding,) = item["findings"]
    data = (out / item["file"]).read_text(encoding="utf-8")
    path = out / "repaired.xml"
    # Of this one alone the values are known: the end becomes the begin.
    path.write_text(data.replace(finding["actual"], finding["expected"].split()[0]), "utf-8")
    assert validated(path)["findings"] == []
    path.unlink()


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("defects", "stop-before-begin,TR018", "stop-before-begin,TR999"),
        ("defects", "stop-before-begin,TR018", "stop-after-begin,TR018"),
        ("changes", "\nstop-before-begin,", "\nstop-behind-begin,"),
        ("changes", "days_later(Begindatum, -1)", "days_later(Begindatum"),
        ("changes", "earlier", "later"),
        ("changes", "Begindatum,1,", "Begindatum,3,"),
        ("earlier", "start-sent-again,1,", "start-sent-again,2,"),
        ("earlier", "start-sent-again,1,", "start-sent-twice,1,"),
        ("earlier", "from-sender delivery", "from-sender delivered"),
        ("earlier", "1,301,", "1,391,"),
        ("copies", "'1'", "'1"),
    ],
)
def test_a_table_of_defects_with_an_error_is_refused_with_its_row(
    table: str, old: str, new: str, tmp_path: Path
) -> None:
    for path in DEFECTS.glob("*.csv"):
        shutil.copy(path, tmp_path)
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError) as error:
        generators.defects.table.load(tmp_path)
    assert ".csv" in str(error.value)
