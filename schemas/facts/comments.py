"""The fields of comment records, and the keys for their 2.0-only values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts.catalogue import catalogue
from schemas.facts.records import COMMENT, Field


@dataclass(frozen=True)
class CommentFields:
    """The fields of a comment: commented record's number, line number, text, 2.0-only fields."""

    of: Field
    line: Field
    text: Field
    only_20: tuple[str, ...]


def comment_key(name: str, place: int = 1) -> str:
    """Return the key of a comment field among the values of the commented record.

    `place` is the line number, from 1.
    """
    return f"{COMMENT}/{name}" if place == 1 else f"{COMMENT}/{name}[{place}]"


def of_comment_key(key: str) -> tuple[str, int]:
    """Parse a comment key to field name and line number; the name is empty for any other key."""
    if not key.startswith(f"{COMMENT}/"):
        return "", 0
    name, _, place = key.removeprefix(f"{COMMENT}/").partition("[")
    return name, int(place.rstrip("]") or 1)


@cache
def comment_fields(name: str) -> CommentFields | None:
    """Return the comment fields of a message type, or None if it has no comments."""
    record = catalogue().one(name).records.get(COMMENT)
    if record is None:
        return None
    roles = {field.rule.role: field for field in record.fields}
    return CommentFields(
        of=roles["comment-of"],
        line=roles["comment-line"],
        text=roles["comment-text"],
        only_20=tuple(field.name for field in record.fields if field.has_value),
    )
