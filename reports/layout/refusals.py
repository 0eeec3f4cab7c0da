"""What is refused in a message type: a line for each group of kinds that the type can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.layout.model import Refusal
from reports.shared.texts import Texts
from schemas.facts import table_rows as tables
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT
from schemas.facts.table_rows import weakest

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class _Line:
    """A row: what is refused in a release, for the kinds of the suite `refuse` that it tells of."""

    release: str
    kinds: tuple[str, ...]
    what: Mapping[str, str]


@cache
def table() -> tuple[_Line, ...]:
    """Return the lines of the table; raises TableError with file and row."""
    return tuple(
        _Line(
            row.one_of("release", RELEASES),
            tuple(row["kinds"].split()),
            row.in_languages("what"),
        )
        for row in tables.rows("refusals", _FOLDER)
    )


def lines(
    message: MessageType, release: str, refusals: Sequence[Refusal], t: Texts
) -> Iterator[str]:
    """The lines of a release, each with the findings of its kinds and their weakest grade."""
    known = {item.kind: item for item in refusals if item.release == release}
    for line in table():
        found = [known[kind] for kind in line.kinds if kind in known]
        if line.release == release and found:
            codes = ", ".join(dict.fromkeys(item.code for item in found if item.code))
            what = line.what[t.lang].format(**_for_type(message, t))
            grade = weakest(*(item.evidence for item in found))
            key = "layout.refused" if codes else "layout.refused.uncoded"
            yield t(key, what=what, codes=codes, grade=grade)


def _for_type(message: MessageType, t: Texts) -> dict[str, str]:
    """What a line says of some types only."""
    has = {"comment": COMMENT in message.records, "gaps": message.role == "retour"}
    told = {name: t(f"layout.refused.{name}") if given else "" for name, given in has.items()}
    return told | {"bases": bases(message, t)}


def bases(message: MessageType, t: Texts) -> str:
    """The types of a message whose values are no plain text."""
    kinds = {item.type.base for item in message.elements.values() if item.type}
    return t("layout.bases_times" if "time" in kinds else "layout.bases")
