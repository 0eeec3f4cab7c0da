"""The page of `ikeur layout`: whole, self-contained, with an anchor for each place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from lxml import etree
from lxml import html as lxml_html

from tests.harness.cli.door import CONVERTED, STAYS_EI, Done
from tests.harness.cli.layout.rows import elements, records, table
from tests.paths import ROOT

Ikeur = Callable[..., Done]
MB = 1024 * 1024


@pytest.fixture
def whole(ikeur: Ikeur) -> bytes:
    return ikeur("layout", "--out", "-").out


def test_all_types_are_in_one_page_of_a_sane_size(whole: bytes) -> None:
    assert len(whole) < 3 * MB
    page = lxml_html.document_fromstring(whole)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    known = set(ids)
    for message in (*CONVERTED, *STAYS_EI):
        assert message in known
        assert {f"{message}-2.0-{row['record']}" for row in records(message)} <= known
    for message in CONVERTED:
        assert {f"{message}-2.1-{item.path}" for item in elements(message)} <= known
    links = [unquote(url.removeprefix("#")) for url in page.xpath("//a/@href")]
    assert set(links) - known == set()


def test_each_field_has_an_anchor_of_its_name(whole: bytes) -> None:
    known = set(re.findall(rb'<tr id="([^"]+)"', whole))
    assert b"WMO305-2.0-07-BEGINDATUM-LEVERING" in known
    for message in (*CONVERTED, *STAYS_EI):
        for row in table(f"ei20/{message}"):
            # Letters and digits stay, anything between them is one hyphen.
            name = "-".join(re.findall("[A-Za-z0-9]+", row["field"]))
            name += f"-{row['start']}" if row["field"] == "RESERVE" else ""
            assert f"{message}-2.0-{row['record']}-{name}".encode() in known


def test_the_page_needs_nothing_else_and_no_script(whole: bytes) -> None:
    page = lxml_html.document_fromstring(whole)
    assert list(page.iter("script", "link", "iframe", "img", "object", "embed")) == []
    assert [url for url in page.xpath("//@href") if not url.startswith("#")] == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    text = whole.decode()
    assert "url(" not in text
    assert "@import" not in text


def test_tables_scroll_within_themselves_and_have_scopes(whole: bytes) -> None:
    page = lxml_html.document_fromstring(whole)
    tables: list[etree._Element] = list(page.iter("table"))
    assert len(tables) > 100
    for found in tables:
        parent = found.getparent()
        assert parent is not None
        assert parent.get("class") == "scroll"
        assert parent.get("tabindex") == "0"
    assert [head for head in page.iter("th") if not head.get("scope")] == []
    text = whole.decode()
    assert ".scroll { position: relative; overflow-x: auto; }" in text
    assert "prefers-color-scheme: dark" in text
    assert 'name="viewport"' in text


def test_a_page_of_one_release_has_no_dead_links(ikeur: Ikeur) -> None:
    page = lxml_html.document_fromstring(
        ikeur("layout", "WMO305", "--release", "2.0", "--out", "-").out
    )
    known = {element.get("id") for element in page.iter() if element.get("id")}
    links = {unquote(url.removeprefix("#")) for url in page.xpath("//a/@href")}
    assert links - known == set()
    assert not any(str(name).startswith("WMO305-2.1") for name in known)


def test_the_same_bytes_each_time_and_dutch_if_asked(ikeur: Ikeur) -> None:
    one, two = (ikeur("layout", "WMO305", "--out", "-").out for _ in range(2))
    assert one == two
    dutch = ikeur("layout", "WMO305", "--out", "-", "--lang", "nl").out.decode()
    assert '<html lang="nl">' in dutch
    assert "Records van 2.0" in dutch


def test_the_anchors_that_the_documents_name_are_in_the_page(whole: bytes) -> None:
    told = (ROOT / "docs" / "layout.md").read_text(encoding="utf-8")
    named = re.findall(
        r"^\| [a-z0-9 ]+ \| `([^`]+)`", told.partition("| anchor |")[2], re.MULTILINE
    )
    assert len(named) == 5
    assert [name for name in named if f'id="{name}"'.encode() not in whole] == []
