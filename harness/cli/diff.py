"""`ikeur diff`: what two runs found differently."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.earlier_run import earlier_run
from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import BROKEN, PASS, RED, guarded, tell, tell_json
from reports.run.differences import RunsCompared, compared
from reports.run.differences_text import lines


@click.command(
    epilog="Example:  ikeur diff ikeur-report ikeur-report-2 --lang nl",
    short_help="Compare two runs: new, mended, still there.",
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@lang_option
@json_option
@guarded
def diff(old: Path, new: Path, lang: str, as_json: bool) -> None:
    """Compare the findings of two runs, OLD and NEW: a results.json each, or its folder.

    Findings are the same if their code, message type, field and rule are. Exit code 0: nothing new
    is blocking. 1: something is. 3: the new run was not completed, or tested nothing.
    """
    with earlier_run(old) as before, earlier_run(new) as after:
        found = compared(before, after)
    if as_json:
        tell_json(
            {"changes": [change.to_json() for change in found.changes], "exit_code": _code(found)}
        )
    else:
        tell(*lines(found, lang))
    raise SystemExit(_code(found))


def _code(found: RunsCompared) -> int:
    if found.new.outcome in ("broken", "empty"):
        return BROKEN
    return RED if found.is_worse else PASS
