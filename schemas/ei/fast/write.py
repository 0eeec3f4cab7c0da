"""Writes the records of a 2.0 message in one step, without looking at each value."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ei.record_templates import LINE_END, encoded, filled, lacks_digits
from schemas.ei.write_strict import FilledRecord


def write_unchecked(rows: Sequence[FilledRecord], length: int) -> bytes | None:
    """Return the records as bytes, or None if a value does not fit or is not allowed in 2.0."""
    lines = [filled(template, row) for template, row in rows]
    # Values are padded but never truncated, so the length shows whether they fit.
    if {*map(len, lines)} != {length + len(LINE_END)}:
        return None
    if any(lacks_digits(template, row) for template, row in rows):
        return None
    return encoded(lines)
