"""Phrases that the text and the page of a layout share."""

from __future__ import annotations

from reports.layout.model import Codes, ElementRow, Fate, MessageLayout, RecordPart
from reports.shared.texts import Texts

# A list of at most so many codes is shown in full.
MOST_CODES = 12
_GRADES = "ABCD"


def head(item: MessageLayout, t: Texts) -> str:
    """A message type in one line."""
    return t(
        "layout.head",
        title=item.title.removesuffix(" retour"),
        role=t(f"role.{item.role}"),
        sender=item.sender,
        receiver=item.receiver,
        codes=", ".join(item.message_codes),
        pair=item.pair,
    )


def about_record(item: RecordPart, t: Texts) -> str:
    """The place of a record in the message, and its length."""
    below = [t("layout.below", record=item.parent)] if item.parent else []
    parts = [
        *below,
        t("layout.times", times=item.times),
        t("layout.length", n=str(item.length)),
        t("layout.class_of", paths=", ".join(place.name for place in item.classes))
        if item.classes
        else "",
        f"{t('layout.evidence').lower()} {item.evidence}",
    ]
    return "; ".join(filter(None, parts))


def fate(item: Fate, t: Texts) -> str:
    """What becomes of a place, without where it goes."""
    return f"{t(f'layout.kind.{item.kind}')}: {'; '.join(item.words)}"


def weaker(item: Fate, evidence: str, t: Texts) -> str:
    """The grade of a mapping that is less certain than the row itself; else empty."""
    return t("layout.mapping_evidence", grade=item.evidence) if item.evidence > evidence else ""


def codes(item: Codes) -> str:
    """All codes of a short list, with their labels."""
    return "; ".join(f"{code} {label}".strip() for code, label in item.labels.items())


def is_short(item: Codes) -> bool:
    """Whether all codes of a list are shown at their place."""
    return len(item.labels) <= MOST_CODES


def long_list(item: Codes, command: str, t: Texts) -> str:
    """The bounds of a long list, and the command that shows all its codes."""
    ends = {"first": min(item.labels), "last": max(item.labels)}
    return t("layout.codes.more", n=str(len(item.labels)), command=command, **ends)


def facets(item: ElementRow) -> str:
    """The type of an element with its facets; codes have no bounds but their own."""
    bounds = ("minInclusive", "maxInclusive") if item.codes else ()
    shown = [f"{name} {value}" for name, value in item.facets.items() if name not in bounds]
    base = f"{item.type} ({item.base})" if item.base else item.type
    return ", ".join(filter(None, [base, *shown]))


def whole_title(item: MessageLayout, release: str, t: Texts) -> str:
    """The title of an example message; those of both releases have the same content."""
    title, first = t("layout.whole", release=release), next(iter(item.whole))
    return title if release == first else t("layout.whole.same", title=title, other=first)


def grades(t: Texts) -> str:
    """What the grades of evidence mean."""
    return "; ".join(t(f"evidence.{grade}") for grade in _GRADES)
