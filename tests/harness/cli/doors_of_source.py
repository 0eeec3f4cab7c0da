"""Where the product opens files, and where it writes to the terminal, as its source tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
# By a call of one of these names a file is opened, whatever the name is taken from.
OPENERS = {
    "open", "fdopen", "FileIO", "read_bytes", "read_text", "write_bytes", "write_text", "mkstemp",
    "NamedTemporaryFile", "ZipFile", "TarFile", "XMLSchema", "iterparse", "copyfile", "copy2",
    "copytree", "fromfile", "loadtxt", "mmap", "open_code", "fileinput",
    "etree.parse", "ElementTree.parse", "tomllib.load", "sqlite3.connect", "shutil.copy",
    "shutil.move", "os.truncate", "linecache.getlines", "runpy.run_path", "configparser.read",
}  # fmt: skip
PRINTERS = {
    "print", "echo", "secho", "Console", "Progress", "Live", "print_exc", "print_exception",
    "StreamHandler", "basicConfig", "os.write", "os.writev", "warnings.warn",
}  # fmt: skip
STREAMS = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}
# A console that was made in one of the places has them too.
_METHODS = {"print"}


def opened(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The function and the name of each place in a module where a file is opened."""
    return _found(tree, OPENERS, set(), "")


def printed(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The function and the name of each place in a module where something is printed."""
    return _found(tree, PRINTERS, STREAMS, "")


def _found(
    node: ast.AST, called: set[str], named: set[str], where: str
) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        # What is handed on, as to `map`, is called too.
        for item in (node.func, *node.args, *(keyword.value for keyword in node.keywords)):
            yield from ((where, name) for name in called & _names(item) if not _is_method(item))
    elif isinstance(node, ast.Attribute):
        yield from ((where, name) for name in named & _names(node))
    elif isinstance(node, ast.ImportFrom):
        imported = {item.name: f"{node.module}.{item.name}" for item in node.names}
        # Another name would hide it.
        hidden = {item.name for item in node.names if item.asname}
        yield from ((where, full) for full in imported.values() if full in called | named)
        yield from ((where, name) for name in hidden & called)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        where = f"{where}.{node.name}".removeprefix(".")
    for child in ast.iter_child_nodes(node):
        yield from _found(child, called, named, where)


def _names(node: ast.AST) -> set[str]:
    """The last name of an expression, and with it the one before it."""
    if isinstance(node, ast.Name):
        return {node.id}
    if not isinstance(node, ast.Attribute):
        return set()
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    return {node.attr, f"{owner}.{node.attr}"}


def _is_method(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _METHODS


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the product, with its tree."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_bytes())
