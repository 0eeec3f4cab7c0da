"""`ikeur.toml`: what the system under test is and how it is reached."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.command_sut import parse
from harness.sut import OPERATIONS
from schemas.errors import UsageError

NAME = "ikeur.toml"
_MOST_BYTES = 1024 * 1024
_WAYS = ("command", "stream", "url", "folder", "python")
_SUT = {"name": str, "version": str, "messages": list} | dict.fromkeys(OPERATIONS, dict)
_OPERATION = {
    "command": (list, str),
    "stream": (list, str),
    "url": str,
    "folder": (list, str),
    "python": str,
    "python_exe": str,
    "timeout_s": (int, float),
}


@dataclass(frozen=True)
class WayConfig:
    """How the software is reached for one operation.

    `words` is its command, its address, its two folders, or a Python target; `timeout` in seconds.
    """

    way: str = ""
    words: tuple[str, ...] = ()
    python_exe: str = ""
    timeout: float | None = None


@dataclass(frozen=True)
class SutConfig:
    """The system under test of a configuration, and how it is reached for each operation."""

    name: str = ""
    version: str = ""
    messages: tuple[str, ...] | None = None
    ways: Mapping[str, WayConfig] = field(default_factory=dict)
    path: Path | None = field(default=None, compare=False)


def _bad(path: Path, what: str, do: str = "") -> UsageError:
    return UsageError("USE-CONFIG", what, str(path), do)


def _typed(
    path: Path, table: Mapping[str, Any], known: Mapping[str, Any], where: str
) -> Mapping[str, Any]:
    for key, value in table.items():
        if key not in known:
            raise _bad(path, f"unknown key {key!r} in {where}", f"known are {', '.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise _bad(path, f"{key!r} in {where} is of the wrong type")
    return table


def _words(path: Path, value: list[Any] | str) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(parse(value, str(path)))
    if not value or not all(isinstance(word, str) for word in value):
        raise _bad(path, "a command is a list of texts", 'write ["program", "argument"]')
    if any("\0" in word for word in value):
        raise _bad(path, "a NUL in a word of the command")
    return tuple(value)


def _way(path: Path, table: Mapping[str, Any], where: str) -> WayConfig:
    _typed(path, table, _OPERATION, where)
    ways = [way for way in _WAYS if way in table]
    if len(ways) != 1:
        raise _bad(path, f"{where} needs one way", f"give one of {', '.join(_WAYS)}")
    timeout = table.get("timeout_s")
    if timeout is not None and not 0 < timeout <= 86_400:
        raise _bad(path, f"'timeout_s' in {where} is not between 0 and 86400 seconds")
    value = table[ways[0]]
    words = (value,) if ways[0] in ("python", "url") else _words(path, value)
    seconds = float(timeout) if timeout is not None else None
    return WayConfig(ways[0], words, table.get("python_exe", ""), seconds)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(path, "larger than a configuration can be")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise _bad(path, "not UTF-8") from None
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from None


def load(path: Path) -> SutConfig:
    """Read a configuration; raises UsageError, naming the key, where it is not in order."""
    try:
        data = tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _bad(path, f"not TOML: {error}") from None
    _typed(path, data, {"sut": dict}, "the file")
    sut = _typed(path, data.get("sut", {}), _SUT, "[sut]")
    messages = sut.get("messages")
    if messages is not None and not all(isinstance(name, str) for name in messages):
        raise _bad(path, "'messages' in [sut] is a list of texts")
    return SutConfig(
        name=sut.get("name", ""),
        version=sut.get("version", ""),
        messages=tuple(messages) if messages is not None else None,
        ways={op: _way(path, sut[op], f"[sut.{op}]") for op in OPERATIONS if sut.get(op)},
        path=path,
    )
