"""The layout of a message type, ready to be written as text, JSON or HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Examples:
    """Example values, and one whole message by release; all are optional.

    `fields` maps a record code and first column to a raw text, `elements` a path to a text.
    """

    fields: Mapping[tuple[str, int], str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """A kind of input of a release that is refused, its finding (or empty) and its evidence."""

    kind: str
    release: str
    code: str
    evidence: str


@dataclass(frozen=True)
class Codes:
    """The codes that a place allows, with their labels, and the name of their list."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A field (`07 EENHEID`) or an element (a path from below the root), with its anchor."""

    name: str
    anchor: str


@dataclass(frozen=True)
class Fate:
    """What becomes of a place in the other release, in words.

    `kind` is `kept`, `cut`, `lost`, `filled`, or `derived` for what follows from other data.
    `evidence` is the weakest grade of the facts behind it.
    """

    kind: str
    words: tuple[str, ...]
    places: tuple[Place, ...]
    evidence: str


@dataclass(frozen=True)
class FieldRow:
    """A field of a record; columns count from 1. `rule` is the phrase of its mapping row."""

    anchor: str
    record: str
    name: str
    start: int
    end: int
    type: str
    length: int
    presence: str
    codes: Codes | None
    example: str
    rule: str
    to_21: Fate
    from_21: Fate
    evidence: str


@dataclass(frozen=True)
class RecordPart:
    """A record and its fields; `times` is how often it occurs below its parent, such as `1..*`.

    `classes` are the elements that stand for it.
    """

    anchor: str
    code: str
    name: str
    parent: str
    times: str
    length: int
    classes: tuple[Place, ...]
    evidence: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True)
class ElementRow:
    """An element, in document order; `tag` has its namespace prefix, `depth` counts from 0.

    `type` is empty for a group. `facets` maps a facet of XML Schema to its value. `record` is the
    record of its class.
    """

    anchor: str
    path: str
    tag: str
    depth: int
    times: str
    type: str
    base: str
    facets: Mapping[str, str]
    codes: Codes | None
    example: str
    record: str
    to_20: Fate
    from_20: Fate
    evidence: str


@dataclass(frozen=True)
class MessageLayout:
    """The layout of a message type in one release or both.

    `notes` holds what applies to the whole message, by `2.0`, `2.1`, `mapping`, `refused-2.0` or
    `refused-2.1`; `remark` says why there is no 2.1 form.
    """

    anchor: str
    name: str
    title: str
    standard: str
    sender: str
    receiver: str
    role: str
    pair: str
    message_codes: tuple[str, ...]
    releases: tuple[str, ...]
    remark: str
    notes: Mapping[str, tuple[str, ...]]
    records: tuple[RecordPart, ...]
    elements: tuple[ElementRow, ...]
    whole: Mapping[str, str]
