"""The field of a finding, without its position among repeated ones."""

from __future__ import annotations

import re

from reports.events.events import Finding

_PLACES = re.compile(r"\[[^]]*\]")


def without_places(path: str) -> str:
    """A 2.1 path without the positions of repeated elements."""
    return _PLACES.sub("", path)


def place_of(finding: Finding) -> str:
    """The field or element of a finding, without its position."""
    if finding.flaw:
        return finding.flaw.field if finding.taken_with else ""
    if finding.ei and finding.ei.field:
        return f"{finding.ei.record} {finding.ei.field}".strip()
    if finding.xml:
        return without_places(finding.xml.path)
    return finding.ei.record if finding.ei else ""
