"""What applies to a whole message: its form in each release, and what any conversion keeps to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.layout.model import Refusal
from reports.layout.refusals import bases, lines
from reports.shared.texts import Texts
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT
from schemas.facts.together import together

MAPPING = "mapping"


def notes(
    message: MessageType, releases: Sequence[str], refusals: Sequence[Refusal], t: Texts
) -> dict[str, tuple[str, ...]]:
    """The notes by `2.0`, `2.1`, `mapping`, `refused-2.0` or `refused-2.1`, as far as they go."""
    found = {}
    if "2.0" in releases:
        found["2.0"] = tuple(_of_20(message, t))
    if "2.1" in releases and message.root:
        found["2.1"] = tuple(_of_21(message, t))
    if message.root:
        found[MAPPING] = tuple(_of_mapping(message, t))
    for release in releases:
        if told := tuple(lines(message, release, refusals, t)):
            found[f"refused-{release}"] = told
    return found


def _of_20(message: MessageType, t: Texts) -> Iterator[str]:
    yield t("layout.note.file", n=str(message.record_length))
    yield t("layout.note.lines")
    yield t("layout.note.types")
    yield t("layout.note.presence")
    yield t("layout.note.order")
    if COMMENT in message.records:
        yield t("layout.note.comments", records=", ".join(message.records[COMMENT].comments_on))
    for record, groups in together(message.name).items():
        for fields, _ in groups:
            names = ", ".join(field.name for field in fields)
            yield t("layout.note.together", fields=names, record=record)


def _of_21(message: MessageType, t: Texts) -> Iterator[str]:
    assert message.root is not None
    own = message.name.lower()
    yield t("layout.note.root", tag=f"{own}:{message.root.name}")
    yield t("layout.note.namespace", prefix=own, uri=message.namespace)
    yield t("layout.note.namespace", prefix=message.standard, uri=message.base_namespace)
    elements = message.elements.values()
    groups = any(item.optional and item.type is None for item in elements)
    yield t("layout.note.absent", groups=t("layout.note.absent_groups") if groups else "")
    yield t("layout.note.empty")
    yield t("layout.note.notation", bases=bases(message, t))


def _of_mapping(message: MessageType, t: Texts) -> Iterator[str]:
    for key in ("mapping_order", "mapping_refuse", "mapping_derived"):
        yield t(f"layout.note.{key}")
    if any(record.key for record in message.records.values()):
        yield t("layout.note.mapping_keys")
