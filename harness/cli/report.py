"""`ikeur report`: writes the reports of an earlier run again."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.earlier_run import earlier_run, results_path
from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import guarded, tell, tell_json
from reports.run import html, wording
from reports.run.summary import summarise
from reports.run.write import write_all
from reports.shared.texts import texts


@click.command(
    epilog="Example:  ikeur report ikeur-report --lang nl",
    short_help="Write the reports of a run again.",
)
@click.argument("results", metavar="RESULTS", type=click.Path(path_type=Path))
@lang_option
@json_option
@guarded
def report(results: Path, lang: str, as_json: bool) -> None:
    """Write all reports of the run in RESULTS again, in either language.

    RESULTS is a results.json or the folder that holds it. The reports replace those beside it. What
    the run itself told in its language, such as the requirement of a case, stays in that language.
    Exit code 0: the reports were written, whatever their verdict.
    """
    folder, t = results_path(results).parent, texts(lang)
    with earlier_run(results) as events:
        summary = summarise(events)
        write_all(summary, events, folder, lang)
    if as_json:
        tell_json({"outcome": summary.outcome, "report": str(folder / html.NAME), "lang": lang})
        return
    tell(wording.first_line(summary, t), t("report.line", path=str(folder / html.NAME)))
