"""A defect in the tree of a message: the values of one class changed as its row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generators.defects.plans import Plan, Step, plans
from generators.defects.table import Defect
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import Field
from schemas.rules.history import History, State
from schemas.rules.spots import Chain, Spot

# What is to be done to a tree, once all values are known.
Todo = Callable[[], object]


@dataclass(frozen=True)
class Struck:
    """A message with a defect, and the same without it.

    `chain` leads to the class that was struck, `element` is to blame.
    """

    clean: Node
    root: Node
    chain: Chain
    element: Spot


def struck(defect: Defect, message: MessageType, release: str, root: Node) -> Iterator[Struck]:
    """A copy of a message for each class that the defect can be made at."""
    for plan in plans(defect, message, release):
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


def _may(plan: Plan, chains: list[Chain], place: int) -> bool:
    """Whether a class is one that the defect can be made at."""
    if place == 0 and any(step.of_earlier for step in plan.steps):
        return False
    return plan.when is None or plan.when(chains[place], State(History())) is True


def _strike(steps: list[Step], chains: list[Chain], place: int) -> bool:
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


def _put(step: Step, chain: Chain, value: Any) -> Iterator[Todo]:
    below = [chain]
    for record in step.below:
        below = [(*one, child) for one in below for child in one[-1].of(record)]
    for one in below:
        for spot in step.spots:
            values = one[spot.depth].values
            if value is None:
                yield partial(values.pop, spot.key, None)
            else:
                yield partial(values.__setitem__, spot.key, _written(spot.field, value))


def _written(field: Field | None, value: Any) -> str:
    """A value of an expression, which has the codes of 2.1, in the notation of a 2.0 field."""
    if field is None:
        return str(value)
    row = field.rule.code_20(str(value))
    text = row.code_20 if row else str(value)
    return text.zfill(field.length) if field.is_number else text
