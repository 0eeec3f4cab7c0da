"""How the faults of the world fared, and their part of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.suts.fault_kinds.kinds import Json
from tests.suts.world.recipes import WorldFault, world_faults

HEADING = "## Faults of the world"
CAUGHT, ADVISES, GREEN = "caught", "only advises", "green"
_NEVER_ANSWERED = ("crash", "timeout")
_DIRECTIONS = {"2.1": "2.0-2.1", "2.0": "2.1-2.0"}
_INTRO = """These were written before it was seen whether a run finds them. They run at the count
and the seed that `ikeur run` has by default, in the message types named. Where a fault is not
caught everywhere, *result* says in which types, and to which release, it is green or only advises.
*First shown by* is the first case with a finding, of each type.
"""


@dataclass(frozen=True)
class Fared:
    """How a fault fared: the state of each message type and release, and the first cases."""

    name: str
    states: Mapping[tuple[str, str], str]
    cases: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """In a word, or with the places that lack a finding that blocks."""
        found = set(self.states.values())
        if len(found) == 1:
            return found.pop()
        parts = [f"{state} in {self._places(state)}" for state in (ADVISES, GREEN)]
        kept = [part for part, state in zip(parts, (ADVISES, GREEN), strict=True) if state in found]
        return "; ".join([CAUGHT] * (CAUGHT in found) + kept)

    def _places(self, state: str) -> str:
        found: dict[str, list[str]] = {}
        for (message, release), own in self.states.items():
            if own == state:
                found.setdefault(message, []).append(release)
        return ", ".join(f"{name} to {' and '.join(to)}" for name, to in found.items())


def fared(fault: WorldFault, cases: Iterable[Json]) -> Fared:
    """How a fault fared, by the cases of a run in which nothing else is wrong."""
    states = dict.fromkeys(fault.places, GREEN)
    first: dict[str, str] = {}
    for case in cases:
        state = _state(case)
        if state == GREEN:
            continue
        first.setdefault(case["message"], case["id"])
        for place in states:
            if _shows(case, *place) and states[place] != CAUGHT:
                states[place] = state
    return Fared(fault.name, states, tuple(first.values()))


def _state(case: Json) -> str:
    """What a case says of the software."""
    if case["verdict"] in _NEVER_ANSWERED or any(item["blocking"] for item in case["findings"]):
        return CAUGHT
    return ADVISES if case["findings"] else GREEN


def _shows(case: Json, message: str, release: str) -> bool:
    """Whether a case asks for a message type in a release, by one conversion."""
    return bool(case["message"] == message and case["direction"] == _DIRECTIONS[release])


def section(results: Mapping[str, Fared]) -> str:
    """The part of the page on these faults."""
    rows = [_row(fault, results.get(fault.name)) for fault in world_faults().values()]
    head = "| fault | what it does | kind | types | written | result | first shown by |"
    return "\n".join(
        [f"{HEADING}\n", _INTRO, head, "| --- | --- | --- | --- | --- | --- | --- |", *rows]
    )


def _row(fault: WorldFault, known: Fared | None) -> str:
    measured = [known.result, ", ".join(known.cases)] if known else ["", ""]
    types, to = [_type(fault, name) for name in fault.messages.split(",")], ", ".join(fault.to)
    cells = [f"`{fault.name}`", fault.what, fault.kind, ", ".join(types), to, *measured]
    return "| " + " | ".join(cells) + " |"


def _type(fault: WorldFault, name: str) -> str:
    """A message type, with the release to which a fault cannot show in it."""
    to = fault.except_to.get(name)
    return f"{name} (not to {to}, as the other release cannot say it)" if to else name
