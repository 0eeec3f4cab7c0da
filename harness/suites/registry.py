"""The registry of suites, in the order of the reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.cases.case import Case
from harness.suites.conversion.convert import Convert
from harness.suites.conversion.schema import Schema
from harness.suites.conversion.throughput import Throughput
from harness.suites.migration.suite import Migration
from harness.suites.refuse.suite import Refuse
from harness.suites.rehearsal.suite import Rehearsal
from harness.suites.retour.suite import Retour
from harness.suites.roundtrip.suite import Roundtrip
from harness.suites.rules.suite import Rules
from harness.suites.size.suite import Size
from harness.suites.state.suite import State
from harness.suites.suite import Agreed, Suite
from reports.shared.texts import texts
from schemas.errors import UsageError, did_you_mean
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.registered import registered

_ID = re.compile(
    r"(?P<message>[A-Z0-9]+)\.(?P<suite>[a-z]+)(?:\.(?P<kind>[a-z][a-z0-9-]*))?"
    r"\.(?P<route>2\.[01](?:-2\.[01]){1,2})\.s(?P<seed>-?\d{1,18})\.n(?P<index>\d{1,12})"
)

# To add a suite, add its import and a line here.
SUITES = registered(
    Schema(),
    Convert(),
    Roundtrip(),
    Refuse(),
    Retour(),
    Rules(),
    Migration(),
    State(),
    Size(),
    Throughput(),
    Rehearsal(),
)


def suite_of(case: Case) -> Suite:
    """The suite of a case."""
    return SUITES[case.suite]


def named_suites() -> list[str]:
    """The suites that a run can name."""
    return [name for name, suite in SUITES.items() if not suite.in_dryrun_only]


def default_suites() -> list[str]:
    """The suites of a run that names none."""
    return [name for name, suite in SUITES.items() if suite.by_default]


def dryrun_suites() -> list[str]:
    """The suites that exist only in a dry-run."""
    return [name for name, suite in SUITES.items() if suite.in_dryrun_only]


def select(text: str) -> list[str]:
    """Parse a comma-separated list of suites, or `all`; raises UsageError for an unknown name.

    `all` leaves out the slow suites, which run only when named.
    """
    known = named_suites()
    chosen: set[str] = set()
    for name in (part.strip() for part in text.split(",")):
        if name != "all" and name not in known:
            do = f"{did_you_mean(name, known)}choose from {', '.join(known)}"
            raise UsageError("USE-SUITE", f"unknown suite {name!r}", do=do)
        chosen.update(default_suites() if name == "all" else [name])
    return [name for name in known if name in chosen]


def cases_of(
    message: MessageType, chosen: Sequence[str], seed: int, index: int, agreed: Agreed = ()
) -> list[Case]:
    """The cases of a message type at an index, for the chosen suites.

    Where a suite has many kinds of input, each index gets one per direction, in rotation. Kinds
    about a moved deadline exist only if `agreed` has one.
    """
    return [case for name in chosen for case in SUITES[name].cases(message, seed, index, agreed)]


def applies(message: MessageType, chosen: Sequence[str], seed: int, count: int) -> bool:
    """Whether any of the chosen suites has a case for a message type in a run of `count`."""
    suites = [SUITES[name] for name in chosen]
    return any(
        suite.once(message, seed) or suite.planned(message, seed, count, ()) for suite in suites
    )


def requirement(case: Case, lang: str) -> str:
    """What a case requires of the software, with its kind of input and notation if it has one."""
    told = suite_of(case).text(case, lang)
    what = notation(case, lang)
    return f"{told} {texts(lang)('case.input_has', what=what)}" if what else told


def notation(case: Case, lang: str) -> str:
    """What the input of a case has by its notation; empty for the plain one."""
    found = suite_of(case).notation(case)
    return found.what[lang] if found else ""


def parse(case_id: str) -> Case:
    """Parse a case id; raises UsageError for an invalid one."""
    match = _ID.fullmatch(case_id)
    suite = SUITES.get(match["suite"]) if match else None
    if match and suite:
        message = catalogue().one(match["message"])
        route, place = tuple(match["route"].split("-")), (int(match["seed"]), int(match["index"]))
        case = Case(suite.name, message.name, route, *place, match["kind"] or "")
        case = suite.complete(case)
        if case.id == case_id and suite.has(case, message):
            return case
    raise UsageError(
        "USE-CASE", f"no case {case_id!r}", do="copy the id from a report, to the last character"
    )
