"""Splits a command line into words and fills in its placeholders."""

from __future__ import annotations

import shlex

from schemas.errors import UsageError

_PLACEHOLDERS = ("{from}", "{to}", "{input}", "{output}", "{message}", "{direction}", "{at}")


def parse(command: str, option: str) -> list[str]:
    """Split a command line; raises UsageError if that is impossible."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError("USE-COMMAND", f"{option}: {error}", command, "close the quote") from None
    if not words or not words[0]:
        raise UsageError("USE-COMMAND", f"{option} names no program", do="name one")
    if any("\0" in word for word in words):
        raise UsageError("USE-COMMAND", f"{option} holds a NUL in its command", do="remove it")
    return words


def filled(word: str, values: tuple[str, ...]) -> str:
    """Fill in the placeholders of a word."""
    for placeholder, value in zip(_PLACEHOLDERS, values, strict=True):
        word = word.replace(placeholder, value)
    return word
