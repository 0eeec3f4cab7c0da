"""Where an expression is compiled: a class of a message type in a release, and what is in scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.rules.element_refs import ElementRef, KeyEvaluator, at_depth, element_ref
from schemas.rules.placements import Placement, placements
from schemas.xml.layout import leaves


@dataclass
class CompileCache:
    """What all scopes of a rulebook share: evaluators compiled so far, and register keys.

    `registers` gives the value type of each register.
    """

    registers: Mapping[str, str]
    compiled: dict[object, Any] = field(default_factory=dict)
    keys: dict[object, KeyEvaluator] = field(default_factory=dict)


@dataclass
class Scope:
    """The names in scope for an expression of a table row.

    Compilation collects `evidence` (grades of the elements used), `named` (their records and
    keys) and `asked` (the registers queried).
    """

    message: MessageType
    release: str
    placement: Placement
    where: str
    shared: CompileCache
    evidence: list[str] = field(default_factory=list)
    named: set[tuple[str, str]] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def below(self, placement: Placement) -> Scope:
        """Return a scope at another class that collects into this one."""
        return Scope(
            self.message,
            self.release,
            placement,
            self.where,
            self.shared,
            self.evidence,
            self.named,
            self.asked,
        )

    def error(self, code: str, what: str) -> TableError:
        """Return a TableError located at the row of the expression."""
        where = f"{self.message.name} {'/'.join(self.placement.names)} in {self.release}"
        return TableError(code, f"{what} ({where})", self.where)

    def depth_of(self, name: str) -> int:
        """Return the depth of the nearest class with a name, here or above; raises TableError."""
        names = self.placement.names
        for depth in range(len(names) - 1, -1, -1):
            if names[depth] == name:
                return depth
        raise self.error("TABLE-PATH", f"no class {name} here or above")

    def find(self, path: str) -> ElementRef | None:
        """Resolve a path, or return None if this release lacks the element.

        Raises TableError where neither release has it.
        """
        owner, colon, key = path.rpartition(":")
        depth = self.depth_of(owner) if colon else len(self.placement.names) - 1
        if key.startswith("Header/"):
            depth = 0
        record = self.placement.records[depth]
        elsewhere = key in leaves(self.message.name).get(record, {}) if self.message.root else False
        found = element_ref(self.message.name, self.release, record, key)
        if found is None and not elsewhere:
            raise self.error("TABLE-PATH", f"no element {path}")
        return at_depth(found, depth) if found else None

    def ref(self, path: str) -> ElementRef:
        """Resolve a path and note its use; raises TableError if this release lacks the element."""
        found = self.find(path)
        if found is None:
            raise self.error("TABLE-PATH", f"{path} has no place in this release")
        self.evidence.append(found.evidence)
        self.named.add((found.record, found.key))
        key = (self.message.name, self.release, self.placement, path)
        cached: ElementRef = self.shared.compiled.setdefault(key, found)
        return cached

    def classes(self, name: str, top: bool = False) -> list[Placement]:
        """Return the classes with a name below this one, or anywhere in the message if `top`.

        Raises TableError if there are none.
        """
        above = () if top else self.placement.records
        found = [
            item
            for item in placements(self.message.name)
            if item.named(name) and item.records[: len(above)] == above
        ]
        found = [item for item in found if len(item.records) > len(above)]
        if not found:
            raise self.error("TABLE-PATH", f"no class {name} below")
        return found

    def grade(self) -> str:
        """Return the weakest evidence grade of the elements used."""
        return tables.weakest(*self.evidence)
