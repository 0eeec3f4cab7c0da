"""What to draw for a message type, compiled once for each release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from generators.planning.rule_constraints import forbidden
from generators.values.absence import may_be_absent, says_zero
from generators.values.agreements import AGREEMENTS, Agreement
from generators.values.domains import STATEFUL, Domain, choose
from generators.values.draw import Draw
from generators.values.specs import BOTH, Spec, of_element, of_field
from schemas.facts import table_rows as tables
from schemas.facts.fills import header_code
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.xml.layout import Group, Leaf, layout

# How often a value or group is present that may be absent; codes of a long list come round only
# where they mostly are.
PRESENT, RARELY = 0.6, 0.1
_FILLED = 0.8
_FOLDER = Path(__file__).parent


@dataclass
class LeafSlot:
    """An element to draw a text for."""

    key: str
    spec: Spec
    make: Callable[[Draw, Spec], str]
    most: int
    share: float


@dataclass
class GroupSlot:
    """A group to draw what is in it; `record` is set for a class, which stands `low` to `high`."""

    key: str
    may_be_absent: bool
    agreement: Agreement | None
    record: str = ""
    low: int = 1
    high: int = 1
    members: list[LeafSlot | GroupSlot] = field(default_factory=list)

    @cached_property
    def share(self) -> float:
        """How often the group is present; one that holds whole records mostly is."""
        if not self.may_be_absent:
            return 1.0
        return _FILLED if self.holds_records else PRESENT

    @property
    def is_whole(self) -> bool:
        """Whether all in the group must be drawn together."""
        return self.may_be_absent or bool(self.record) or self.agreement is not None

    @cached_property
    def holds_records(self) -> bool:
        """Whether whole records stand in the group."""
        return any(isinstance(member, GroupSlot) and member.record for member in self.members)


@dataclass(frozen=True)
class FieldSlot:
    """A field that only 2.0 has."""

    field: Field
    spec: Spec
    make: Domain

    @cached_property
    def is_dropped(self) -> bool:
        """Whether 2.1 drops the field, so that it comes back as its rule says."""
        return self.field.rule.role == "drop"

    @cached_property
    def absence(self) -> float:
        """How often it is left as it comes back, or absent where it may be."""
        return RARELY if self.spec.has_long_list else 1 - PRESENT

    @cached_property
    def between(self) -> str:
        """What stands between the parts of a date or time of 2.1, and not in 2.0."""
        return "-" if self.spec.base == "date" else ":"

    @cached_property
    def filled_to(self) -> int:
        """Up to which length it is filled with zeros."""
        return self.field.length if self.field.is_number else 0

    @cached_property
    def absent(self) -> str:
        """What says that it is absent; an empty text where nothing does."""
        return "" if says_zero(self.field) else self.field.blank


@cache
def counts() -> dict[str, tuple[int, int]]:
    """How many records of a name a message has at its parent."""
    return {
        row["record_name"]: (row.number("low"), row.number("high"))
        for row in tables.rows("counts", _FOLDER)
    }


def count_of(message: MessageType, record: str, repeats: bool = True) -> tuple[int, int]:
    """The fewest and the most records of a kind; a return message may have no client."""
    kind = message.records[record]
    low, high = counts()[kind.name]
    return (min(low, kind.lowest), high) if repeats else (1, 1)


class _Planner:
    def __init__(self, message: MessageType, release: str) -> None:
        self.message = message
        self.release = release
        self.pairs: dict[str, dict[str, Mapped]] = {}
        for record, pairs in mapped(message.name).items():
            own = self.pairs.setdefault(HEADER if record == TRAILER else record, {})
            own |= {key.replace("[1]", ""): pair for pair in pairs for key in pair.keys}

    def leaf(self, leaf: Leaf, record: str) -> LeafSlot:
        pair = self.pairs.get(record, {}).get(leaf.key)
        spec = of_element(leaf.element, pair, self.release)
        if banned := forbidden(self.message.name, leaf.element.path):
            codes = tuple(code for code in spec.codes if code not in banned)
            spec = replace(spec, codes=codes)
        assert leaf.element.type is not None
        held = sum(key.startswith(f"{leaf.key}[") for key in self.held(record))
        most = (held + (self.release == "2.1")) if leaf.repeats else 0
        present = 1 - RARELY if spec.has_long_list else PRESENT
        share = present if spec.may_be_absent else 1.0
        return LeafSlot(leaf.key, spec, choose(spec, leaf.element.type.name), most, share)

    def held(self, record: str) -> list[str]:
        pairs = mapped(self.message.name)
        found = [key for pair in pairs.get(record, ()) for key in pair.keys]
        return found + [key for pair in pairs[TRAILER] for key in pair.keys if record == HEADER]

    def group(self, group: Group, record: str) -> GroupSlot:
        own = group.record or record
        members = [
            self.leaf(member, own) if isinstance(member, Leaf) else self.group(member, own)
            for member in group.members
        ]
        key = group.element.path
        if not group.record:
            kind = self.message.records[record]
            for container in filter(None, (kind.container, kind.keyed_container)):
                key = key.removeprefix(f"{container}/")
        slot = GroupSlot(
            key=key,
            may_be_absent=group.element.optional and self.absence_is_kept(members, key),
            agreement=AGREEMENTS.get(group.element.complex_name or group.element.name),
            record=group.record,
            members=members,
        )
        if group.record and group.record != HEADER:
            low, high = count_of(self.message, group.record, group.element.highest > 1)
            slot.low, slot.high = max(low, group.element.lowest), high
        return slot

    def absence_is_kept(self, members: list[LeafSlot | GroupSlot], key: str) -> bool:
        """Whether a group may be absent: not where 2.0 must have one of its fields filled."""
        if self.release == "2.1":
            return True
        code = header_code(self.message.name)
        if code and code.key.startswith(f"{key}/") and self.release == BOTH:
            return True
        leaves = [member for member in members if isinstance(member, LeafSlot)]
        pairs = {key: pair for own in self.pairs.values() for key, pair in own.items()}
        return not any(
            leaf.key in pairs and not may_be_absent(pairs[leaf.key].field) for leaf in leaves
        )


@cache
def plan(name: str, release: str) -> GroupSlot:
    """The plan of a message type that 2.1 has, for `2.0`, `2.1` or `both`."""
    message = catalogue().one(name)
    return _Planner(message, release).group(layout(name), HEADER)


@cache
def only_20(name: str) -> dict[str, tuple[FieldSlot, ...]]:
    """For each record the fields that only 2.0 has; the last record's belong to the header."""
    message = catalogue().one(name)
    found: dict[str, tuple[FieldSlot, ...]] = {}
    for record in message.records.values():
        code = HEADER if record.code == TRAILER else record.code
        slots = tuple(
            field_slot(message, item) for item in record.fields if item.has_value and not item.paths
        )
        found[code] = (*found.get(code, ()), *slots)
    return found


