"""Reads a TOML file of the user and checks its keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas import outside
from schemas.errors import UsageError

MOST_BYTES = 256 * 1024
# The parser takes minutes for a key of many thousands of parts.
_MOST_DOTS = 100
_DO = "name a configuration, which is a file"


def bad(path: Path, what: str, do: str = "") -> UsageError:
    """The error for an invalid configuration."""
    return UsageError("USE-CONFIG", what, str(path), do)


def typed(
    path: Path, table: Mapping[str, Any], known: Mapping[str, Any], where: str
) -> Mapping[str, Any]:
    """Return the table; raises UsageError for an unknown key or a value of another type."""
    for key, value in table.items():
        if key not in known:
            raise bad(path, f"unknown key {key!r} in {where}", f"known are {', '.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise bad(path, f"{key!r} in {where} is of the wrong type")
    return table


def _text(path: Path) -> str:
    try:
        return outside.asked(path, MOST_BYTES, "USE-CONFIG", _DO).decode("utf-8")
    except UnicodeDecodeError:
        raise bad(path, "not UTF-8", "save it as UTF-8") from None


def _short_keys(path: Path) -> str:
    """The text of a file, after checking that no line has a key too long for the parser."""
    text = _text(path)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise bad(path, f"line {number} has more than {_MOST_DOTS} dots", "shorten it")
    return text


def read(path: Path) -> Mapping[str, Any]:
    """Read a TOML file; raises UsageError if it cannot be read or is not TOML."""
    try:
        return tomllib.loads(_short_keys(path))
    except (ValueError, RecursionError) as error:
        raise bad(path, f"not TOML: {error}") from None
