"""The pages of the reference, which are made from the commands and the tables."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.testing import CliRunner

from harness.cli import main
from harness.cli.shared.glossary import Entry, entries, groups
from reports.shared.texts import LANGUAGES
from schemas.facts.catalogue import catalogue

# The groups of names on a page; the page of kinds has all others.
_PAGES = {
    "findings": ("finding", "error"),
    "rules": ("rule", "switch"),
    "return-codes": ("return-code",),
}
_KINDS = "kinds"
_TITLES = {
    "findings": {"en": "Findings and errors", "nl": "Bevindingen en fouten"},
    "rules": {"en": "Rules", "nl": "Regels"},
    "return-codes": {"en": "Return codes", "nl": "Retourcodes"},
    _KINDS: {"en": "Kinds of test cases", "nl": "Soorten testgevallen"},
    "layouts": {"en": "Layouts", "nl": "Layouts"},
}
_HEADS = {"en": ("name", "meaning", "what to do"), "nl": ("naam", "betekenis", "wat te doen")}
_ONE_PAGE = {
    "en": "[One page for all message types](layout.en.html), or on the terminal:",
    "nl": "[Eén pagina voor alle berichttypen](layout.nl.html), of op de terminal:",
}
_WIDTH = 100


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path of each page in the site, with its Markdown or HTML."""
    yield "reference/commands.md", "\n".join(_commands())
    for lang in LANGUAGES:
        for page in (*_PAGES, _KINDS):
            yield f"reference/{page}.{lang}.md", "\n".join(_names(page, lang))
        yield f"reference/layouts.{lang}.md", "\n".join(_layouts(lang))
        yield f"reference/layout.{lang}.html", _layout_page(lang)


def _commands() -> Iterator[str]:
    yield "# Commands\n"
    whole = click.Context(main, info_name="ikeur", max_content_width=_WIDTH, terminal_width=_WIDTH)
    yield f"```text\n{main.get_help(whole)}\n```\n"
    for name in main.list_commands(whole):
        command = main.get_command(whole, name)
        assert command
        within = click.Context(command, info_name=name, parent=whole)
        yield f"## ikeur {name}\n\n```text\n{command.get_help(within)}\n```\n"


def _names(page: str, lang: str) -> Iterator[str]:
    """The names of some groups, a table for each."""
    yield f"# {_TITLES[page][lang]}\n"
    others = [name for name in groups() if all(name not in some for some in _PAGES.values())]
    for group in _PAGES.get(page, others):
        found = [entry for entry in entries() if entry.group == group]
        advice = {entry.advice[lang] for entry in found}
        # What all of them have in common is said once.
        heads = _HEADS[lang] if len(advice) > 1 else _HEADS[lang][:-1]
        yield f"## {groups()[group].title[lang]}\n"
        yield f"{advice.pop()}\n" if len(advice) == 1 else ""
        yield _row(heads)
        yield _row(["---"] * len(heads))
        yield from (_row(_cells(entry, lang)[: len(heads)]) for entry in found)
        yield ""


def _cells(entry: Entry, lang: str) -> list[str]:
    releases = f" ({', '.join(entry.releases)})" if entry.releases else ""
    return [f"`{entry.name}`{releases}", entry.meaning[lang], entry.advice[lang]]


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;').replace('<', '&lt;') for cell in cells)} |"


def _layouts(lang: str) -> Iterator[str]:
    yield f"# {_TITLES['layouts'][lang]}\n\n{_ONE_PAGE[lang]}\n"
    end = "" if lang == "en" else f" --lang {lang}"
    commands = [f"ikeur layout {item.name}{end}" for item in catalogue().select("all")]
    yield "\n".join(["```sh", *commands, "```"])


def _layout_page(lang: str) -> str:
    shown = CliRunner().invoke(main, ["layout", "--out", "-", "--lang", lang])
    assert shown.exit_code == 0, shown.output
    return shown.stdout
