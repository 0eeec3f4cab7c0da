"""What findings of one cause have in common across message types and directions."""

from __future__ import annotations

import re

from reports.run.causes.causes import Cause
from reports.run.causes.field_identity import identity
from reports.run.causes.text_changes import DAY, change_of
from reports.run.causes.trace import path_of_parent

# Quoted values, numbers, paths and names differ from message to message.
_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\S*\d\S*|\([^)]*\)")
_AT = "-at-"
_OF_FIELD = ("field", "link", "rule")


def reason_of(cause: Cause) -> str:
    """The reason that the software gives, without the values of one message."""
    text = cause.reason or cause.example.actual
    return " ".join(_VALUES.sub("…", text).split())


def kind_of_flaw(cause: Cause) -> str:
    """The kind of an accepted flaw without its place; empty for other findings."""
    return cause.example.taken_with.partition(_AT)[0]


def keys_of(cause: Cause, level: str) -> list[tuple[str, ...]]:
    """What findings have in common if they have one cause; any of it suffices."""
    example = cause.example
    if example.taken_with and example.flaw:
        return [("kind", kind_of_flaw(cause)), ("refused", example.flaw.code)]
    if cause.code.startswith("SUT-"):
        return [("said", cause.code, reason_of(cause))]
    if level in ("file", "form"):
        return [("code", cause.code)]
    place = identity(example) or cause.place
    kind = "field" if level in _OF_FIELD else cause.code.partition("-")[0]
    keys: list[tuple[str, ...]] = [(kind, place)]
    if cause.code == "XML-STRUCTURE":
        keys = [("structure", place), _expected(cause)]
    return [key for key in (*keys, ("rule", example.rule), ("change", *_change(cause))) if key[-1]]


def _change(cause: Cause) -> tuple[str, ...]:
    """The change that the values show; one day that is wrong is told apart from another."""
    change = change_of(cause)
    return (cause.example.expected.replace("-", "")[4:], change) if change == DAY else (change,)


def _expected(cause: Cause) -> tuple[str, ...]:
    """What an element was found in place of: another namespace, or an element of its parent."""
    example = cause.example
    if example.actual.startswith("{"):
        return ("namespace", example.actual.partition("}")[0])
    return ("instead", path_of_parent(example), example.expected)
