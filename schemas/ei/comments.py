"""Splits the text of a comment into comment records of 2.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.facts.comments import CommentFields, comment_key

COMMENT_LINE = 140


def comment_rows(
    fields: CommentFields, text: str, values: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the values of each comment record, without the number of the record it belongs to.

    `values` are those of the record that the comment belongs to.
    """
    rows = []
    for place, part in enumerate(comment_lines(text), 1):
        row = {fields.line.name: str(place).zfill(fields.line.length), fields.text.name: part}
        for name in fields.only_20:
            if value := values.get(comment_key(name, place)):
                row[name] = value
        rows.append(row)
    return rows


def comment_lines(text: str) -> Iterator[str]:
    """Split a text into lines of 140 characters, regardless of words; the last may be shorter."""
    for start in range(0, len(text), COMMENT_LINE):
        yield text[start : start + COMMENT_LINE]
