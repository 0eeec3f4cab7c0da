"""The English words of findings, answers and errors, as they stand in the code."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

# What is made with words for people; whatever returns one of these makes it too.
MAKERS = {
    "Answer", "BadParameter", "BenchFinding", "BundleFault", "Check", "Contradiction", "Difference",
    "Fault", "FloodError", "FrameError", "IkeurError", "NoBundle", "Refused", "RunBroken",
    "UsageError", "Wrong", "_crash", "fault",
}  # fmt: skip
# What stands in a text for a value.
VALUE = "X"


def said_in(path: Path) -> Iterator[str]:
    """The texts of a module that reach a maker, with `VALUE` for each value in them."""
    module = _Module(ast.parse(path.read_text(encoding="utf-8")))
    calls = (node for node in module.nodes if isinstance(node, ast.Call))
    left: list[ast.AST] = []
    for call in calls:
        left += _arguments(call) if _name(call) in module.makers else ()
    seen = set[int]()
    while left:
        node = left.pop()
        if id(node) not in seen:
            seen.add(id(node))
            left += module.parts(node)
            if (text := _text(node)) is not None:
                yield text


class _Module:
    """What the names of a module stand for: each value, whatever the function it is set in."""

    def __init__(self, tree: ast.Module) -> None:
        self.nodes = [*ast.walk(tree)]
        self.returned: dict[str, list[ast.expr]] = {
            node.name: [*_returned(node)]
            for node in self.nodes
            if isinstance(node, ast.FunctionDef)
        }
        self.values = defaultdict[str, list[ast.expr]](list)
        for node in self.nodes:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for name in (part for target in targets for part in ast.walk(target)):
                    if isinstance(name, ast.Name):
                        self.values[name.id].append(node.value)
        self.makers = self._makers()

    def _makers(self) -> set[str]:
        found, before = set(MAKERS), set[str]()
        while found != before:
            before = set(found)
            found |= {
                name
                for name, values in self.returned.items()
                if any(
                    isinstance(node, ast.Call) and _name(node) in found
                    for value in values
                    for node in ast.walk(value)
                )
            }
        return found

    def parts(self, node: ast.AST) -> Iterable[ast.AST]:
        """What a value may come from."""
        match node:
            case ast.Name():
                return self.values.get(node.id, ())
            case ast.Call() if _name(node) in self.returned and _name(node) not in self.makers:
                return [*self.returned[_name(node)], *_arguments(node)]
            case ast.Subscript():
                return [node.value]
            case ast.IfExp():
                return [node.body, node.orelse]
            case ast.JoinedStr():
                return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return [node.elt]
            case ast.Compare():
                return ()
        return ast.iter_child_nodes(node)


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value:
            yield node.value


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _text(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            parts = (
                part.value if isinstance(part, ast.Constant) else VALUE for part in node.values
            )
            return "".join(map(str, parts))
    return None
