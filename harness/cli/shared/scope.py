"""What a run covers: by message types, suites and count, or by the ids of its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click
from click.core import ParameterSource

from harness.cases.case import Case
from harness.suites.registry import SUITES, applies, parse, select
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue

# What the ids of cases say by themselves.
_SAID_BY_IDS = ("suite", "messages", "count", "seed", "quick", "resume")


@dataclass(frozen=True)
class Scope:
    """The message types, suites, count and seed of a run, or its cases with a count of 0."""

    messages: tuple[str, ...]
    suites: tuple[str, ...]
    count: int
    seed: int
    cases: tuple[Case, ...] = ()


def scope_of(suite: str, messages: str, count: int, seed: int) -> Scope:
    """The scope by options; raises UsageError for unknown names, or if nothing would be asked."""
    chosen, suites = catalogue().select(messages), tuple(select(suite))
    if not any(applies(message, suites, seed, count) for message in chosen):
        raise UsageError(
            "USE-NOTHING", "no suite applies to these message types", do="choose others"
        )
    return Scope(tuple(message.name for message in chosen), suites, count, seed)


def scope_of_cases(ids: Sequence[str]) -> Scope:
    """The scope of the cases with some ids, each once.

    Raises UsageError for an unknown id, ids of two seeds, or an option that says the same as ids.
    """
    context = click.get_current_context()
    for name in _SAID_BY_IDS:
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            do = f"leave out --{name}; the ids say what is asked"
            raise UsageError("USE-CASE", f"--case and --{name} at once", ids[0], do)
    cases = tuple(map(parse, dict.fromkeys(ids)))
    seeds = sorted({case.seed for case in cases})
    if len(seeds) > 1:
        what = f"cases of seeds {seeds[0]} and {seeds[1]} at once"
        raise UsageError("USE-CASE", what, ids[0], "make a run for each seed")
    names = {name for case in cases for name in case.messages}
    return Scope(
        messages=tuple(name for name in catalogue().messages if name in names),
        suites=tuple(name for name in SUITES if any(case.suite == name for case in cases)),
        count=0,
        seed=seeds[0],
        cases=cases,
    )
