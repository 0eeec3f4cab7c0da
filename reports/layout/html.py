"""`layout.html`: layouts for people, in a self-contained page with an anchor for each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reports.layout import wording
from reports.layout.lists import list_anchor, shown_lists
from reports.layout.model import Codes, Fate, MessageLayout
from reports.shared.html_templates import environment
from reports.shared.said import RETURN_CODE, said
from reports.shared.texts import Texts


def page(items: Sequence[MessageLayout], version: str, t: Texts) -> Iterator[str]:
    """Yield the page in pieces."""
    template = environment().get_template("layout.html.j2")
    return template.generate(**_view(items, version, t))


def _view(items: Sequence[MessageLayout], version: str, t: Texts) -> dict[str, Any]:
    return {
        "t": t,
        "version": version,
        "items": items,
        "lists": shown_lists(items),
        "anchors": set(_anchors(items)),
        "head": lambda item: wording.head(item, t),
        "about": lambda record: wording.about_record(record, t),
        "kind": lambda fate: t(f"layout.kind.{fate.kind}"),
        "words": lambda fate: "; ".join(fate.words),
        "graded": lambda row, fates: _graded(row.evidence, fates, t),
        "facets": wording.facets,
        "is_short": wording.is_short,
        "list_anchor": list_anchor,
        "label": lambda code: said(RETURN_CODE, code.label, t),
        "whole_title": lambda item, release: wording.whole_title(item, release, t),
        "codes_text": _codes_text,
        "grades": wording.grades(t),
        "with_examples": any(item.whole for item in items),
    }


def _anchors(items: Sequence[MessageLayout]) -> Iterator[str]:
    """The places that the page has, which alone can be linked to."""
    for item in items:
        for record in item.records:
            yield record.anchor
            yield from (row.anchor for row in record.fields)
        yield from (row.anchor for row in item.elements)


def _graded(evidence: str, fates: Sequence[Fate], t: Texts) -> str:
    """The grade of a row, and that of its mapping if it is weaker."""
    weaker = max(fates, key=lambda fate: fate.evidence)
    told = wording.weaker(weaker, evidence, t)
    return f"{evidence}, {told}" if told else evidence


def _codes_text(codes: Codes) -> str:
    return ", ".join(codes.labels)
