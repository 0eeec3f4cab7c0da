"""The tests are packages, and what several of them share stands in a module that is no test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.paths import ROOT

MODULES = sorted((ROOT / "tests").rglob("*.py"))
TREES = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, at its head or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names)


def test_each_folder_is_a_package() -> None:
    assert len(TREES) > 300
    folders: set[Path] = {folder for path in TREES for folder in path.parents[:-1]}
    assert [folder for folder in folders if not (ROOT / folder / "__init__.py").is_file()] == []


def test_what_tests_share_is_imported_by_its_full_name_and_from_no_test() -> None:
    wrong = [
        (path, name)
        for path, tree in TREES.items()
        for name in imported(tree)
        if name.startswith(".") or ".test_" in name or name.startswith("test_")
    ]
    assert wrong == []


def test_nothing_is_put_on_the_path() -> None:
    nodes = ((path, node) for path, tree in TREES.items() for node in ast.walk(tree))
    attributes = ((path, node) for path, node in nodes if isinstance(node, ast.Attribute))
    assert [path for path, node in attributes if ast.unparse(node) == "sys.path"] == []
