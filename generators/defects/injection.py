"""Injects a defect into the tree of a message by changing the values of one class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generators.defects.plans import DefectPlan, EarlierPlan, Step, plans
from generators.defects.table import Defect
from schemas.facts.message_types import MessageType
from schemas.facts.records import Field
from schemas.message.node import Node
from schemas.rules.element_refs import Chain, ElementRef
from schemas.rules.registers.history import History, State

# A pending change to a tree, made once all values are known.
Edit = Callable[[], object]
# Makes the earlier messages for a class, and returns the chain to the matching class in each.
EarlierMaker = Callable[[tuple[EarlierPlan, ...], Chain], tuple[Chain, ...]]


@dataclass(frozen=True)
class Injected:
    """A message with a defect and its clean counterpart, each to follow the messages `before`.

    `chain` leads to the changed class; `element` is the one to blame.
    """

    before: tuple[tuple[MessageType, Node], ...]
    clean: Node
    root: Node
    chain: Chain
    element: ElementRef


def inject(
    defect: Defect, message: MessageType, release: str, root: Node, earlier_of: EarlierMaker
) -> Iterator[Injected]:
    """Yield a copy of a message for each class where the defect can be injected.

    `earlier_of` makes the preceding messages, for a rule that only a set can break.
    """
    for plan in plans(defect, message, release):
        records = plan.placement.records
        chains_there = chains_of(root, records)
        for place in range(len(chains_there)):
            if not _may(plan, chains_there, place):
                continue
            clean = copied(root)
            room = [step for step in plan.steps if step.clean]
            if not _apply(room, chains_of(clean, records), place):
                continue
            earlier = earlier_of(plan.before, chains_of(clean, records)[place])
            if len(earlier) < len(plan.before):
                continue
            spoilt = copied(clean)
            chains = chains_of(spoilt, records)
            steps = [step for step in plan.steps if not step.clean]
            if _apply(steps, chains, place, earlier):
                types = [before.message for before in plan.before]
                roots = [chain[0] for chain in earlier]
                pairs = tuple(zip(types, roots, strict=True))
                yield Injected(pairs, clean, spoilt, chains[place], plan.element)


def copied(node: Node) -> Node:
    """Return a deep copy of a tree."""
    result = Node(node.record, node.copied(), node.line)
    result.children = [copied(child) for child in node.children]
    return result


def chains_of(root: Node, records: tuple[str, ...]) -> list[Chain]:
    """Return the chains to all classes of a kind, in document order."""
    found: list[Chain] = [(root,)]
    for record in records[1:]:
        found = [(*chain, child) for chain in found for child in chain[-1].of(record)]
    return found


def _may(plan: DefectPlan, chains: list[Chain], place: int) -> bool:
    """Whether the defect can be injected at a class."""
    if place == 0 and any(step.of_earlier for step in plan.steps):
        return False
    return plan.when is None or plan.when(chains[place], State(History())) is True


def _apply(
    steps: list[Step], chains: list[Chain], place: int, earlier: tuple[Chain, ...] = ()
) -> bool:
    """Apply steps to one class; False if a value they need is absent."""
    chain, state = chains[place], State(History())
    # Evaluate all values before changing anything.
    todo: list[Edit] = []
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


def put(step: Step, chain: Chain, value: Any) -> Iterator[Edit]:
    """Yield the pending changes that set the elements of a step, or remove them for None."""
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
    """Convert the value of an expression, which uses 2.1 codes, to the notation of a 2.0 field."""
    said = str(value)
    if field is None:
        return said
    codes = [row.code_20 for row in field.rule.map if row.code_21 == said and row.back != "no"]
    text = codes[0] if codes else said
    return text.zfill(field.length) if field.is_number else text
