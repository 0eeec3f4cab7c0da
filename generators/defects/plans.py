"""The rows of the defects compiled: for each class that they strike what is done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generators.defects.table import Change, Defect
from schemas.errors import TableError
from schemas.messages import MessageType
from schemas.rules.book import own
from schemas.rules.compiling import compile_expression
from schemas.rules.placements import Placement, placements
from schemas.rules.scope import Scope
from schemas.rules.spots import Run, Spot
from schemas.xml_layout import leaves


@dataclass(frozen=True)
class Step:
    """A change compiled for a class: the elements that it sets, and the function of the value."""

    below: tuple[str, ...]
    spots: tuple[Spot, ...]
    value: Run | None
    of_earlier: bool
    clean: bool


@dataclass(frozen=True)
class Plan:
    """Where a defect can be made, and by which steps; `element` is to blame."""

    placement: Placement
    when: Run | None
    steps: tuple[Step, ...]
    element: Spot


@cache
def plans(defect: Defect, message: MessageType, release: str) -> tuple[Plan, ...]:
    """What is done for a defect, at each place of its class; raises TableError."""
    found = []
    for placement in placements(message.name):
        if placement.named(defect.at):
            scope = Scope(message, release, placement, defect.where, own().shared)
            when = compile_expression(defect.when, scope).run if defect.when else None
            steps = tuple(step for change in defect.changes for step in _steps(change, scope))
            found.append(Plan(placement, when, steps, scope.spot(defect.element)))
    if not found:
        raise TableError("TABLE-PATH", f"no class {defect.at} in {message.name}", defect.where)
    return tuple(found)


def _steps(change: Change, scope: Scope) -> Iterator[Step]:
    """The change at each place of the class that it names, where this release has a place."""
    inner = [scope]
    if change.below:
        inner = [scope.below(placement) for placement in scope.classes(change.below)]
    for at in inner:
        spots = _spots(change, at)
        value = None
        if change.value is not None and spots:
            value = compile_expression(change.value, scope).run
        below = at.placement.records[len(scope.placement.records) :]
        if spots:
            yield Step(below, spots, value, change.of_earlier, change.clean)


def _spots(change: Change, scope: Scope) -> tuple[Spot, ...]:
    """The elements of a change; of a group that is taken away all that stands in it."""
    names = [change.element]
    known = leaves(scope.message.name) if scope.message.root else {}
    own_keys = known.get(scope.placement.records[-1], {})
    if change.value is None and change.element not in own_keys:
        names = [key for key in own_keys if key.startswith(f"{change.element}/")]
    if not names:
        raise TableError("TABLE-PATH", f"no element {change.element}", change.where)
    return tuple(spot for name in names if (spot := scope.find(name)))
