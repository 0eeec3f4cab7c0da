"""Writes the records of a 2.0 message in one step, without looking at each value."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import LINE_END
from schemas.ei.write_strict import FilledRecord


def write_unchecked(rows: Sequence[FilledRecord], length: int) -> bytes | None:
    """Return the records as bytes, or None if a value does not fit or is not allowed in 2.0."""
    pieces: list[str] = []
    values: list[str] = []
    numbers: list[str] = []
    digits = 0
    for _, form, row in rows:
        pieces.append(form.text)
        values += form.pick(row)
        numbers += form.numbers(row)
        digits += form.digits
    text = "".join(pieces) % tuple(values)
    # Values are padded but never truncated, so the total length shows whether each record fits.
    fits = len(text) == len(rows) * (length + len(LINE_END)) and len("".join(numbers)) == digits
    if not fits or not "".join(values).isprintable():
        return None
    try:
        return text.encode(ENCODING)
    except UnicodeEncodeError:
        return None
