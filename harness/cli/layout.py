"""`ikeur layout`: what a message looks like, and how the releases map to each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from generators import examples as generated
from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import guarded, say, tell, tell_json, write_output
from harness.cli.shared.refused_kinds import refused_kinds
from harness.version import version
from reports.layout import build, html, results_json, text
from reports.layout.addresses import PAGE
from reports.layout.lists import shown_lists
from reports.layout.model import Examples, MessageLayout
from reports.shared.texts import Texts, texts
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType

_PAGE_SUFFIXES = (".html", ".htm")
_ALL = "all"


@click.command(
    epilog="Example:  ikeur layout WMO305 --release 2.0 --record 07",
    short_help="Show what a message looks like.",
)
@click.argument("message", metavar="[MESSAGE]", required=False)
@click.option(
    "--release",
    type=click.Choice(RELEASES),
    help="One release; by default both, each with what it becomes in the other.",
)
@click.option(
    "--record",
    metavar="CODE",
    help="One record of 2.0, such as 07, and the elements of its class in 2.1.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Write one HTML page instead; - is stdout, in a folder it is layout.html. An existing "
    "file is not overwritten.",
)
@lang_option
@json_option
@guarded
def layout(
    message: str | None,
    release: str | None,
    record: str | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Show what a message looks like, from the tables that ikeur tests with.

    For 2.0 each record with its fields, for 2.1 each element: an example value, the codes, what it
    becomes in the other release, and the evidence. MESSAGE is a message type, several separated by
    commas, or all, the default of --out and --json.
    """
    if message is None and out is None and not as_json:
        do = "name one, such as WMO305; `ikeur messages` lists the types"
        raise UsageError("USE-MESSAGE", "no message type given", do=do)
    t = texts(lang)
    wanted = build.Wanted((release,) if release else RELEASES, record or "")
    named = catalogue().select(message or _ALL)
    chosen = [item for item in named if message or _shown(item, wanted)]
    items = [
        build.layout(item, wanted, t, _examples(item), tuple(refused_kinds(item)))
        for item in chosen
    ]
    if out is not None:
        _write(out, items, t)
    if as_json:
        tell_json(results_json.document(items, shown_lists(items), t))
    elif out is None:
        _tell(items, t)


def _shown(item: MessageType, wanted: build.Wanted) -> bool:
    """Whether a type that was not named has what is wanted."""
    has_release = item.root is not None or "2.0" in wanted.releases
    return has_release and (not wanted.record or wanted.record in item.records)


def _examples(item: MessageType) -> Examples:
    found = generated.examples(item.name)
    return Examples(found.fields, found.elements, found.whole)


def _tell(items: Sequence[MessageLayout], t: Texts) -> None:
    for place, item in enumerate(items):
        tell(*([""] if place else []), *text.lines(item, t))


def _write(out: Path, items: Sequence[MessageLayout], t: Texts) -> None:
    """Write the page to a file, to `layout.html` in a folder, or to stdout."""
    path = out / PAGE if _is_folder(out) else out
    path.parent.mkdir(parents=True, exist_ok=True)
    write_output(path, "".join(html.page(items, version(), t)).encode())
    if str(path) != "-":
        say(t("report.line", path=str(path)))


def _is_folder(out: Path) -> bool:
    """Whether a name is that of a folder; one that does not exist yet has no suffix of a page."""
    if str(out) == "-" or os.path.lexists(out):
        return out.is_dir()
    return out.suffix.lower() not in _PAGE_SUFFIXES