def hangs_on_message(slot: FieldSlot) -> bool:
    """Whether a 2.0-only field, or what it is by default, hangs on the message it stands in."""
    return slot.make in STATEFUL or "/" in slot.field.rule.argument


@cache
def own_fields(name: str) -> dict[str, tuple[FieldSlot, ...]]:
    """For each record its 2.0-only fields that hang on the message."""
    return {
        record: tuple(slot for slot in slots if hangs_on_message(slot))
        for record, slots in only_20(name).items()
    }


@cache
def wanted_above(name: str) -> dict[str, tuple[str, ...]]:
    """For each record its fields that 2.0-only fields below it are filled from."""
    found: dict[str, tuple[str, ...]] = {}
    for slots in only_20(name).values():
        for slot in slots:
            record, slash, field_name = slot.field.rule.argument.partition("/")
            if slash and field_name not in found.get(record, ()):
                found[record] = (*found.get(record, ()), field_name)
    return found


def _hangs(member: LeafSlot | GroupSlot) -> bool:
    """Whether an element, or anything in a group, hangs on the message it stands in."""
    if isinstance(member, LeafSlot):
        return member.make in STATEFUL
    return bool(member.record) or any(_hangs(below) for below in member.members)


def split(slot: GroupSlot) -> tuple[GroupSlot, GroupSlot]:
    """A class in two: what can be made ready beforehand, and what hangs on the message."""
    ready: list[LeafSlot | GroupSlot] = []
    own: list[LeafSlot | GroupSlot] = []
    for member in slot.members:
        if not _hangs(member):
            ready.append(member)
        elif isinstance(member, LeafSlot) or member.is_whole:
            own.append(member)
        else:
            one, other = split(member)
            ready.append(one)
            own.append(other)
    return replace(slot, members=ready), replace(slot, members=own, agreement=None)


@cache
def class_slots(name: str, release: str) -> tuple[GroupSlot, ...]:
    """The classes of a message type, the whole message first."""

    def below(slot: GroupSlot) -> Iterator[GroupSlot]:
        for member in slot.members:
            if isinstance(member, GroupSlot):
                if member.record:
                    yield member
                yield from below(member)

    root = plan(name, release)
    return (root, *below(root))


def leaves(slot: GroupSlot) -> Iterator[LeafSlot]:
    """The elements of a class, without those of the classes below it."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            yield member
        elif not member.record:
            yield from leaves(member)


def field_slot(message: MessageType, item: Field) -> FieldSlot:
    """A field of 2.0 with what to draw for it."""
    spec = of_field(message, item)
    return FieldSlot(item, spec, choose(spec))


@cache
def comment_slot(name: str) -> FieldSlot | None:
    """The text of a comment, where a message type has comments."""
    message = catalogue().one(name)
    comment = message.records.get(COMMENT)
    for item in comment.fields if comment else ():
        if item.rule.role == "comment-text":
            return field_slot(message, item)
    return None
