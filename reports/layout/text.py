"""The layout of a message type as lines for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.layout import wording
from reports.layout.model import Codes, ElementRow, Fate, FieldRow, MessageLayout, RecordPart
from reports.shared.texts import Texts
from reports.shared.visible import quoted, shortened

_MOST_EXAMPLE = 60
_DEEP = "       "


def lines(item: MessageLayout, t: Texts) -> Iterator[str]:
    """The lines of a layout; those of other messages follow after a blank line."""
    yield f"{item.name}  {wording.head(item, t)}"
    if item.remark:
        yield item.remark
    for name, told in item.notes.items():
        yield from ("", t(f"layout.notes.{name}"), *(f"  - {note}" for note in told))
    if item.records:
        yield from ("", t("layout.records"))
        for record in item.records:
            yield from _record(item, record, t)
    if item.elements:
        yield from ("", t("layout.elements"))
        fields = {row.anchor for record in item.records for row in record.fields}
        for element in item.elements:
            yield from _element(item, element, fields, t)
    for release, text in item.whole.items():
        yield from ("", wording.whole_title(item, release, t), *text.splitlines())
    yield from ("", wording.grades(t))


def _record(item: MessageLayout, record: RecordPart, t: Texts) -> Iterator[str]:
    yield from ("", f"{record.code} {record.name}  {wording.about_record(record, t)}")
    for field in record.fields:
        columns = f"{field.start}-{field.end}"
        kind = f"{field.type} {field.length}"
        example = _example(field.example)
        yield (
            f"{columns:>8}  {kind:6} {field.presence}  {field.name:36} "
            f"{field.evidence}  {example}".rstrip()
        )
        yield from _details_20(item, field, t)


def _details_20(item: MessageLayout, field: FieldRow, t: Texts) -> Iterator[str]:
    # Reserved columns have nothing to tell.
    if field.presence == "S":
        return
    yield from _codes(item, field.codes, f"{_DEEP}   ", t)
    for label, arrow, fate in (
        (t("layout.to_21"), "→", field.to_21),
        (t("layout.from_21"), "←", field.from_21),
    ):
        yield f"{_DEEP}   {label:8} {_fate(fate, arrow, field.evidence, t)}"


def _element(
    item: MessageLayout, row: ElementRow, fields: Collection[str], t: Texts
) -> Iterator[str]:
    """The lines of an element; what the shown `fields` tell is not repeated."""
    indent = "  " * (row.depth + 1)
    parts = [f"{indent}{row.tag}", row.times, wording.facets(row), row.evidence]
    yield "  ".join(filter(None, [*parts, _example(row.example)]))
    yield from _codes(item, row.codes, f"{indent}    ", t)
    if row.from_20 == row.to_20:
        yield f"{indent}    {_fate(row.from_20, '↔', row.evidence, t)}"
        return
    if row.to_20.places and all(place.anchor in fields for place in row.to_20.places):
        fate = max(row.from_20, row.to_20, key=lambda fate: fate.evidence)
        told = f"↔ {_places(fate)}: {t('layout.as_field')}"
        yield f"{indent}    {told}{_weaker(fate, row.evidence, t)}"
        return
    for label, arrow, fate in (
        (t("layout.from_20"), "←", row.from_20),
        (t("layout.to_20"), "→", row.to_20),
    ):
        yield f"{indent}    {label:8} {_fate(fate, arrow, row.evidence, t)}"


def _fate(fate: Fate, arrow: str, evidence: str, t: Texts) -> str:
    places = f"{arrow} {_places(fate)}: " if fate.places else ""
    return f"{places}{wording.fate(fate, t)}{_weaker(fate, evidence, t)}"


def _places(fate: Fate) -> str:
    return ", ".join(place.name for place in fate.places)


def _weaker(fate: Fate, evidence: str, t: Texts) -> str:
    told = wording.weaker(fate, evidence, t)
    return f" ({told})" if told else ""


def _codes(item: MessageLayout, codes: Codes | None, indent: str, t: Texts) -> Iterator[str]:
    if codes is None:
        return
    if wording.is_short(codes):
        yield f"{indent}{t('layout.codes')}: {codes.name}: {wording.codes(codes)}"
        return
    more = wording.long_list(codes, f"ikeur layout {item.name} --json", t)
    yield f"{indent}{t('layout.codes')}: {codes.name}: {more}"


def _example(text: str) -> str:
    return quoted(shortened(text, _MOST_EXAMPLE), "") if text.strip() else ""
