"""A defect in the tree of a message: the values of one class changed as its row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from generators.defects.table import Change, Defect
from schemas.errors import TableError
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import Field
from schemas.rules.book import own
from schemas.rules.compiling import compile_expression
from schemas.rules.history import History, State
from schemas.rules.scope import Chain, Placement, Run, Scope, Spot, placements
from schemas.xml_layout import leaves

# What is to be done to a tree, once all values are known.
Todo = Callable[[], None]


@dataclass(frozen=True)
class Struck:
    """A message with a defect, and the same without it.

    `chain` leads to the class that was struck, `element` is to blame.
    """

    clean: Node
    root: Node
    chain: Chain
    element: Spot


@dataclass(frozen=True)
class _Step:
    """A change compiled for a class: the elements that it sets, and the function of the value."""

    below: tuple[str, ...]
    spots: tuple[Spot, ...]
    value: Run | None
    of_earlier: bool
    clean: bool


@dataclass(frozen=True)
class _Plan:
    placement: Placement
    when: Run | None
    steps: tuple[_Step, ...]
    element: Spot


def struck(defect: Defect, message: MessageType, release: str, root: Node) -> Iterator[Struck]:
    """A copy of a message for each class that the defect can be made at."""
    for plan in _plans(defect, message, release):
        records = plan.placement.records
        for place in range(len(_chains(root, records))):
            clean = copied(root)
            if not _may(plan, _chains(clean, records), place):
                continue
            room = [step for step in plan.steps if step.clean]
            if not _strike(room, _chains(clean, records), place):
                continue
            spoilt = copied(clean)
            chains = _chains(spoilt, records)
            if _strike([step for step in plan.steps if not step.clean], chains, place):
                yield Struck(clean, spoilt, chains[place], plan.element)


def copied(node: Node) -> Node:
    """A tree of its own, to be changed."""
    result = Node(node.record, node.copied(), node.line)
    result.children = [copied(child) for child in node.children]
    return result


def _chains(root: Node, records: tuple[str, ...]) -> list[Chain]:
    """The ways to each class of a kind, in the order of the message."""
    found: list[Chain] = [(root,)]
    for record in records[1:]:
        found = [(*chain, child) for chain in found for child in chain[-1].of(record)]
    return found


def _may(plan: _Plan, chains: list[Chain], place: int) -> bool:
    """Whether a class is one that the defect can be made at."""
    if place == 0 and any(step.of_earlier for step in plan.steps):
        return False
    return plan.when is None or plan.when(chains[place], State(History())) is True


def _strike(steps: list[_Step], chains: list[Chain], place: int) -> bool:
    """Make the changes at one class; whether the values were there."""
    chain, state = chains[place], State(History())
    # All values are those from before the changes.
    todo: list[Todo] = []
    for step in steps:
        source = chains[place - 1] if step.of_earlier else chain
        value = step.value(source, state) if step.value else None
        if value is None and step.value and not step.of_earlier:
            return False
        todo += _put(step, chain, value)
    for do in todo:
        do()
    return True


def _put(step: _Step, chain: Chain, value: Any) -> Iterator[Todo]:
    below = [chain]
    for record in step.below:
        below = [(*one, child) for one in below for child in one[-1].of(record)]
    for one in below:
        for spot in step.spots:
            values = one[spot.depth].own
            if value is None:
                yield lambda values=values, key=spot.key: values.pop(key, None)
            else:
                text = _written(spot.field, value)
                yield lambda values=values, key=spot.key, text=text: values.update({key: text})


def _written(field: Field | None, value: Any) -> str:
    """A value of an expression, which has the codes of 2.1, in the notation of a 2.0 field."""
    if field is None:
        return str(value)
    row = field.rule.code_20(str(value))
    text = row.code_20 if row else str(value)
    return text.zfill(field.length) if field.is_number else text


@cache
def _plans(defect: Defect, message: MessageType, release: str) -> tuple[_Plan, ...]:
    found = []
    for placement in placements(message.name):
        if placement.named(defect.at):
            scope = Scope(message, release, placement, defect.where, own().shared)
            when = compile_expression(defect.when, scope).run if defect.when else None
            steps = tuple(step for change in defect.changes for step in _steps(change, scope))
            found.append(_Plan(placement, when, steps, scope.spot(defect.element)))
    if not found:
        raise TableError("TABLE-PATH", f"no class {defect.at} in {message.name}", defect.where)
    return tuple(found)


def _steps(change: Change, scope: Scope) -> Iterator[_Step]:
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
            yield _Step(below, spots, value, change.of_earlier, change.clean)


def _spots(change: Change, scope: Scope) -> tuple[Spot, ...]:
    """The elements of a change; of a group that is taken away all that stands in it."""
    names = [change.element]
    known = leaves(scope.message.name) if scope.message.root else {}
    own_keys = known.get(scope.placement.records[-1], {})
    if change.value is None and change.element not in own_keys:
        names = [key for key in own_keys if key.startswith(f"{change.element}/")]
    return tuple(spot for name in names if (spot := scope.find(name)))
