"""`ikeur validate`: validates messages."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from harness.cli.shared.options import (
    block_on_option,
    existing,
    json_option,
    lang_option,
    schema_set,
    spec_pack_option,
)
from harness.cli.shared.output import (
    PASS,
    RED,
    guarded,
    read_input,
    say,
    tell_json,
    told_error,
)
from harness.cli.shared.signals import end_as_by_hand
from harness.cli.shared.validated import tell_result, total
from harness.mailbox.problems import blocks
from harness.mailbox.sources import Source, sources
from reports.shared.texts import texts
from schemas.errors import UsageError
from schemas.facts.finding_codes import preventing
from schemas.facts.return_codes import with_texts
from schemas.message.fault import Fault
from schemas.releases.detect import release_of
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.rules.sending_order import Moment, in_order, moment
from schemas.xml.validators import SchemaSet


def _result(
    source: Source, schemas: SchemaSet, block_on: str, judge: RuleJudge | None
) -> dict[str, Any]:
    data = read_input(source.path)
    release = release_of(data)
    reading = read(data, release, schemas)
    broken = judge.faults(reading, release) if judge else []
    faults = [*reading.faults, *(broken or [])]
    return {
        "file": source.shown,
        "release": release,
        "message": reading.message.name if reading.message else "",
        "left_out": False,
        "valid": not any(_blocks(fault, block_on) for fault in faults),
        "rules_judged": judge is not None and broken is not None,
        "findings": [_finding(fault, block_on) for fault in faults],
    }


def _results(
    found: Sequence[Source], schemas: SchemaSet, block_on: str, judge: RuleJudge | None
) -> Iterator[dict[str, Any]]:
    """Yield the findings of each message, then the files that were left out."""
    messages = [source for source in found if source.left_out is None]
    for source in _in_order(messages) if judge else messages:
        yield _result(source, schemas, block_on, judge)
    for source in found:
        if source.left_out is not None:
            yield _left_out(source, source.left_out, block_on)


def _left_out(source: Source, fault: Fault, block_on: str) -> dict[str, Any]:
    """The row of a file that was not judged; it is invalid only if it should be a message."""
    is_blocking = blocks(fault.code, fault.evidence, block_on)
    return {
        "file": source.shown,
        "release": "",
        "message": "",
        "left_out": True,
        "valid": False if is_blocking else None,
        "rules_judged": False,
        "findings": [{**_finding(fault, block_on), "blocking": is_blocking}],
    }


def _finding(fault: Fault, block_on: str) -> dict[str, Any]:
    return {
        **asdict(fault),
        "retour_texts": dict(with_texts(fault.retour)),
        "where": fault.where,
        "blocking": _blocks(fault, block_on),
    }


def _blocks(fault: Fault, block_on: str) -> bool:
    """Whether a fault makes a message invalid: not one that every reader must tolerate."""
    return fault.evidence in block_on and bool(preventing([fault]))


def _moment(source: Source) -> Moment:
    """The moment of sending, as rules look back at earlier messages."""
    # Standard input can be read only once.
    data = b"" if str(source.path) == "-" else read_input(source.path)
    release = release_of(data)
    return moment(read(data, release), release, source.name)


def _in_order(found: list[Source]) -> list[Source]:
    """The messages in order of sending."""
    return [found[place] for place in in_order([_moment(source) for source in found])]


@click.command(
    epilog="Example:  ikeur validate messages/ --block-on AB",
    short_help="Validate messages.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rules", "with_rules", is_flag=True, help="Check the business rules too.")
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
    """Validate the messages in FILES, EI or XML: layout or XSD, code lists and totals.

    Folders and zips are read recursively, whatever the file names; files that are not messages are
    skipped and listed. With --rules the business rules are checked too, over all messages of both
    releases together, in the order in which they were sent.

    LF alone as line end, which a reader must accept, is advisory only.

    Exit code 0: no blocking finding. 1: a blocking finding, or a file that could not be read.
    """
    schemas = schema_set(spec_pack)
    # A cancelled check must remove its temporary files.
    end_as_by_hand()
    results, counts, t = [], Counter[str](), texts(lang)
    with tempfile.TemporaryDirectory(prefix="ikeur-") as aside:
        found = list(sources([existing(path) for path in files], Path(aside)))
        for result in _results(found, schemas, block_on, RuleJudge() if with_rules else None):
            kind = "left out" if result["left_out"] else "judged"
            counts[kind] += 1
            counts["red"] += result["valid"] is False
            counts[f"{kind}, red"] += result["valid"] is False
            if as_json:
                results.append(result)
            else:
                tell_result(result, t, with_rules)
    if as_json and found:
        tell_json(results)
    if not counts["judged"] and not counts["red"]:
        # Passing no message at all would be misleading.
        what = "no message in it" if found else "no file in it"
        error = UsageError("USE-FILE", what, str(files[0]), "name a folder with messages")
        if as_json and found:
            # The result on stdout says it already.
            raise SystemExit(told_error(error, lang=lang))
        raise error
    say(total(counts, t))
    raise SystemExit(RED if counts["red"] else PASS)
