"""A defect in the tree of a message: the values of one class changed as its row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generators.defects.plans import Before, Plan, Step, plans
from generators.defects.table import Defect
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.message.node import Node
from schemas.rules.element_refs import Chain, ElementRef
from schemas.rules.registers.history import History, State

# What is to be done to a tree, once all values are known.
Todo = Callable[[], object]
# For a class that is to be struck the classes that tell of it in each earlier message.
Tells = Callable[[tuple[Before, ...], Chain], tuple[Chain, ...]]


@dataclass(frozen=True)
class Struck:
    """A message with a defect, and the same without it, each after the messages `before`.

    `chain` leads to the class that was struck, `element` is to blame.
    """

    before: tuple[tuple[MessageType, Node], ...]
    clean: Node
    root: Node
    chain: Chain
    element: ElementRef


def struck(
    defect: Defect, message: MessageType, release: str, root: Node, tells: Tells
) -> Iterator[Struck]:
    """A copy of a message for each class that the defect can be made at.

    `tells` makes the messages before it, where it takes a set to break the rule.
    """
    for plan in plans(defect, message, release):
        records = plan.placement.records
        chains_there = chains_of(root, records)
        for place in range(len(chains_there)):
            if not _may(plan, chains_there, place):
                continue
            clean = copied(root)
            room = [step for step in plan.steps if step.clean]
            if not _strike(room, chains_of(clean, records), place):
                continue
            earlier = tells(plan.before, chains_of(clean, records)[place])
            if len(earlier) < len(plan.before):
                continue
            spoilt = copied(clean)
            chains = chains_of(spoilt, records)
            steps = [step for step in plan.steps if not step.clean]
            if _strike(steps, chains, place, earlier):
                types = [before.message for before in plan.before]
                roots = [chain[0] for chain in earlier]
                pairs = tuple(zip(types, roots, strict=True))
                yield Struck(pairs, clean, spoilt, chains[place], plan.element)


def copied(node: Node) -> Node:
    """A tree of its own, to be changed."""
    result = Node(node.record, node.copied(), node.line)
    result.children = [copied(child) for child in node.children]
    return result


def chains_of(root: Node, records: tuple[str, ...]) -> list[Chain]:
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


def _strike(
    steps: list[Step], chains: list[Chain], place: int, earlier: tuple[Chain, ...] = ()
) -> bool:
    """Make the changes at one class; whether the values were there."""
    chain, state = chains[place], State(History())
    # All values are those from before the changes.
    todo: list[Todo] = []
    for step in steps:
        of_another = step.of_earlier or step.of_message
        source = chains[place - 1] if step.of_earlier else chain
        if step.of_message:
            source = earlier[step.of_message - 1]
        value = step.value(source, state) if step.value else None
        if value is None and step.value and not of_another:
            return False
        todo += put(step, chain, value)
    for do in todo:
        do()
    return True


def put(step: Step, chain: Chain, value: Any) -> Iterator[Todo]:
    """What is to be done to give the elements of a step a value, or to take them away."""
    below = [chain]
    for record in step.below:
        below = [(*one, child) for one in below for child in one[-1].of(record)]
    for one in below:
        for ref in step.refs:
            values = one[ref.depth].values
            if value is None:
                yield partial(values.pop, ref.key, None)
            else:
                yield partial(values.__setitem__, ref.key, _written(ref.field, value))


def _written(field: Field | None, value: Any) -> str:
    """A value of an expression, which has the codes of 2.1, in the notation of a 2.0 field."""
    said = str(value)
    if field is None:
        return said
    codes = [row.code_20 for row in field.rule.map if row.code_21 == said and row.back != "no"]
    text = codes[0] if codes else said
    return text.zfill(field.length) if field.is_number else text
