"""The site is built without network, and its links lead somewhere."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import click
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from harness.cli import main
from harness.cli.shared.glossary import entries
from reports.shared.texts import LANGUAGES
from tests.paths import ROOT

_LOADED = re.compile(r"""(?:src|href)=["'](https?:)?//[^"']+|@import|url\(["']?https?:""")
# A link that a reader may follow, which loads nothing.
_FOOTER = 'href="https://squidfunk.github.io/mkdocs-material/'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does; raises Abort on a link that leads nowhere."""
    folder = tmp_path_factory.mktemp("site")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True))
    return folder


def test_every_name_is_explained_in_each_language(site: Path) -> None:
    for lang in LANGUAGES:
        pages = [(site / "reference").glob(f"*.{lang}.html")]
        text = "".join(page.read_text("utf-8") for some in pages for page in some)
        assert [one.name for one in entries() if f"<code>{one.name}</code>" not in text] == []


def test_every_command_has_its_help(site: Path) -> None:
    text = (site / "reference" / "commands.html").read_text("utf-8")
    for name in main.list_commands(click.Context(main)):
        assert f"Usage: ikeur {name} " in text


def test_the_layouts_have_a_page_in_each_language(site: Path) -> None:
    for lang in LANGUAGES:
        text = (site / "reference" / f"layout.{lang}.html").read_text("utf-8")
        assert f'<html lang="{lang}">' in text
        assert "BESCHIKKINGNUMMER" in text


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8").replace(_FOOTER, "")
        loaded = [part[0] for part in _LOADED.finditer(text) if 'href="http' not in part[0]]
        assert loaded == [], page
        assert not re.search(r'<link[^>]+href="https?:', text), page
