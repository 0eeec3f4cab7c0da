"""`ikeur cases`: lists the cases that a run would ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from harness.cases.case import Case
from harness.cli.shared.options import (
    count_option,
    json_option,
    lang_option,
    messages_option,
    seed_option,
)
from harness.cli.shared.output import guarded, tell_pieces
from harness.cli.shared.resume import claimed_by
from harness.cli.shared.scope import scope_of
from harness.cli.shared.sut_options import software, sut_options
from harness.configuration.connect import SutOptions, operations
from harness.running.settings import DEFAULT_COUNT, Settings
from harness.suites.registry import requirement
from schemas.facts.catalogue import catalogue


@click.command(
    epilog="Example:  ikeur cases --messages WMO305 --suite convert,refuse --count 2",
    short_help="List the test cases of a run.",
)
@sut_options
@click.option("--suite", default="all", show_default=True, metavar="SUITES", help="As for `run`.")
@messages_option()
@count_option(DEFAULT_COUNT, "As for `run`.")
@seed_option
@click.option("--quick", is_flag=True, help="Leave out the field sweep of the suite `refuse`.")
@lang_option
@json_option
@guarded
def cases(
    sut: SutOptions,
    config: Path | None,
    suite: str,
    messages: str,
    count: int,
    seed: int,
    quick: bool,
    lang: str,
    as_json: bool,
) -> None:
    """List the ids of the cases that `ikeur run` with the same options would ask.

    What the software does not claim is left out; without software, by options or ikeur.toml, all
    is listed. `ikeur run --case ID` asks some of them.
    """
    known = software(sut, config, lang)
    scope = scope_of(suite, messages, count, seed)
    settings = Settings(
        messages=scope.messages,
        suites=scope.suites,
        count=scope.count,
        seed=scope.seed,
        claimed=claimed_by(known),
        options=sut if operations(sut, known) else SutOptions(reference=True),
        config=known,
        quick=quick,
    )
    found = _asked(settings)
    tell_pieces(_json(found, lang) if as_json else (f"{case.id}\n" for case in found))


def _asked(settings: Settings) -> Iterator[Case]:
    """The cases, in the order in which a run asks them."""
    for batch in settings.batches():
        for index in range(batch.start, batch.stop):
            yield from filter(
                settings.claims, settings.cases(catalogue().one(batch.message), index)
            )


def _json(found: Iterator[Case], lang: str) -> Iterator[str]:
    """The cases as a JSON list, one on a line."""
    mark = "[\n"
    for case in found:
        about = {
            "id": case.id,
            "suite": case.suite,
            "message": case.message,
            "direction": case.direction,
            "kind": case.kind,
            "operation": case.op,
            "requirement": requirement(case, lang),
        }
        yield mark + json.dumps(about)
        mark = ",\n"
    yield "\n]\n" if mark != "[\n" else "[]\n"
