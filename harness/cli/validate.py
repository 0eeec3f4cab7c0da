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
from harness.cli.output import PASS, RED, guarded, read_input, say, tell, tell_json
from harness.detect import release_of
from harness.exchange import read
from schemas.errors import UsageError
from schemas.faults import Fault
from schemas.finding_codes import finding_codes
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


def _result(path: Path, schemas: SchemaSet, block_on: str) -> dict[str, Any]:
    data = read_input(path)
    release = release_of(data)
    reading = read(data, release, schemas)
    return {
        "file": str(path),
        "release": release,
        "message": reading.message.name if reading.message else "",
        "valid": not any(fault.evidence in block_on for fault in reading.faults),
        "findings": [_finding(fault, block_on) for fault in reading.faults],
    }


def _finding(fault: Fault, block_on: str) -> dict[str, Any]:
    return {**asdict(fault), "where": fault.where, "blocking": fault.evidence in block_on}


def _tell(result: dict[str, Any], lang: str) -> None:
    name = f"{result['message'] or '?'} {result['release']}"
    verdict = "valid" if result["valid"] else "NOT VALID"
    tell(f"{result['file']}: {name}: {verdict}")
    for item in result["findings"]:
        code = finding_codes()[item["code"]]
        kind = "" if item["blocking"] else ", advises"
        tell(
            f"  {item['code']} at {item['where'] or 'the file'} (evidence {item['evidence']}{kind})"
        )
        tell(f"    {code.meaning[lang]}")
        tell(f"    expected {item['expected']!r}, found {item['actual']!r}")


@click.command(
    epilog="Example:  ikeur validate messages/ --block-on AB",
    short_help="Check messages as they stand.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@block_on_option
@spec_pack_option
@lang_option
@json_option
@guarded
def validate(
    files: tuple[Path, ...], block_on: str, spec_pack: Path | None, lang: str, as_json: bool
) -> None:
    """Check messages in FILES, EI or XML: layout or XSD, code lists, totals.

    Of a folder all .ei, .xml and .txt files are messages.

    Exit code 0 when no finding blocks, 1 when one does.
    """
    schemas = schema_set(spec_pack)
    paths = list(_files(files))
    if not paths:
        # A green answer about nothing would be a false one.
        raise UsageError("USE-FILE", "no file in it", str(files[0]), "name a folder with messages")
    results, red = [], 0
    for path in paths:
        result = _result(path, schemas, block_on)
        red += not result["valid"]
        if as_json:
            results.append(result)
        else:
            _tell(result, lang)
    if as_json:
        tell_json(results)
    say(f"{len(paths)} messages, {red} not valid")
    raise SystemExit(RED if red else PASS)
