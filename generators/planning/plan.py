"""What to draw for a message type, compiled once per release."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from generators.planning.rule_constraints import forbidden
from generators.values.absence import may_be_absent, not_blank, says_zero
from generators.values.agreements import AGREEMENTS, BEYOND, Agreement
from generators.values.domains import STATEFUL, Domain, choose, is_free
from generators.values.draw import Draw
from generators.values.specs import BOTH, Spec, of_element, of_field
from generators.values.value_pool import Pool, pick_of, pool_of
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import header_code
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field
from schemas.mapping.field_pairs import Mapped, mapped
from schemas.xml.layout import Group, Leaf, layout

# The probability that an optional value or group is present, and that one with a long code list is
# absent: its codes are only cycled through if it is mostly present.
PRESENT, RARELY = 0.6, 0.1
_FILLED = 0.8
_FOLDER = Path(__file__).parent


@dataclass
class LeafSlot:
    """An element to draw; `most` is the largest number of repetitions, 0 if it does not repeat.

    `share` is the probability that it is present.
    """

    key: str
    spec: Spec
    make: Domain
    most: int
    share: float

    @cached_property
    def texts(self) -> Pool[str] | None:
        """The pool of its texts, or None if one must be drawn for each message."""
        return pool_of(self.make, self.spec)

    @cached_property
    def pick(self) -> Callable[[Draw], str]:
        """The function that draws a text."""
        return pick_of(self.make, self.spec)

    @property
    def keys(self) -> Sequence[str]:
        """The keys of its values: one, or one for each repetition."""
        places = range(1, self.most + 1)
        return [f"{self.key}[{place}]" for place in places] or [self.key]

    @property
    def signature(self) -> Hashable:
        """All that drawing the element depends on."""
        return self.key, self.make, self.spec.bounds, self.most


@dataclass(eq=False)
class GroupSlot:
    """A group to draw; `record` is set for a class, which occurs `low` to `high` times."""

    key: str
    may_be_absent: bool
    agreement: Agreement | None
    record: str = ""
    low: int = 1
    high: int = 1
    members: list[LeafSlot | GroupSlot] = field(default_factory=list)

    @cached_property
    def share(self) -> float:
        """The probability that the group is present; higher if it holds whole records."""
        if not self.may_be_absent:
            return 1.0
        return _FILLED if self.holds_records else PRESENT

    @cached_property
    def is_free(self) -> bool:
        """Whether nothing in the group depends on the rest of the message, or on its number."""
        return self.agreement not in BEYOND and all(
            member.is_free and not member.record
            if isinstance(member, GroupSlot)
            else is_free(member.make, member.spec) and not member.most
            for member in self.members
        )

    @cached_property
    def signature(self) -> Hashable:
        """All that drawing the group depends on."""
        members = tuple((member.share, member.signature) for member in self.members)
        return self.key, self.agreement, members

    @cached_property
    def leaf_keys(self) -> frozenset[str]:
        """The keys of the elements of a class."""
        return frozenset(leaf.key for leaf in leaves(self))

    @property
    def is_whole(self) -> bool:
        """Whether everything in the group must be drawn together."""
        return self.may_be_absent or bool(self.record) or self.agreement is not None

    @cached_property
    def holds_records(self) -> bool:
        """Whether the group holds whole records."""
        return any(isinstance(member, GroupSlot) and member.record for member in self.members)


@dataclass(frozen=True)
class _Raw:
    """Writes a value in 2.0: without separators, zero-filled, and empty if that means absent."""

    between: str
    length: int
    absent: str

    def __call__(self, value: str) -> str:
        """Return the value as a tree holds it."""
        if self.between:
            value = value.replace(self.between, "")
        value = value.zfill(self.length)
        return "" if value == self.absent else value


@dataclass(frozen=True)
class FieldSlot:
    """A field that only 2.0 has."""

    field: Field
    spec: Spec
    make: Domain

    @cached_property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @cached_property
    def back(self) -> str | None:
        """The value that comes back from 2.1; None if that depends on other values."""
        rule = self.field.rule
        return None if rule.argument else not_blank(self.field, rule.back)

    @cached_property
    def is_dropped(self) -> bool:
        """Whether 2.1 drops the field, so that its rule determines its value on the way back."""
        return self.field.rule.role == "drop"

    @cached_property
    def absence(self) -> float:
        """The probability that it keeps its value from the way back, or is absent where allowed."""
        return RARELY if self.spec.has_long_list else 1 - PRESENT

    @property
    def signature(self) -> Hashable:
        """All that the field says depends on, if it depends on no others."""
        own = self.name, self.back, self.is_dropped, self.absence, self.make, self.spec.bounds
        return *own, self.spec.may_be_absent, self.field.type, self.field.length

    @cached_property
    def pick(self) -> Callable[[Draw], str]:
        """The function that draws a value as a tree holds it; empty if absent."""
        write = _Raw(
            between={"date": "-", "time": ":"}.get(self.spec.base, ""),
            length=self.field.length if self.field.is_number else 0,
            absent="" if says_zero(self.field) else self.field.blank,
        )
        return pick_of(self.make, self.spec, write)


@cache
def counts() -> dict[str, tuple[int, int]]:
    """Return the fewest and the most records per parent, by record name."""
    return {
        row["record_name"]: (row.number("low"), row.number("high"))
        for row in tables.rows("counts", _FOLDER)
    }


def count_of(message: MessageType, record: str, repeats: bool = True) -> tuple[int, int]:
    """Return the fewest and the most records of a kind; a return message may have no client."""
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
        """Whether a group may be absent: not if 2.0 requires one of its fields."""
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
    """Return the plan of a message type with a 2.1 form, for `2.0`, `2.1` or `both`."""
    message = catalogue().one(name)
    return _Planner(message, release).group(layout(name), HEADER)


@cache
def only_20(name: str) -> dict[str, tuple[FieldSlot, ...]]:
    """Return the 2.0-only fields of each record; the header's include the trailer's."""
    message = catalogue().one(name)
    found: dict[str, tuple[FieldSlot, ...]] = {}
    for record in message.records.values():
        code = HEADER if record.code == TRAILER else record.code
        slots = tuple(
            field_slot(message, item) for item in record.fields if item.has_value and not item.paths
        )
        found[code] = (*found.get(code, ()), *slots)
    return found


@cache
def wanted_above(name: str) -> dict[str, tuple[str, ...]]:
    """Return the fields of each record that 2.0-only fields below it are filled from."""
    found: dict[str, tuple[str, ...]] = {}
    for slots in only_20(name).values():
        for slot in slots:
            record, slash, field_name = slot.field.rule.argument.partition("/")
            if slash and field_name not in found.get(record, ()):
                found[record] = (*found.get(record, ()), field_name)
    return found


def _depends(member: LeafSlot | GroupSlot) -> bool:
    """Whether an element, or anything in a group, depends on the rest of the message."""
    if isinstance(member, LeafSlot):
        return member.make in STATEFUL
    return bool(member.record) or any(_depends(below) for below in member.members)


def split(slot: GroupSlot) -> tuple[GroupSlot, GroupSlot]:
    """Split a class into a part that can be prepared and one that depends on the message."""
    ready: list[LeafSlot | GroupSlot] = []
    own: list[LeafSlot | GroupSlot] = []
    for member in slot.members:
        if isinstance(member, GroupSlot) and (member.record or member.holds_records):
            # What is below a class is drawn by itself.
            continue
        if not _depends(member):
            ready.append(member)
        elif isinstance(member, LeafSlot) or member.is_whole:
            own.append(member)
        else:
            one, other = split(member)
            ready += [one] if one.members else []
            own += [other] if other.members else []
    return replace(slot, members=ready), replace(slot, members=own, agreement=None)


@cache
def class_slots(name: str, release: str) -> tuple[GroupSlot, ...]:
    """Return the classes of a message type, the whole message first."""

    def below(slot: GroupSlot) -> Iterator[GroupSlot]:
        for member in slot.members:
            if isinstance(member, GroupSlot):
                if member.record:
                    yield member
                yield from below(member)

    root = plan(name, release)
    return (root, *below(root))


def leaves(slot: GroupSlot) -> Iterator[LeafSlot]:
    """Yield the elements of a class, without those of the classes below it."""
    for member in slot.members:
        if isinstance(member, LeafSlot):
            yield member
        elif not member.record:
            yield from leaves(member)


def field_slot(message: MessageType, item: Field) -> FieldSlot:
    """Return the slot of a 2.0 field."""
    spec = of_field(message, item)
    return FieldSlot(item, spec, choose(spec))


@cache
def comment_slot(name: str) -> FieldSlot | None:
    """Return the slot of the comment text, or None if a message type has no comments."""
    message = catalogue().one(name)
    comment = message.records.get(COMMENT)
    for item in comment.fields if comment else ():
        if item.rule.role == "comment-text":
            return field_slot(message, item)
    return None
