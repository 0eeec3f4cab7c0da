"""Whether the causes of a run tell the faults apart that were put in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from reports.events.events import Finding
from reports.run.causes.causes import Cause
from tests.causes.draw import Part
from tests.suts.fault_kinds.kinds import fits, kinds
from tests.suts.fault_table import faults

Json = dict[str, Any]


def shown(part: Part, causes: Sequence[Cause]) -> set[int]:
    """The places of the causes that have a finding which the tables expect of a fault."""
    return {
        place
        for place, cause in enumerate(causes)
        if any(_shows(part, item.example) for item in (cause, *cause.follows))
    }


def told_apart(parts: Iterable[Part], causes: Sequence[Cause]) -> tuple[int, int]:
    """How many faults show at all, and how many of these have a cause of their own."""
    found = [places for part in parts if (places := shown(part, causes))]
    return len(found), _matched(found)


def _matched(found: Sequence[set[int]], taken: frozenset[int] = frozenset()) -> int:
    """The largest number of faults that get a cause each."""
    if not found:
        return 0
    first, *rest = found
    without = _matched(rest, taken)
    return max([without, *(1 + _matched(rest, taken | {place}) for place in first - taken)])


def _shows(part: Part, finding: Finding) -> bool:
    """Whether a finding is of a fault; a kind of input of whatever suite is judged whole."""
    told = _json(finding)
    return any(_expects(part, {**told, "suite": suite}) for suite in (told["suite"], "convert"))


def _json(finding: Finding) -> Json:
    return dict(json.loads(json.dumps(asdict(finding))))


def _expects(part: Part, finding: Json) -> bool:
    name, _, where = part.name.partition("__")
    if not where:
        return any(find.fits(finding) for find in faults()[name].finds if find.code != "*")
    kind, place = kinds()[name], int(where.partition("__")[0])
    spot = kind.spots(part.messages[0])[place]
    if finding["message"] != part.messages[0]:
        return False
    return any(fits(expected, spot, finding) for expected in kind.finds)
