"""Phrases that several kinds of report share."""

from __future__ import annotations

from collections.abc import Sequence

from reports.shared.texts import Texts
from reports.shared.visible import shortened, visible
from schemas.facts.catalogue import catalogue

_MOST_NAMED = 6


def tested(
    name: str, messages: Sequence[str], operations: Sequence[str], skipped: str, t: Texts
) -> str:
    """What was tested, in one sentence."""
    asked = ", ".join(operations) or t("tested.no_operation")
    known = len(catalogue().messages)
    types = t("tested.types", n=len(messages), of=known)
    return t("tested", sut=name, types=types, operations=asked, skipped=skipped)


def skipped(why: str, t: Texts) -> str:
    """Why a case was skipped."""
    kind, _, what = why.partition(" ")
    return t(f"skip.{kind}", what=what)


def some(names: Sequence[str], most: int = _MOST_NAMED, between: str = ", ") -> str:
    """The first names, and the number of the others."""
    first = between.join(visible(shortened(name)) for name in names[:most])
    rest = len(names) - most
    return f"{first} (+{rest})" if rest > 0 else first
