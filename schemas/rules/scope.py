"""Where an expression stands: a class of a message type in a release, and what it can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts.message_types import MessageType
from schemas.rules.element_refs import KeyRun, Spot, at_depth, spot_of
from schemas.rules.placements import Placement, placements
from schemas.xml.layout import leaves


@dataclass
class Shared:
    """What the scopes of a book have in common: what was compiled at which place, and keys."""

    registers: Mapping[str, str]
    compiled: dict[object, Any] = field(default_factory=dict)
    keys: dict[object, KeyRun] = field(default_factory=dict)


@dataclass
class Scope:
    """What an expression of a row can name.

    `evidence` gathers the grades of what it names, `named` the record and the key there, `asked`
    the registers that it asks.
    """

    message: MessageType
    release: str
    placement: Placement
    where: str
    shared: Shared
    evidence: list[str] = field(default_factory=list)
    named: set[tuple[str, str]] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def below(self, placement: Placement) -> Scope:
        """The same at another class; what is named there counts here too."""
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
        """An error at the row that the expression stands in."""
        where = f"{self.message.name} {'/'.join(self.placement.names)} in {self.release}"
        return TableError(code, f"{what} ({where})", self.where)

    def depth_of(self, name: str) -> int:
        """How deep the nearest class of a name stands, of this one and those above it."""
        names = self.placement.names
        for depth in range(len(names) - 1, -1, -1):
            if names[depth] == name:
                return depth
        raise self.error("TABLE-PATH", f"no class {name} here or above")

    def find(self, path: str) -> Spot | None:
        """The element of a path, or None where this release has no place for it."""
        owner, colon, key = path.rpartition(":")
        depth = self.depth_of(owner) if colon else len(self.placement.names) - 1
        if key.startswith("Header/"):
            depth = 0
        record = self.placement.records[depth]
        elsewhere = key in leaves(self.message.name).get(record, {}) if self.message.root else False
        found = spot_of(self.message.name, self.release, record, key)
        if found is None and not elsewhere:
            raise self.error("TABLE-PATH", f"no element {path}")
        return at_depth(found, depth) if found else None

    def spot(self, path: str) -> Spot:
        """The element of a path; raises TableError where this release has no place for it."""
        found = self.find(path)
        if found is None:
            raise self.error("TABLE-PATH", f"{path} has no place in this release")
        self.evidence.append(found.evidence)
        self.named.add((found.record, found.key))
        mark = (self.message.name, self.release, self.placement, path)
        shared: Spot = self.shared.compiled.setdefault(mark, found)
        return shared

    def classes(self, name: str, top: bool = False) -> list[Placement]:
        """The classes of a name below this one, or anywhere in the message."""
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
        """The weakest of the facts that were named."""
        return tables.weakest(*self.evidence)
