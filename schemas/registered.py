"""Builds a registry: entries by their names."""

from __future__ import annotations

from typing import Protocol, TypeVar


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str:
        """The name."""


NamedT = TypeVar("NamedT", bound=Named)


def registered(*entries: NamedT) -> dict[str, NamedT]:
    """The entries by name, in order; raises ValueError for a duplicate name."""
    found: dict[str, NamedT] = {}
    for entry in entries:
        if entry.name in found:
            raise ValueError(f"two entries are named {entry.name!r}")
        found[entry.name] = entry
    return found
