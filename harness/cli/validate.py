"""`ikeur validate`: messages as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from harness.cli.options import (
    block_on_option,
    existing,
    json_option,
    lang_option,
    schema_set,
    spec_pack_option,
)
from harness.cli.output import (
    PASS,
    RED,
    guarded,
    on_one_line,
    read_input,
    say,
    tell,
    tell_json,
)
from harness.detect import release_of
from harness.exchange import read
from reports.values import excerpt
from schemas.errors import UsageError
from schemas.faults import Fault
from schemas.finding_codes import finding_codes
from schemas.rules.judging import Judge, message_date
from schemas.rules.table import own_tables as rules
from schemas.xml_schemas import SchemaSet

# What in a folder is taken for a message; a file that is named is always one.
_MESSAGES = (".ei", ".xml", ".txt")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not existing(path).is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() in _MESSAGES:
                yield file


def _result(path: Path, schemas: SchemaSet, block_on: str, judge: Judge | None) -> dict[str, Any]:
    data = read_input(path)
    release = release_of(data)
    reading = read(data, release, schemas)
    broken = judge.faults(reading, release) if judge else []
    faults = [*reading.faults, *(broken or [])]
    return {
        "file": str(path),
        "release": release,
        "message": reading.message.name if reading.message else "",
        "valid": not any(fault.evidence in block_on for fault in faults),
        "rules_judged": judge is not None and broken is not None,
        "findings": [_finding(fault, block_on) for fault in faults],
    }


def _finding(fault: Fault, block_on: str) -> dict[str, Any]:
    return {**asdict(fault), "where": fault.where, "blocking": fault.evidence in block_on}


def _in_order(paths: list[Path]) -> list[Path]:
    """The messages by their date, those of a day by name, as rules look back at earlier ones."""

    def age(path: Path) -> tuple[str, str]:
        # What comes on stdin can be read but once.
        data = b"" if str(path) == "-" else read_input(path)
        release = release_of(data)
        return message_date(read(data, release), release), path.name

    return sorted(paths, key=age)


def _meaning(item: dict[str, Any], lang: str) -> str:
    """What a broken rule means and the return code that it gives; nothing for other findings."""
    rule = rules().rules.get(item["rule"])
    if rule is None:
        return ""
    codes = item["retour"].replace("|", " or " if lang == "en" else " of ")
    retour = f"return code {codes}" if lang == "en" else f"retourcode {codes}"
    none = "no return code" if lang == "en" else "geen retourcode"
    return f"{rule.meaning[lang]} ({retour if codes else none})"


def _tell(result: dict[str, Any], lang: str, with_rules: bool) -> None:
    name = f"{result['message'] or '?'} {result['release']}"
    verdict = "valid" if result["valid"] else "NOT VALID"
    tell(f"{on_one_line(result['file'])}: {name}: {verdict}")
    if with_rules and not result["rules_judged"]:
        tell("  rules not judged: the message is not valid for its layout or schema")
    for item in result["findings"]:
        code = finding_codes()[item["code"]]
        kind = "" if item["blocking"] else ", advises"
        name = f"{item['code']} {item['rule']}".strip()
        tell(f"  {name} at {item['where'] or 'the file'} (evidence {item['evidence']}{kind})")
        tell(f"    {_meaning(item, lang) or code.meaning[lang]}")
        expected, actual = excerpt(item["expected"], item["actual"])
        tell(f"    expected {expected!r}, found {actual!r}")


@click.command(
    epilog="Example:  ikeur validate messages/ --block-on AB",
    short_help="Check messages as they stand.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rules", "with_rules", is_flag=True, help="Judge the business rules too.")
@block_on_option
@spec_pack_option
@lang_option
@json_option
@guarded
def validate(
    files: tuple[Path, ...],
    with_rules: bool,
    block_on: str,
    spec_pack: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Check messages in FILES, EI or XML: layout or XSD, code lists, totals.

    Of a folder all .ei, .xml and .txt files are messages. With --rules the business rules are
    judged too, over all messages together, in the order of their dates; 2.0 and 2.1 apart.

    Exit code 0 when no finding blocks, 1 when one does.
    """
    schemas = schema_set(spec_pack)
    paths = list(_files(files))
    if not paths:
        # A green answer about nothing would be a false one.
        raise UsageError("USE-FILE", "no file in it", str(files[0]), "name a folder with messages")
    results, red = [], 0
    judge = Judge() if with_rules else None
    for path in _in_order(paths) if with_rules else paths:
        result = _result(path, schemas, block_on, judge)
        red += not result["valid"]
        if as_json:
            results.append(result)
        else:
            _tell(result, lang, with_rules)
    if as_json:
        tell_json(results)
    say(f"{len(paths)} messages, {red} not valid")
    raise SystemExit(RED if red else PASS)
