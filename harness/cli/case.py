"""`ikeur case`: reproduces one case from its id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from harness.cases.case import Case
from harness.cases.file_roles import ACTUAL, EXPECTED
from harness.cases.question import AskedCase
from harness.cases.specimen import Specimen
from harness.cli.shared.options import block_on_option, json_option, lang_option
from harness.cli.shared.output import (
    PASS,
    RED,
    guarded,
    last_folder,
    new_folder,
    say,
    tell,
    tell_json,
    write_new,
)
from harness.cli.shared.sut_options import configuration, software, sut_options
from harness.configuration.connect import SutOptions, operations, reach_all
from harness.configuration.ikeur_toml import SutConfig
from harness.judging.judge import Judge, Judgement
from harness.running.case_files import FOLDER
from harness.running.failed_cases.retry import CaseRetrier, RetriedCase
from harness.running.sequence_files import LIST, files_of, read_sequence
from harness.running.verdict import finished
from harness.suites.registry import parse, requirement, suite_of
from harness.sut.protocol import GATE, Request, Sut
from harness.version import version
from reports.run.aligned_text import shown
from reports.run.case_again import lines, result
from reports.shared.texts import texts
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue

_REPORT = Path("ikeur-report")


@click.command(
    epilog="Example:  ikeur case WMO301.convert.2.0-2.1.s1.n0 --run --stream ./convert",
    short_help="Reproduce one test case.",
)
@click.argument("case_id", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="New or empty folder for the files of the case.",
)
@click.option("--run", "is_run", is_flag=True, help="Submit the case to the software again.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Report of a run, for the messages that must precede the case.  [default: the last "
    f"{_REPORT} here]",
)
@sut_options
@block_on_option
@lang_option
@json_option
@guarded
def case(
    case_id: str,
    out: Path | None,
    is_run: bool,
    report: Path | None,
    sut: SutOptions,
    config: Path | None,
    block_on: str,
    lang: str,
    as_json: bool,
) -> None:
    """Reproduce the case ID of a report: write its files with --out, submit it again with --run.

    If the run found that the case depends on earlier messages, these are written too, and
    submitted first. Exit code 0: done, and a submitted case passed. 1: the case failed.
    """
    found = parse(case_id)
    if out is None and not is_run:
        raise UsageError("USE-CASE", "nothing to do", case_id, "give --out DIR, --run, or both")
    known = software(sut, config, lang) if is_run else configuration(config)
    before = _before(found, report)
    reached = _reached(sut, known, found) if is_run else None
    suite = suite_of(found)
    specimen = Specimen(catalogue().one(found.message), found.seed, found.index)
    question = suite.question(found, specimen, known.overrides)
    folder = new_folder(out) if out else None
    again = _asked(found, specimen, reached, known, before, block_on) if reached else None
    if folder:
        asked = again.asked if again else AskedCase(found, specimen, question, ())
        _write(found, folder, suite.files(asked), before, lang)
    if reached and again:
        told = _tell(found, again.judgement, before, reached.name, lang, as_json)
        if told == RED and not as_json:
            _tell_difference(found, again.asked, lang)
        raise SystemExit(told)


def _before(found: Case, report: Path | None) -> list[Request]:
    """The messages of a report that must precede a case."""
    place = report or last_folder(_REPORT)
    if report and not report.is_dir():
        raise UsageError("USE-FOLDER", "no folder of a report", str(report), "check the path")
    path = place / FOLDER / found.id / f"{LIST}.json" if place else None
    return read_sequence(path) if path and path.is_file() else []


def _reached(options: SutOptions, known: SutConfig, found: Case) -> Sut:
    """The software that a case asks."""
    claimed = operations(options, known)
    if claimed and found.op not in claimed:
        do = f"name the software for it in ikeur.toml, under [sut.{found.op}]"
        raise UsageError("USE-CASE", f"the software does not claim {found.op}", found.id, do)
    return reach_all(options, known)


def _asked(
    found: Case,
    specimen: Specimen,
    sut: Sut,
    known: SutConfig,
    before: list[Request],
    block_on: str,
) -> RetriedCase:
    """Ask the software a case now, after the messages before it."""
    try:
        return CaseRetrier(Judge(block_on), sut, known.overrides).ask(found, specimen, before)
    finally:
        sut.close()


def _tell(
    found: Case, judged: Judgement, before: list[Request], sut: str, lang: str, as_json: bool
) -> int:
    """Print the verdict and each finding; returns the exit code."""
    event = finished(found, lang, judged.verdict, judged.answer.seconds, judged)
    cases = [request.about for request in before]
    code = PASS if event.verdict == "pass" else RED
    if as_json:
        tell_json({**result(event, cases), "exit_code": code})
    else:
        for line in lines(event, cases, sut, lang):
            tell(line)
    return code


def _tell_difference(found: Case, asked: AskedCase, lang: str) -> None:
    """Print the output beside the expected one, if the case has both and they differ."""
    files, t = suite_of(found).files(asked), texts(lang)
    pairs = zip(EXPECTED, ACTUAL, (found.message, found.pair), strict=True)
    for expected, actual, message in pairs:
        if not {expected, actual} <= files.keys() or found.op == GATE:
            continue
        both = files[expected][1], files[actual][1]
        for line in shown(message, found.route[-1], *both, t):
            tell(line)


def _write(
    found: Case,
    folder: Path,
    files: Mapping[str, tuple[str, bytes]],
    before: list[Request],
    lang: str,
) -> None:
    """Write the files of a case, and its description."""
    for role, (suffix, data) in files.items():
        write_new(folder / f"{role}{suffix}", data)
    if before:
        for name, data in files_of(before).items():
            write_new(folder / name, data)
    about = {
        "id": found.id,
        "suite": found.suite,
        "message": found.message,
        "direction": found.direction,
        "seed": found.seed,
        "index": found.index,
        "requirement": requirement(found, lang),
        "expected": suite_of(found).expects(found),
        "before": [request.about for request in before],
        "ikeur": version(),
    }
    write_new(folder / "case.json", (json.dumps(about, indent=2) + "\n").encode())
    written = sorted(files) + ([LIST] if before else [])
    say(f"{found.id}: {', '.join(written)} in {folder}")
