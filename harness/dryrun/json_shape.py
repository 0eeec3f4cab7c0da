"""The shape of a JSON value: a JSON Schema, turned into a check once.

A general validator takes longer over a case than it takes to judge it. The checks are stricter than
JSON Schema in what JSON leaves open: a whole number is written as one, a number is finite, and text
is Unicode unless its pattern says otherwise.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

# Larger texts are looked at before they are read: what is no string takes many times its size.
_PLAIN = 1 << 20
_MOST_BUT_STRINGS = 1 << 23
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_UNICODE = r"[^\ud800-\udfff]*"
_TOLD = frozenset({"$schema", "$id", "$defs", "title", "description"})

# Where a value is not as it must be, below the place that is looked at; None where all is right.
Check = Callable[[Any], tuple[str, ...] | None]


class Misshapen(ValueError):
    """A value that is not as it is written; `where` is the way to it."""

    def __init__(self, where: str = "") -> None:
        super().__init__(where)
        self.where = where


class Shape:
    """The shape of a value, by a JSON Schema whose references are all to its own definitions."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.check = _check(_inlined(schema, schema.get("$defs", {})))

    def hold(self, value: Any) -> Any:
        """The value itself; raises Misshapen where it has another shape."""
        wrong = self.check(value)
        if wrong is not None:
            raise Misshapen("/".join(wrong))
        return value

    def read(self, data: bytes) -> Any:
        """The value of a JSON text; raises Misshapen where it is none, or has another shape."""
        return self.hold(parsed(data))


def parsed(data: bytes) -> Any:
    """The value of a JSON text; raises Misshapen where it is none, or not worth its memory."""
    if len(data) > _PLAIN and len(_STRING.sub(b"", data)) > _MOST_BUT_STRINGS:
        raise Misshapen
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Misshapen from None


def _no_number(_: str) -> None:
    raise Misshapen


def _inlined(node: Any, known: Mapping[str, Any]) -> Any:
    """A part of a schema with what it refers to in its place."""
    if isinstance(node, list):
        return [_inlined(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _inlined(known[node["$ref"].removeprefix("#/$defs/")], known)
    return {key: _inlined(item, known) for key, item in node.items() if key != "$defs"}


def _check(schema: Mapping[str, Any]) -> Check:
    """The check of a schema; raises ValueError for what it says that is not understood here."""
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
    # A value that is not null can only be what the last of them says.
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
    # `$` of Python also stands before a last line end; that of JSON Schema does not.
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
