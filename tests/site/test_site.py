"""The site is built without network, its links lead somewhere, and ikeur takes its commands."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from harness.cli import main
from harness.cli.shared.glossary import entries
from reports.shared.texts import LANGUAGES
from tests.paths import ROOT
from tests.site.doc_commands import doc_commands

_LOADED = re.compile(r"""(?:src|href)=["'](https?:)?//[^"']+|@import|url\(["']?https?:""")
# A link that a reader may follow, which loads nothing.
_FOOTER = 'href="https://squidfunk.github.io/mkdocs-material/'
COMMANDS = sorted(set(doc_commands()))
# What reads the tables alone is quickly run.
READING = ("explain", "layout", "sources", "messages")


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


@pytest.mark.parametrize(
    ("page", "words"), COMMANDS, ids=[" ".join(words) for _, words in COMMANDS]
)
def test_a_command_of_a_page_is_one_that_ikeur_takes(
    page: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if words[0] in READING:
        shown = CliRunner().invoke(main, list(words))
        assert shown.exit_code == 0, shown.output
        return
    command = main.get_command(click.Context(main), words[0])
    assert command, f"{page}: {words[0]}"
    command.make_context(words[0], list(words[1:]), parent=click.Context(main, info_name="ikeur"))
