"""Parser for the expressions of the rule tables.

An expression is a path (`Client:Bsn`), a text (`'01'`), a number (`120`) or an operator with its
arguments (`before(Begindatum, Einddatum)`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.errors import TableError

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<number>-?[0-9]+(?![\w/]))|(?P<word>[A-Za-z][\w:/]*)"
    r"|(?P<mark>[(),]))"
)
_DEEPEST = 20


@dataclass(frozen=True)
class Text:
    """A text literal, in single quotes."""

    value: str


@dataclass(frozen=True)
class Number:
    """An integer literal."""

    value: int


@dataclass(frozen=True)
class Path:
    """An element: of the class itself, of one above it (`Client:Bsn`), or of the header."""

    name: str


@dataclass(frozen=True)
class Call:
    """An operator with its arguments."""

    operator: str
    arguments: tuple[Expression, ...]


Expression = Text | Number | Path | Call


class _Parser:
    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        self.tokens = self._tokens()

    def _tokens(self) -> list[tuple[str, str]]:
        found, place, text = [], 0, self.text.rstrip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise self.error(f"cannot be read from {text[place : place + 20]!r} on")
            found.append((match.lastgroup or "", match.group(match.lastgroup or 0)))
            place = match.end()
        return found

    def error(self, what: str) -> TableError:
        return TableError("TABLE-SYNTAX", f"{self.text!r}: {what}", self.where)

    def take(self, wanted: str = "") -> tuple[str, str]:
        if not self.tokens:
            raise self.error("ends too early")
        kind, text = self.tokens.pop(0)
        if wanted and text != wanted:
            raise self.error(f"{wanted!r} must stand where {text!r} stands")
        return kind, text

    def next_is(self, mark: str) -> bool:
        return bool(self.tokens) and self.tokens[0] == ("mark", mark)

    def expression(self, depth: int = 0) -> Expression:
        kind, text = self.take()
        if depth > _DEEPEST:
            raise self.error("too deep")
        if kind == "text":
            return Text(text[1:-1])
        if kind == "number":
            return Number(int(text))
        if kind != "word":
            raise self.error(f"{text!r} stands in the wrong place")
        return self.call(text, depth) if self.next_is("(") else Path(text)

    def call(self, operator: str, depth: int) -> Call:
        self.take("(")
        arguments: list[Expression] = []
        while not self.next_is(")"):
            if arguments:
                self.take(",")
            arguments.append(self.expression(depth + 1))
        self.take(")")
        return Call(operator, tuple(arguments))


def parse(text: str, where: str) -> Expression:
    """Parse an expression; `where` is its table row, for errors. Raises TableError."""
    parser = _Parser(text, where)
    found = parser.expression()
    if parser.tokens:
        raise parser.error(f"{parser.tokens[0][1]!r} stands behind its end")
    return found
