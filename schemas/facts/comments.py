"""The fields of the comments of a 2.0 message, and the keys of what only 2.0 says with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.facts.message_types import catalogue
from schemas.facts.records import COMMENT, Field


@dataclass(frozen=True)
class CommentFields:
    """The fields of a comment: the record it is on, the line, its text, and what only 2.0 has."""

    of: Field
    line: Field
    text: Field
    only_20: tuple[str, ...]


def comment_key(name: str, place: int = 1) -> str:
    """The key, among the values of the record that is commented on, of a field of a line."""
    return f"{COMMENT}/{name}" if place == 1 else f"{COMMENT}/{name}[{place}]"


def of_comment_key(key: str) -> tuple[str, int]:
    """The field and the line that a key names; an empty name where it is none of a comment."""
    if not key.startswith(f"{COMMENT}/"):
        return "", 0
    name, _, place = key.removeprefix(f"{COMMENT}/").partition("[")
    return name, int(place.rstrip("]") or 1)


@cache
def comment_fields(name: str) -> CommentFields | None:
    """The fields of the comments of a message type, or None where it has none."""
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
