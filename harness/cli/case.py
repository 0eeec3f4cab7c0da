"""`ikeur case`: one case again, from its id."""

from __future__ import annotations

import json
from pathlib import Path

import click

from harness.cases import MIGRATION, REFUSE, REHEARSAL, parse, requirement
from harness.cli.options import lang_option
from harness.cli.output import guarded, new_folder, say, write_new
from harness.cli.sut_options import config_option, configuration
from harness.exchange import Exchange
from harness.kept import contents
from harness.made import is_made, made
from harness.sut import CONVERT, GATE, RESPOND
from harness.version import version
from schemas.messages import catalogue

_EXPECTED = {CONVERT: "converted", RESPOND: "answered", GATE: "decided"}


@click.command(
    epilog="Example:  ikeur case WMO301.convert.2.0-2.1.s1.n0 --out case",
    short_help="Write one case again.",
)
@click.argument("case_id", metavar="ID")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A new or empty folder to write in.",
)
@config_option
@lang_option
@guarded
def case(case_id: str, out: Path, config: Path | None, lang: str) -> None:
    """Write the input and the expected output of the case ID, as a report names it."""
    found = parse(case_id)
    exchange = Exchange(catalogue().one(found.message), found.seed, found.index)
    agreed = configuration(config).overrides if found.suite in (MIGRATION, REHEARSAL) else ()
    own = made(found, exchange, agreed) if is_made(found) else None
    files = contents(found, exchange, (), own)
    folder = new_folder(out)
    for role, (suffix, data) in files.items():
        write_new(folder / f"{role}{suffix}", data)
    about = {
        "id": found.id,
        "suite": found.suite,
        "message": found.message,
        "direction": found.direction,
        "seed": found.seed,
        "index": found.index,
        "requirement": requirement(found, lang),
        "expected": "refused" if found.suite == REFUSE else _EXPECTED[found.op],
        "ikeur": version(),
    }
    write_new(folder / "case.json", (json.dumps(about, indent=2) + "\n").encode())
    say(f"{found.id}: {', '.join(sorted(files))} in {folder}")
