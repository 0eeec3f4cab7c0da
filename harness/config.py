"""`ikeur.toml`: the system under test, how it is reached, and what is known to be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.command_sut import parse
from harness.deviations import declared
from harness.toml_file import bad, read, typed
from reports.deviations import Deviation

NAME = "ikeur.toml"
_WAYS = ("command", "stream", "python")
_FILE = {"sut": dict, "deviation": list}
_SUT = {"name": str, "version": str, "messages": list, "convert": dict}
_CONVERT = {
    "command": (list, str),
    "stream": (list, str),
    "python": str,
    "python_exe": str,
    "timeout_s": (int, float),
}


@dataclass(frozen=True)
class SutConfig:
    """The system under test of a configuration; `words` is its command, or a Python target."""

    name: str = ""
    version: str = ""
    messages: tuple[str, ...] | None = None
    way: str = ""
    words: tuple[str, ...] = ()
    python_exe: str = ""
    timeout: float | None = None
    deviations: tuple[Deviation, ...] = ()
    path: Path | None = field(default=None, compare=False)


def _words(path: Path, value: list[Any] | str) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(parse(value, str(path)))
    if not value or not all(isinstance(word, str) for word in value):
        raise bad(path, "a command is a list of texts", 'write ["program", "argument"]')
    if any("\0" in word for word in value):
        raise bad(path, "a NUL in a word of the command")
    return tuple(value)


def _way(path: Path, convert: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    ways = [way for way in _WAYS if way in convert]
    if len(ways) != 1:
        raise bad(path, "[sut.convert] needs one way", f"give one of {', '.join(_WAYS)}")
    value = convert[ways[0]]
    return ways[0], (value,) if ways[0] == "python" else _words(path, value)


def load(path: Path) -> SutConfig:
    """Read a configuration; raises UsageError, naming the key, where it is not in order."""
    data = typed(path, read(path), _FILE, "the file")
    sut = typed(path, data.get("sut", {}), _SUT, "[sut]")
    convert = typed(path, sut.get("convert", {}), _CONVERT, "[sut.convert]")
    messages = sut.get("messages")
    if messages is not None and not all(isinstance(name, str) for name in messages):
        raise bad(path, "'messages' in [sut] is a list of texts")
    timeout = convert.get("timeout_s")
    if timeout is not None and not 0 < timeout <= 86_400:
        raise bad(path, "'timeout_s' in [sut.convert] is not between 0 and 86400 seconds")
    way, words = _way(path, convert) if convert else ("", ())
    return SutConfig(
        name=sut.get("name", ""),
        version=sut.get("version", ""),
        messages=tuple(messages) if messages is not None else None,
        way=way,
        words=words,
        python_exe=convert.get("python_exe", ""),
        timeout=float(timeout) if timeout is not None else None,
        deviations=declared(path, data.get("deviation", [])),
        path=path,
    )
