"""The comments of a 2.0 message: the fields of their records, and a text as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.messages import catalogue
from schemas.records import COMMENT, Field

COMMENT_LINE = 140


@dataclass(frozen=True)
class CommentFields:
    """The fields of a comment: the record it is on, the line, its text, and what only 2.0 has."""

    of: Field
    line: Field
    text: Field
    only_20: tuple[str, ...]

    def rows(self, text: str, values: Mapping[str, str]) -> list[dict[str, str]]:
        """The values of each record but for what it is on; those only 2.0 has are in the first.

        `values` are those of the record that is commented on.
        """
        rows = [
            {self.line.name: str(place).zfill(self.line.length), self.text.name: part}
            for place, part in enumerate(comment_lines(text), 1)
        ]
        for name in self.only_20:
            if value := values.get(f"{COMMENT}/{name}"):
                rows[0][name] = value
        return rows


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


def comment_lines(text: str) -> Iterator[str]:
    """The lines of a comment: all of 140 characters but the last, whatever the words."""
    for start in range(0, len(text), COMMENT_LINE):
        yield text[start : start + COMMENT_LINE]
