"""Compiles the defects of the tables: for each class they apply to, the changes to make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generators.defects.earlier_table import Copy, Earlier
from generators.defects.table import Change, Defect
from schemas.errors import TableError
from schemas.facts.message_types import MessageType
from schemas.rules.compile import compile_expression
from schemas.rules.element_refs import ElementRef, Evaluator
from schemas.rules.expression import Expression, parse
from schemas.rules.placements import Placement, placements
from schemas.rules.rulebook import default_rulebook
from schemas.rules.scope import Scope
from schemas.rules.tables import own_tables
from schemas.xml.layout import leaves


@dataclass(frozen=True)
class Step:
    """A change compiled for a class: the elements it sets, and the evaluator of their value.

    `of_message` is the number of the earlier message that supplies the value; 0 for none.
    """

    below: tuple[str, ...]
    refs: tuple[ElementRef, ...]
    value: Evaluator | None
    of_earlier: bool
    of_message: int
    clean: bool


@dataclass(frozen=True)
class EarlierPlan:
    """An earlier message: its type, the class in it that matches the defect, and its changes.

    The values are evaluated at the class with the defect.
    """

    message: MessageType
    placement: Placement
    when: Evaluator | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DefectPlan:
    """Where a defect can be injected, by which steps and after which messages.

    `element` is the one to blame.
    """

    placement: Placement
    when: Evaluator | None
    steps: tuple[Step, ...]
    before: tuple[EarlierPlan, ...]
    element: ElementRef


@cache
def plans(defect: Defect, message: MessageType, release: str) -> tuple[DefectPlan, ...]:
    """Return a plan for each position of the defect's class; raises TableError."""
    earlier = [_scope(item.type_before(message), release, item) for item in defect.earlier]
    found = []
    for scope in _scopes(message, release, defect.at, defect.where):
        changes = (step for change in defect.changes for step in _steps(change, scope, earlier))
        pairs = zip(defect.earlier, earlier, strict=True)
        found.append(
            DefectPlan(
                placement=scope.placement,
                when=_compiled(defect.when, scope),
                steps=tuple(changes),
                before=tuple(
                    _before(item, there, scope, len(earlier) - number)
                    for number, (item, there) in enumerate(pairs)
                ),
                element=scope.ref(defect.element),
            )
        )
    return tuple(found)


def _scopes(message: MessageType, release: str, at: str, where: str) -> list[Scope]:
    """Return a scope for each position of a class; raises TableError if there is none."""
    found = [
        Scope(message, release, placement, where, default_rulebook().shared)
        for placement in placements(message.name)
        if placement.named(at)
    ]
    if not found:
        raise TableError("TABLE-PATH", f"no class {at} in {message.name}", where)
    return found


def _scope(message: MessageType, release: str, item: Earlier) -> Scope:
    return _scopes(message, release, item.at, item.where)[0]


def _compiled(expression: Expression | None, scope: Scope) -> Evaluator | None:
    return compile_expression(expression, scope).run if expression else None


def _before(item: Earlier, there: Scope, last: Scope, days: int) -> EarlierPlan:
    """Compile an earlier message, dated this many days before the last one."""
    date = parse(f"days_later({_dated(last.message)}, -{days})", item.where)
    steps = []
    for copy in (*item.copies, Copy(_dated(there.message), date, item.where)):
        change = Change("", copy.element, copy.value, False, 0, False, copy.where)
        if refs := _refs(change, there):
            at = Scope(last.message, last.release, last.placement, copy.where, last.shared)
            value = _compiled(copy.value, at)
            steps.append(Step((), refs, value, False, 0, False))
    return EarlierPlan(there.message, there.placement, _compiled(item.when, there), tuple(steps))


def _dated(message: MessageType) -> str:
    """Return the element with the date of a message."""
    return next(dated.element for dated in own_tables().dates if message in dated.messages)


def _steps(change: Change, scope: Scope, earlier: list[Scope]) -> Iterator[Step]:
    """Yield the change at each position of its class, unless this release lacks the element."""
    inner = [scope]
    if change.below:
        inner = [scope.below(placement) for placement in scope.classes(change.below)]
    for at in inner:
        if refs := _refs(change, at):
            source = earlier[change.of_message - 1] if change.of_message else at
            value = _compiled(change.value, source)
            below = at.placement.records[len(scope.placement.records) :]
            yield Step(below, refs, value, change.of_earlier, change.of_message, change.clean)


def _refs(change: Change, scope: Scope) -> tuple[ElementRef, ...]:
    """Return the elements of a change; removing a group removes everything in it."""
    names = [change.element]
    known = leaves(scope.message.name) if scope.message.root else {}
    own_keys = known.get(scope.placement.records[-1], {})
    if change.value is None and change.element not in own_keys:
        names = [key for key in own_keys if key.startswith(f"{change.element}/")]
    if not names:
        raise TableError("TABLE-PATH", f"no element {change.element}", change.where)
    return tuple(ref for name in names if (ref := scope.find(name)))
