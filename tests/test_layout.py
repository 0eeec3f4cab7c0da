"""The tests are packages, and what several of them share stands in a module that is no test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT


@cache
def trees() -> dict[Path, ast.Module]:
    """The syntax tree of each module, by its path in the checkout."""
    paths = sorted((ROOT / "tests").rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, at its head or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names)


def test_each_folder_is_a_package() -> None:
    assert len(trees()) > 300
    folders: set[Path] = {folder for path in trees() for folder in path.parents[:-1]}
    assert [folder for folder in folders if not (ROOT / folder / "__init__.py").is_file()] == []


def test_what_tests_share_is_imported_by_its_full_name_and_from_no_test() -> None:
    wrong = [
        (path, name)
        for path, tree in trees().items()
        for name in imported(tree)
        if name.startswith(".") or ".test_" in name or name.startswith("test_")
    ]
    assert wrong == []


def test_nothing_is_put_on_the_path() -> None:
    nodes = ((path, node) for path, tree in trees().items() for node in ast.walk(tree))
    attributes = ((path, node) for path, node in nodes if isinstance(node, ast.Attribute))
    assert [path for path, node in attributes if ast.unparse(node) == "sys.path"] == []
