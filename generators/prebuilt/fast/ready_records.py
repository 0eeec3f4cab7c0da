"""Formats of 2.0 records whose values and comments are partly ready-made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.ei.record_templates import RecordFormat, Template, is_encodable, parts
from schemas.facts.comments import CommentFields, comment_key
from schemas.facts.records import Field


def ready_format(
    template: Template,
    present: tuple[str, ...],
    ready: Mapping[str, str],
    comment: CommentFields | None,
    comments: Template | None,
) -> RecordFormat | None:
    """Return the format with ready-made values filled in, or None if one does not fit.

    A ready-made comment becomes records of the template `comments`, whose fields `comment` names.
    """
    fixed = {name: ready[name] for name in ready.keys() - present}
    named = {item.name: item for item in template.fields}
    if not all(_fits(named[name], fixed[name]) for name in fixed.keys() & named.keys()):
        return None
    text = fixed.get(comment.text.name) if comment else None
    if comment is None or comments is None or text is None:
        return template.format_for(present, (), fixed)
    # The comment's copy of the record number reuses its value, so both need the same length.
    if template.digits != comment.of.length or not _can_be_written(text):
        return None
    number = (comment.of.name,)
    rows = _comment(comment, text, fixed)
    return template.format_for(
        present, ["".join(parts(comments, number, row)) for row in rows], fixed
    )


def _comment(
    fields: CommentFields, text: str, values: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Yield the values of each comment record; all but the last have a full text."""
    longest = fields.text.length
    for place, start in enumerate(range(0, len(text), longest), 1):
        keys = {name: comment_key(name, place) for name in fields.only_20}
        own = {name: values[key] for name, key in keys.items() if values.get(key)}
        number = str(place).zfill(fields.line.length)
        yield own | {fields.line.name: number, fields.text.name: text[start : start + longest]}


def _fits(item: Field, value: str) -> bool:
    fits = len(value) == item.length if item.is_number else len(value) <= item.length
    return fits and _can_be_written(value)


def _can_be_written(text: str) -> bool:
    return text.isprintable() and is_encodable(text)
