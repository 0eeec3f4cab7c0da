"""How a record of 2.0 is written with values, and a comment, that are ready-made."""

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
    """How a record looks with values that are ready-made; None where one of them does not fit.

    A comment among them is made of `comments`, the records that `comment` tells the fields of.
    """
    fixed = {name: ready[name] for name in ready.keys() - present}
    named = {item.name: item for item in template.fields}
    if not all(_fits(named[name], fixed[name]) for name in fixed.keys() & named.keys()):
        return None
    text = fixed.get(comment.text.name) if comment else None
    if comment is None or comments is None or text is None:
        return template.format_for(present, (), fixed)
    # A comment tells the number of its record, in as many positions.
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
    """The lines of a comment, each as long as its field is; only the last may be shorter."""
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
