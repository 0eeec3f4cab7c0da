"""Writes the records of a 2.0 message in one step, without looking at each value."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ei.record_templates import LINE_END, checked, encoded
from schemas.ei.write_strict import FilledRecord


def write_unchecked(rows: Sequence[FilledRecord], length: int) -> bytes | None:
    """Return the records as bytes, or None if a value does not fit or is not allowed in 2.0."""
    lines = [checked(template, row) for template, row in rows]
    if {*map(len, lines)} != {length + len(LINE_END)}:
        return None
    return encoded(lines)
