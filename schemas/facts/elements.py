"""The elements of a 2.1 message: a tree built from its table and the complex types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.simple_types import SimpleType, compile_pattern

UNBOUNDED = 1_000_000_000
_DEEPEST = 50


@dataclass(frozen=True, eq=False)
class Element:
    """An element: a leaf with a type, or a group with children.

    `path` starts below the root (`Clienten/Client/Bsn`). `pattern` and `highest_value` restrict the
    type. `base` tells that it is in the namespace of the base schema.
    """

    name: str
    path: str
    lowest: int
    highest: int
    evidence: str
    type: SimpleType | None = None
    complex_name: str = ""
    pattern: str = ""
    highest_value: int | None = None
    base: bool = False
    children: tuple[Element, ...] = ()

    @property
    def optional(self) -> bool:
        """Whether it may be absent when its parent is present."""
        return self.lowest == 0

    def accepts(self, value: str) -> bool:
        """Whether it may hold a text, by its type and its own restrictions."""
        if self.type is None or not self.type.accepts(value):
            return False
        if self.pattern and not compile_pattern(self.pattern).fullmatch(value):
            return False
        return self.highest_value is None or int(self.type.canonical(value)) <= self.highest_value

    def walk(self) -> Iterator[Element]:
        """Yield the element and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def _bounds(row: tables.Row) -> tuple[int, int]:
    low, high = row.number("min"), UNBOUNDED if row["max"] == "*" else row.number("max")
    if low > high:
        raise TableError("TABLE-NUMBER", "the minimum is above the maximum", row.where)
    return low, high


class ComplexTypes:
    """The shared complex types, expanded wherever an element uses one."""

    def __init__(self, types: Mapping[str, SimpleType], folder: Path = tables.TABLES) -> None:
        self.types = types
        self.rows: dict[str, list[tables.Row]] = {}
        for row in tables.rows("xml21/complex_types", folder):
            self.rows.setdefault(row["type"], []).append(row)

    def element(self, row: tables.Row, path: str, type_name: str, base: bool) -> Element:
        """Build the element of a row with the children of its complex type; raises TableError."""
        lowest, highest = _bounds(row)
        element = Element(
            name=path.rpartition("/")[2],
            path=path,
            lowest=lowest,
            highest=highest,
            evidence=row.evidence,
            pattern=row["fixed_pattern"],
            highest_value=row.number("highest_value") if row.cells.get("highest_value") else None,
            base=base,
        )
        if type_name in self.types:
            return replace(element, type=self.types[type_name])
        if type_name not in self.rows:
            raise TableError("TABLE-TYPE", f"no type {type_name!r}", row.where)
        if path.count("/") > _DEEPEST:
            raise TableError(
                "TABLE-TYPE", f"{type_name} stands within itself", self.rows[type_name][0].where
            )
        children = tuple(
            self.element(child, f"{path}/{child['element']}", child["element_type"], True)
            for child in self.rows[type_name]
        )
        return replace(element, complex_name=type_name, children=children)


def _tree(path: str, below: Mapping[str, list[Element]], element: Element) -> Element:
    children = tuple(_tree(child.path, below, child) for child in below.get(path, []))
    return replace(element, children=children) if children else element


def load(message: str, shared: ComplexTypes, folder: Path = tables.TABLES) -> Element:
    """Return the root of a 2.1 message; raises TableError if a row precedes that of its parent."""
    below: dict[str, list[Element]] = {"": []}
    for row in tables.rows(f"xml21/{message}", folder):
        path = row["path"]
        parent = path.rpartition("/")[0]
        if parent not in below:
            raise TableError("TABLE-ORDER", f"{path} stands before its parent", row.where)
        if row["type"]:
            element = shared.element(row, path, row["type"], False)
        else:
            lowest, highest = _bounds(row)
            element = Element(path.rpartition("/")[2], path, lowest, highest, row.evidence)
            below[path] = []
        if any(element.name == other.name for other in below[parent]):
            raise TableError("TABLE-ORDER", f"{path} stands twice", row.where)
        below[parent].append(element)
    root = Element("Bericht", "", 1, 1, tables.weakest(*(e.evidence for e in below[""])))
    return _tree("", below, root)
