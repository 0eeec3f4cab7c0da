"""The reports of an audit agree, stay short, and show hostile texts without obeying them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import html as lxml_html
from rich.console import Console

import reports
from reports.pairs import csv_files as pairs_csv
from reports.pairs import html as pairs_html
from reports.pairs import results_json as pairs_json
from reports.pairs.console import print_audit
from reports.pairs.results import Problem
from reports.shared.texts import LANGUAGES
from tests.reports.pairs.sample_audit import LATE, PROBLEM, Told

SCHEMA = json.loads(Path(reports.__file__).with_name("pairs.schema.json").read_text("utf-8"))


def page(audit: Told, lang: str = "en") -> str:
    file = io.StringIO()
    pairs_html.write(audit, file, lang)
    return file.getvalue()


def said(audit: Told, lang: str = "en") -> str:
    file = io.StringIO()
    print_audit(audit, Console(file=file, width=100), lang, "")
    return file.getvalue()


def test_the_counts_of_problems_add_up() -> None:
    empty = replace(PROBLEM, code="FILE-EMPTY", gemeente="", aanbieder="")
    text = page(Told([PROBLEM, LATE, replace(LATE, blocking=False), empty]))
    shown = " ".join(lxml_html.document_fromstring(text).text_content().split())
    assert "there are 3 problems" in shown
    # Of the three the partner has two, and one code has a note beside its problem.
    assert "PAIRS-DEADLINE, 1 problem, 1 note" in shown
    assert "1 problem is not in this table" in shown


def test_a_column_that_would_be_empty_is_left_out() -> None:
    for found, heads in (([PROBLEM], 0), ([replace(PROBLEM, other="b.ei")], 1)):
        table = lxml_html.document_fromstring(page(Told(found))).xpath("//section[@id='findings']")
        assert [head.text for head in table[0].iter("th")].count("Details") == heads


@pytest.mark.parametrize("found", [[], [PROBLEM], [PROBLEM, LATE, replace(LATE, blocking=False)]])
def test_the_json_is_as_its_schema_says(found: list[Problem]) -> None:
    document = json.loads("".join(pairs_json.pieces(Told(found))))
    jsonschema.validate(document, SCHEMA, jsonschema.Draft202012Validator)
    assert [item["code"] for item in document["problems"]] == [item.code for item in found]
    assert document["exit_code"] == (1 if found else 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_report_tells_the_rule_and_the_agreement(lang: str) -> None:
    for text in (page(Told([LATE]), lang), said(Told([LATE]), lang)):
        flat = " ".join(text.split())
        assert "SWITCH-HEEN" in flat
        assert "2017-06-06 17:05" in flat
        assert "By letter" in flat


def test_many_problems_stay_short_with_the_count_of_what_is_left_out() -> None:
    audit = Told([PROBLEM] * 20_000, with_partners=3000)
    text = page(audit)
    assert len(text) < 200_000
    assert "19,975" in text
    assert "2,800" in text
    short = said(audit)
    assert len(short) < 10_000
    assert "19,997" in short
    file = io.StringIO()
    pairs_csv.write(audit, file, "en")
    assert file.getvalue().count("\n") == 20_001


def test_names_from_a_mailbox_are_shown_and_never_obeyed() -> None:
    hostile = "<script>alert(1)</script>\x1b[2J\u202e=1+1\udcff`x`"
    audit = Told([replace(PROBLEM, file=hostile, other=hostile, found=hostile)])
    text = page(audit)
    assert "<script" not in text
    assert "\x1b" not in text + said(audit)
    assert "\u202e" not in text + said(audit)
    root = lxml_html.document_fromstring(text)
    assert root.xpath("//script") == []
    assert root.xpath("//@src | //link") == []
    row = root.xpath("//section[@id='findings']//tbody/tr")[0]
    assert "alert(1)" in row.text_content()


def test_good_and_not_good_are_said_in_both_languages() -> None:
    assert "Goed: alle heenberichten" in page(Told([]), "nl")
    assert "Niet goed: er is 1 probleem" in page(Told([PROBLEM]), "nl")
    assert "Failed: there are 2 problems" in said(Told([PROBLEM, LATE]))
    note = replace(PROBLEM, blocking=False)
    assert "Passed: there are no problems, only notes" in said(Told([note]))
