"""Compiles a JSON Schema into a fast, strict check of a value.

A general validator takes longer over a case than judging does. Where JSON Schema leaves room, these
checks are stricter: an integer has no fraction or exponent, a number is finite, and text is Unicode
unless its pattern says otherwise.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

# Larger texts are measured before parsing: anything but strings takes many times its size.
_PLAIN = 1 << 20
_MOST_BUT_STRINGS = 1 << 23
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_UNICODE = r"[^\ud800-\udfff]*"
_TOLD = frozenset({"$schema", "$id", "$defs", "title", "description"})

# Returns the path to the first mismatch, or None for a match.
Check = Callable[[Any], tuple[str, ...] | None]


class Misshapen(ValueError):
    """A value that does not match its schema; `where` is the path to the mismatch."""

    def __init__(self, where: str = "") -> None:
        super().__init__(where)
        self.where = where


class Shape:
    """A compiled JSON Schema, with references to its own definitions only."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.check = _check(_inlined(schema, schema.get("$defs", {})))

    def hold(self, value: Any) -> Any:
        """Return the value; raises Misshapen for a mismatch."""
        wrong = self.check(value)
        if wrong is not None:
            raise Misshapen("/".join(wrong))
        return value

    def read(self, data: bytes) -> Any:
        """Parse a JSON text; raises Misshapen for invalid JSON or a mismatch."""
        return self.hold(parsed(data))


def parsed(data: bytes) -> Any:
    """Parse a JSON text; raises Misshapen if it is invalid or would take too much memory."""
    if len(data) > _PLAIN and len(_STRING.sub(b"", data)) > _MOST_BUT_STRINGS:
        raise Misshapen
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Misshapen from None


def _no_number(_: str) -> None:
    raise Misshapen


def _inlined(node: Any, known: Mapping[str, Any]) -> Any:
    """Replace the references in a part of a schema by their definitions."""
    if isinstance(node, list):
        return [_inlined(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(known[node["$ref"].removeprefix("#/$defs/")], known)
    return {key: _inlined(item, known) for key, item in node.items() if key != "$defs"}


def _check(schema: Mapping[str, Any]) -> Check:
    """Compile a schema; raises ValueError for an unsupported keyword."""
    if not schema:
        return lambda _: None
    words = dict(schema)
    for name in _TOLD & words.keys():
        del words[name]
    for name, make in (("oneOf", _one_of), ("enum", _enum), ("const", _const)):
        if name in words:
            found = make(words.pop(name))
            break
    else:
        found = _TYPES[words.pop("type", "")](words)
    if words:
        raise ValueError(f"not understood: {', '.join(words)}")
    return found


def _one_of(schemas: list[Any]) -> Check:
    # Report the mismatch with the last alternative: the others are null.
    checks = [_check(item) for item in schemas]

    def check(value: Any) -> tuple[str, ...] | None:
        wrong: tuple[str, ...] | None = ()
        for item in checks:
            if (wrong := item(value)) is None:
                return None
        return wrong

    return check


def _enum(values: list[Any]) -> Check:
    known = {(type(item), item) for item in values}
    kinds = {kind for kind, _ in known}
    return lambda value: None if type(value) in kinds and (type(value), value) in known else ()


def _const(value: Any) -> Check:
    return _enum([value])


def _null(_: dict[str, Any]) -> Check:
    return lambda value: None if value is None else ()


def _boolean(_: dict[str, Any]) -> Check:
    return lambda value: None if value is True or value is False else ()


def _integer(words: dict[str, Any]) -> Check:
    least, most = words.pop("minimum"), words.pop("maximum")
    return lambda value: None if type(value) is int and least <= value <= most else ()


def _number(words: dict[str, Any]) -> Check:
    least, most = words.pop("minimum"), words.pop("maximum")
    return lambda value: (
        None
        if type(value) in (int, float) and math.isfinite(value) and least <= value <= most
        else ()
    )


def _string(words: dict[str, Any]) -> Check:
    # `$` in Python also matches before a final newline; in JSON Schema it does not.
    pattern = words.pop("pattern", f"^{_UNICODE}$")
    if not (pattern.startswith("^") and pattern.endswith("$")):
        raise ValueError(f"a pattern of a part only: {pattern}")
    matches = re.compile(f"(?:{pattern[1:-1]})").fullmatch
    least, most = words.pop("minLength", 0), words.pop("maxLength", math.inf)
    return lambda value: (
        None if type(value) is str and least <= len(value) <= most and matches(value) else ()
    )


def _array(words: dict[str, Any]) -> Check:
    item_check = _check(words.pop("items"))
    least, most = words.pop("minItems", 0), words.pop("maxItems", math.inf)

    def check(value: Any) -> tuple[str, ...] | None:
        if type(value) is not list or not least <= len(value) <= most:
            return ()
        for number, item in enumerate(value):
            if (wrong := item_check(item)) is not None:
                return (str(number), *wrong)
        return None

    return check


def _object(words: dict[str, Any]) -> Check:
    parts = {name: _check(item) for name, item in words.pop("properties", {}).items()}
    needed, most = frozenset(words.pop("required", ())), words.pop("maxProperties", math.inf)
    others = words.pop("additionalProperties")
    other = None if others is False else _check(others)
    named = _check(words.pop("propertyNames", {"type": "string"}))

    def check(value: Any) -> tuple[str, ...] | None:
        if type(value) is not dict or not needed <= value.keys() or len(value) > most:
            return ()
        for key, item in value.items():
            part = parts.get(key)
            if part is None:
                if other is None or named(key) is not None:
                    return (key,)
                part = other
            if (wrong := part(item)) is not None:
                return (key, *wrong)
        return None

    return check


_TYPES: dict[str, Callable[[dict[str, Any]], Check]] = {
    "null": _null,
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "string": _string,
    "array": _array,
    "object": _object,
}
