"""Reads `ikeur.toml`, the configuration of the system under test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.configuration.deviation_tables import declared
from harness.configuration.toml_file import bad, read, typed
from harness.sut.protocol import OPERATIONS
from harness.sut.registry import WAYS, carrying
from harness.sut.way import Way
from reports.events.deviations import Deviation
from reports.shared.visible import is_visible
from schemas.facts.codelists import RELEASES
from schemas.switch import overrides
from schemas.switch.overrides import Override
from schemas.switch.timeline import switch

NAME = "ikeur.toml"
_MOST_OF_LABEL = 100
NO_LABEL = "is too long, or has characters that cannot be seen"
LABEL = f"in at most {_MOST_OF_LABEL} visible characters"
_FILE = {"sut": dict, "deviation": list, "switch": dict}
_SWITCH = {"overrides": str}
_SUT = {"name": str, "version": str, "messages": list} | dict.fromkeys(OPERATIONS, dict)
_OPERATION = {"python_exe": str, "timeout_s": (int, float)}


@dataclass(frozen=True)
class WayConfig:
    """How the software is reached for one operation.

    `words` is its command, its address, its two folders or a Python target; `timeout` is in
    seconds.
    """

    way: str = ""
    words: tuple[str, ...] = ()
    python_exe: str = ""
    timeout: float | None = None

    @property
    def takes_interpreter(self) -> bool:
        """Whether the software is a function that an interpreter runs."""
        return bool(self.way) and WAYS[self.way].takes_interpreter


@dataclass(frozen=True)
class SutConfig:
    """The configured system under test, and how it is reached for each operation.

    `overrides` are the moved deadlines of the switch, from their own file.
    """

    name: str = ""
    version: str = ""
    messages: tuple[str, ...] | None = None
    ways: Mapping[str, WayConfig] = field(default_factory=dict)
    deviations: tuple[Deviation, ...] = ()
    overrides: tuple[Override, ...] = ()
    overrides_path: Path | None = None
    path: Path | None = field(default=None, compare=False)

    @property
    def describes_software(self) -> bool:
        """Whether the configuration describes the software at all."""
        return bool(self.name or self.version or self.messages is not None or self.ways)


def is_label(text: str) -> bool:
    """Whether reports can show a name or version as it is."""
    return len(text) <= _MOST_OF_LABEL and is_visible(text)


def _words(path: Path, way: Way, value: list[Any] | str) -> tuple[str, ...]:
    if isinstance(value, str):
        return way.words(value, str(path))
    if not value or not all(isinstance(word, str) for word in value):
        raise bad(path, "a command is a list of texts", 'write ["program", "argument"]')
    return tuple(value)


def _way(path: Path, table: Mapping[str, Any], operation: str) -> WayConfig:
    where, known = f"[sut.{operation}]", [way.name for way in carrying(operation)]
    types = {name: (list, str) if way.is_command else str for name, way in WAYS.items()}
    typed(path, table, {**types, **_OPERATION}, where)
    ways = [name for name in WAYS if name in table]
    if len(ways) != 1 or ways[0] not in known:
        raise bad(
            path, f"{where} needs one way that can carry it", f"give one of {', '.join(known)}"
        )
    timeout = table.get("timeout_s")
    if timeout is not None and not 0 < timeout <= 86_400:
        raise bad(path, f"'timeout_s' in {where} is not between 0 and 86400 seconds")
    words = _words(path, WAYS[ways[0]], table[ways[0]])
    if any("\0" in word for word in (*words, table.get("python_exe", ""))):
        raise bad(path, f"a NUL in a text of {where}")
    seconds = float(timeout) if timeout is not None else None
    return WayConfig(ways[0], words, table.get("python_exe", ""), seconds)


def _overrides_path(path: Path, data: Mapping[str, Any]) -> Path | None:
    """The file of the moved deadlines, relative to the configuration."""
    name = typed(path, data.get("switch", {}), _SWITCH, "[switch]").get("overrides")
    if name is None:
        return None
    if not name or "\0" in name:
        raise bad(path, "'overrides' in [switch] names no file")
    return path.parent.absolute() / str(name)


def _agreed(path: Path | None) -> tuple[Override, ...]:
    """Load the moved deadlines, which the switch must accept."""
    found = overrides.load(path) if path else ()
    switch(*RELEASES, found)
    return found


def load(path: Path) -> SutConfig:
    """Read a configuration; raises UsageError, naming the key, if it is invalid."""
    data = typed(path, read(path), _FILE, "the file")
    sut = typed(path, data.get("sut", {}), _SUT, "[sut]")
    for key in ("name", "version"):
        if not is_label(sut.get(key, "")):
            raise bad(path, f"{key!r} in [sut] {NO_LABEL}", f"write it {LABEL}")
    messages = sut.get("messages")
    if messages is not None and not all(isinstance(name, str) for name in messages):
        raise bad(path, "'messages' in [sut] is a list of texts")
    agreed = _overrides_path(path, data)
    return SutConfig(
        name=sut.get("name", ""),
        version=sut.get("version", ""),
        messages=tuple(messages) if messages is not None else None,
        ways={op: _way(path, sut[op], op) for op in OPERATIONS if sut.get(op)},
        deviations=declared(path, data.get("deviation", [])),
        overrides=_agreed(agreed),
        overrides_path=agreed,
        path=path,
    )
