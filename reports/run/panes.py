"""Shows the expected and the actual message of a cause side by side on the page."""

from __future__ import annotations

from typing import Any

from reports.run.case_files import CaseFiles
from reports.run.causes.causes import Cause
from reports.shared import file_roles
from reports.shared import visible as values
from reports.shared.aligned import Alignment, aligned
from reports.shared.texts import Texts

_WHOLE = ("expected", "actual")
_REDUCED = ("smallest-expected", "smallest-actual")


def panes(cause: Cause, read: CaseFiles, t: Texts) -> dict[str, Any]:
    """The expected and the actual message of a cause beside each other, if both were kept."""
    reduced = cause.example.smallest.files if cause.example.smallest else {}
    for names, files in ((_REDUCED, reduced), (_WHOLE, cause.files)):
        one, other = (read(files[name]) if name in files else None for name in names)
        found = aligned(one, other) if one and other else None
        if found:
            labels = [file_roles.role(name, t) for name in names]
            return {"ruler": found.ruler, "labels": labels, "lines": _lines(found)}
    return {}


def _lines(found: Alignment) -> list[list[tuple[str, str, str, str]]]:
    """The lines of each message: how one fares, and its text before, at and after a difference."""
    sides: list[list[tuple[str, str, str, str]]] = [[], []]
    for pair in found.pairs:
        before, one, other, after = values.difference(pair.expected or "", pair.actual or "")
        for side, line, own in zip(sides, (pair.expected, pair.actual), (one, other), strict=True):
            kind = "gap" if line is None else "differs" if pair.differs else "same"
            side.append((kind, before, own, after) if pair.differs else (kind, line or "", "", ""))
    return sides
