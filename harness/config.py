"""`ikeur.toml`: what the system under test is and how it is reached."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.command_sut import parse
from schemas.errors import UsageError

NAME = "ikeur.toml"
_MOST_BYTES = 256 * 1024
# The parser takes minutes over a key of many thousands of parts.
_MOST_DOTS = 100
_WAYS = ("command", "stream", "python")
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


def _way(path: Path, convert: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    ways = [way for way in _WAYS if way in convert]
    if len(ways) != 1:
        raise _bad(path, "[sut.convert] needs one way", f"give one of {', '.join(_WAYS)}")
    value = convert[ways[0]]
    return ways[0], (value,) if ways[0] == "python" else _words(path, value)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(path, "larger than a configuration can be")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise _bad(path, "not UTF-8") from None
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from None


def _short_keys(path: Path) -> str:
    """The text of a configuration of which no line holds a key that would keep the parser busy."""
    text = _text(path)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise _bad(path, f"line {number} has more than {_MOST_DOTS} dots", "shorten it")
    return text


def load(path: Path) -> SutConfig:
    """Read a configuration; raises UsageError, naming the key, where it is not in order."""
    try:
        data = tomllib.loads(_short_keys(path))
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a ValueError of another kind than TOML's own.
        raise _bad(path, f"not TOML: {error}") from None
    _typed(path, data, {"sut": dict}, "the file")
    sut = _typed(path, data.get("sut", {}), _SUT, "[sut]")
    convert = _typed(path, sut.get("convert", {}), _CONVERT, "[sut.convert]")
    messages = sut.get("messages")
    if messages is not None and not all(isinstance(name, str) for name in messages):
        raise _bad(path, "'messages' in [sut] is a list of texts")
    timeout = convert.get("timeout_s")
    if timeout is not None and not 0 < timeout <= 86_400:
        raise _bad(path, "'timeout_s' in [sut.convert] is not between 0 and 86400 seconds")
    way, words = _way(path, convert) if convert else ("", ())
    return SutConfig(
        name=sut.get("name", ""),
        version=sut.get("version", ""),
        messages=tuple(messages) if messages is not None else None,
        way=way,
        words=words,
        python_exe=convert.get("python_exe", ""),
        timeout=float(timeout) if timeout is not None else None,
        path=path,
    )
