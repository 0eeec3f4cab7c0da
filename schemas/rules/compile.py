"""Compiles expressions to evaluators, checking them against the tables."""

from __future__ import annotations

from typing import Any

from schemas.rules.element_refs import BOOL, NUMBER, TEXT, Evaluator, missing
from schemas.rules.expression import Call, Expression, Number, Path, Text
from schemas.rules.keys import Numbers, Part, register_form, unsupported
from schemas.rules.operators.classes import Branch
from schemas.rules.operators.operator import (
    ANY,
    CLASS,
    KINDS,
    OF_EACH,
    OF_EACH_NUMBER,
    OF_EACH_VALUE,
    OF_VALUE,
    REGISTER,
    SAME,
    WRITTEN_NUMBER,
    WRITTEN_TEXT,
    Compiled,
    Operator,
)
from schemas.rules.operators.registry import OPERATORS
from schemas.rules.placements import ROOT
from schemas.rules.scope import Scope

_OF_EACH = {OF_EACH: BOOL, OF_EACH_NUMBER: NUMBER, OF_EACH_VALUE: ANY}
_SAID, _NUMBERS = "said", "numbers"


def compile_expression(expression: Expression, scope: Scope) -> Compiled:
    """Compile an expression for the class of a scope; raises TableError at the scope's row."""
    if isinstance(expression, Text):
        text = expression.value
        return Compiled(TEXT, lambda _, __: text)
    if isinstance(expression, Number):
        number = expression.value
        return Compiled(NUMBER, lambda _, __: number)
    if isinstance(expression, Path):
        found = scope.ref(expression.name)
        return Compiled(found.kind, found.run)
    if expression.operator == _SAID:
        return _said(expression, scope)
    return _call(expression, scope)


def _said(call: Call, scope: Scope) -> Compiled:
    """Compile an element that the release may lack; it is then always missing."""
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Path):
        raise scope.error("TABLE-KIND", f"{_SAID} takes one element")
    path = call.arguments[0]
    if scope.find(path.name) is None:
        there = Scope(scope.message, "2.1", scope.placement, scope.where, scope.shared)
        return Compiled(there.ref(path.name).kind, missing)
    return compile_expression(path, scope)


def compile_part(part: Expression, scope: Scope) -> Part:
    """Compile a part of a register key; `numbers(...)` holds its numbers. Raises TableError."""
    if isinstance(part, Call) and part.operator == _NUMBERS:
        return Numbers(tuple(_number(item, scope) for item in part.arguments))
    found = compile_expression(part, scope)
    if found.kind == BOOL:
        raise scope.error("TABLE-KIND", f"a key is given a {found.kind}")
    return register_form(scope, found.kind, found.run)


def _number(item: Expression, scope: Scope) -> Evaluator:
    """Compile a number of a key, which this release may not be able to express."""
    found = compile_expression(item, scope)
    is_said = not (isinstance(item, Call) and item.operator == _SAID and found.run is missing)
    return found.run if is_said else unsupported


def _call(call: Call, scope: Scope) -> Compiled:
    operator = OPERATORS.get(call.operator)
    if operator is None:
        raise scope.error("TABLE-OPERATOR", f"no operator {call.operator!r}")
    takes = _takes(operator, call, scope)
    operands: list[Any] = []
    kinds: list[str] = []
    arguments = list(zip(takes, call.arguments, strict=True))
    while arguments:
        wanted, argument = arguments.pop(0)
        if wanted == CLASS and arguments and arguments[0][0] in _OF_EACH:
            inner, of_each = arguments.pop(0)
            operands.append(_branches(argument, inner, of_each, scope, operator))
        elif wanted in KINDS and REGISTER in takes:
            operands.append(compile_part(argument, scope))
        elif wanted in KINDS:
            found = compile_expression(argument, scope)
            _check(wanted, found.kind, operator, scope)
            operands.append(found.run)
            kinds.append(found.kind)
        else:
            operands.append(_written(wanted, argument, operator, scope))
    return Compiled(_gives(operator, kinds, operands, scope), operator.make(scope, *operands))


def _takes(operator: Operator, call: Call, scope: Scope) -> tuple[str, ...]:
    """Return the kind of each argument; raises TableError if their count is wrong."""
    takes, count = operator.takes, len(call.arguments)
    if takes and takes[-1].endswith("..."):
        last = takes[-1].removesuffix("...")
        takes = (*takes[:-1], *[last] * max(count - len(takes) + 1, 1))
    if len(takes) != count:
        raise scope.error("TABLE-KIND", f"{operator.usage} has {count} arguments")
    return takes


def _check(wanted: str, found: str, operator: Operator, scope: Scope) -> None:
    fits = found != BOOL if wanted in (ANY, SAME) else found == wanted
    if not fits:
        raise scope.error("TABLE-KIND", f"{operator.usage} is given a {found}")


def _gives(operator: Operator, kinds: list[str], operands: list[Any], scope: Scope) -> str:
    if SAME in operator.takes or f"{SAME}..." in operator.takes:
        if len(set(kinds)) > 1:
            raise scope.error("TABLE-KIND", f"{operator.usage} is given {' and '.join(kinds)}")
        return kinds[0] if operator.gives == SAME else operator.gives
    if operator.gives == OF_VALUE:
        return kinds[-1]
    return scope.shared.registers[operands[0]] if operator.gives == REGISTER else operator.gives


def _written(wanted: str, argument: Expression, operator: Operator, scope: Scope) -> Any:
    """Return the value of a literal argument."""
    if wanted == WRITTEN_TEXT and isinstance(argument, Text):
        return argument.value
    if wanted == WRITTEN_NUMBER and isinstance(argument, Number):
        return argument.value
    if wanted == CLASS and isinstance(argument, Path):
        return argument.name
    if wanted == REGISTER and isinstance(argument, Text):
        if argument.value not in scope.shared.registers:
            raise scope.error("TABLE-REGISTER", f"no register {argument.value!r}")
        return argument.value
    raise scope.error("TABLE-KIND", f"{operator.usage}: {wanted} must be written out")


def _branches(
    argument: Expression, wanted: str, of_each: Expression, scope: Scope, operator: Operator
) -> list[Branch]:
    """Return the routes to the classes with a name, each with the evaluator for such a class."""
    name = _written(CLASS, argument, operator, scope)
    anywhere = operator.name == "among"
    above = 1 if anywhere else len(scope.placement.records)
    found = []
    for placement in scope.classes(name, anywhere):
        if placement.names[-1] == ROOT:
            continue
        compiled = compile_expression(of_each, scope.below(placement))
        _check(_OF_EACH[wanted], compiled.kind, operator, scope)
        found.append((placement.records[above:], compiled.run))
    return found
