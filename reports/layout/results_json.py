"""Layouts for programs; `layout.schema.json` describes the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from reports.layout.lists import ShownList
from reports.layout.model import MessageLayout
from reports.shared.texts import Texts

FORMAT_VERSION = 1


def document(
    items: Sequence[MessageLayout], lists: Sequence[ShownList], t: Texts
) -> dict[str, Any]:
    """The layouts of some message types, with the code lists that they name."""
    return {
        "format_version": FORMAT_VERSION,
        "lang": t.lang,
        "evidence": {grade: t(f"evidence.{grade}") for grade in "ABCD"},
        "messages": [asdict(item) for item in items],
        "codelists": [asdict(item) for item in lists],
    }
