"""How a record of 2.0 is written with values, and a comment, that are ready-made."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.ei.comments import comment_rows
from schemas.ei.record_templates import Shape, Template, is_encodable, pieces
from schemas.facts.comments import CommentFields
from schemas.facts.records import Field


def ready_shape(
    template: Template,
    present: tuple[str, ...],
    ready: Mapping[str, str],
    comment: CommentFields | None,
    comments: Template | None,
) -> Shape | None:
    """How a record looks with values that are ready-made; None where one of them does not fit.

    A comment among them is made of `comments`, the records that `comment` tells the fields of.
    """
    fixed = {name: ready[name] for name in ready.keys() - present}
    named = {item.name: item for item in template.fields}
    if not all(_fits(named[name], fixed[name]) for name in fixed.keys() & named.keys()):
        return None
    text = fixed.get(comment.text.name) if comment else None
    if comment is None or comments is None or text is None:
        return template.shape(present, (), fixed)
    # A comment tells the number of its record, in as many positions.
    if template.digits != comment.of.length or not _can_be_written(text):
        return None
    number = (comment.of.name,)
    rows = comment_rows(comment, text, fixed)
    return template.shape(present, ["".join(pieces(comments, number, row)) for row in rows], fixed)


def _fits(item: Field, value: str) -> bool:
    fits = len(value) == item.length if item.is_number else len(value) <= item.length
    return fits and _can_be_written(value)


def _can_be_written(text: str) -> bool:
    return text.isprintable() and is_encodable(text)
