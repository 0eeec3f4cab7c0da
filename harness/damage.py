"""Inputs that must be refused, made from a message that is in order."""

from __future__ import annotations

from harness.cases import Case
from harness.exchange import Exchange, write
from schemas.errors import IkeurError
from schemas.mapping import Mapped, mapped
from schemas.nodes import Node

_NO_MESSAGE = b"Geachte heer, mevrouw,\r\nHierbij ontvangt u de toewijzing.\r\n"
# Made of what codes are made of, and in no list.
_UNLISTED = ("7", "8", "77", "78", "99", "QZ", "7777", "7Q7Q")
_STEP = 1_000_000_007
_MOST_TRIES = 200


def _copy(node: Node) -> Node:
    result = Node(node.record, dict(node.values), node.line)
    result.children = [_copy(child) for child in node.children]
    return result


def _unlisted(pair: Mapped, value: str) -> str | None:
    """A code of the same length that neither release knows."""
    lists = [pair.field.codelist, *(item.type.codelist for item in pair.elements if item.type)]
    known = {code for found in lists if found for code in (item.code for item in found.codes)}
    return next((c for c in _UNLISTED if len(c) == len(value) and c not in known), None)


def _with_unknown_code(exchange: Exchange, release: str) -> bytes | None:
    """The message with one code that is in no list; None where it has no such code."""
    tree = _copy(exchange.trees[release])
    for node in tree.walk():
        for pair in mapped(exchange.message.name).get(node.record, ()):
            if pair.field.codelist is None or pair.field.rule.fallback or pair.field.rule.argument:
                continue
            names = (pair.field.name,) if release == "2.0" else pair.keys
            for name in names:
                code = _unlisted(pair, node.values.get(name, ""))
                if name in node.values and code:
                    node.values[name] = code
                    return write(exchange.message, tree, release)
    return None


def _unknown_code(exchange: Exchange, release: str) -> bytes:
    """As above, from the first message on that has a code; a return message may have none."""
    for attempt in range(_MOST_TRIES):
        tried = exchange
        if attempt:
            index = exchange.index + attempt * _STEP
            tried = Exchange(exchange.message, exchange.seed, index)
        if found := _with_unknown_code(tried, release):
            return found
    raise IkeurError("RUN-DAMAGE", f"no message of {exchange.message.name} has a code")


def damaged(case: Case, exchange: Exchange) -> bytes:
    """The input of a case that must be refused."""
    release, other = case.route
    if case.kind == "unknown-code":
        return _unknown_code(exchange, release)
    if case.kind == "wrong-release":
        return exchange.sources[other]
    if case.kind == "truncated":
        source = exchange.sources[release]
        return source[: len(source) // 2]
    if case.kind == "not-converted":
        return exchange.sources[release]
    return b"" if case.kind == "empty" else _NO_MESSAGE
