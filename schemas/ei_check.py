"""What must hold between the records of a 2.0 message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from schemas import tables, totals
from schemas.ei_diagnose import field_address
from schemas.ei_links import (
    Together,
    link_fault,
    number_field,
    owner_faults,
    pair_faults,
    together,
    with_fields,
)
from schemas.faults import EiAddress, Fault
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import COMMENT, HEADER, TRAILER, Field, Record

COMMENT_LINE = 140
_EXPECTED = {
    "EI-FILLED": "a value",
    "EI-ALIGN": "no space before the value",
    "EI-CODE": "a code of the list",
    "EI-DATE": "a date, EEJJMMDD",
    "EI-TIME": "a time, UUMMSS",
}
Comments = Mapping[int, Sequence[Node]]
# The key of the comments that stand behind no record that may have one.
STRAY = 0


def value_fault(code: str, field: Field, raw: str, number: int) -> Fault:
    """The fault of a value; `number` is that of the record."""
    expected, evidence = _EXPECTED[code], field.evidence
    if code == "EI-CODE" and field.codelist:
        expected = f"a code of {field.codelist.name}"
        evidence = tables.weakest(evidence, field.codelist.evidence(raw.rstrip()))
    return Fault(code, raw.rstrip(), expected, ei=field_address(field, number), evidence=evidence)


@dataclass(frozen=True)
class _Plan:
    """What to check of one kind of record.

    `equal` holds the fields that repeat one above: the field, its name, and the record and the
    name of the other.
    """

    number: Field | None
    equal: tuple[tuple[Field, str, str, str], ...]
    alone: tuple[Field, ...]
    together: Together
    below: tuple[Record, ...]
    keyed: bool


def _equal(record: Record) -> Iterator[tuple[Field, str, str, str]]:
    for field in record.fields:
        if field.rule.role == "equal":
            owner, _, name = field.rule.argument.partition("/")
            yield field, field.name, owner, name


@cache
def _plans(name: str) -> dict[str, _Plan]:
    message = catalogue().one(name)
    plans = {}
    for code, record in message.records.items():
        below = tuple(item for item in message.records.values() if item.parent == code)
        plans[code] = _Plan(
            number=number_field(message, code),
            equal=tuple(_equal(record)),
            alone=with_fields(name)[code],
            together=together(name).get(code, ()),
            below=below,
            keyed=any(item.key for item in below),
        )
    return plans


def _counted(fields: Sequence[tuple[Node, Field | None]]) -> list[str | None]:
    """The numbers from 1 on, as many as there are records, in the notation of their fields."""
    return [
        f"{number:0{field.length}}" if field else None
        for number, (_, field) in enumerate(fields, 1)
    ]


def check(
    message: MessageType, root: Node, trailer: Node | None, comments: Comments
) -> list[Fault]:
    """The faults between the records, in a tree whose addresses move to their owners.

    `comments` holds the comment records by the identity of the node they stand behind.
    """
    checker = _Checker(message, comments)
    checker.node(root)
    checker.numbers()
    if trailer is not None:
        checker.trailer(trailer)
        values = root.values | trailer.values
        checker.faults += totals.check(message, root, values, trailer.line)
    return checker.faults


class _Checker:
    def __init__(self, message: MessageType, comments: Comments) -> None:
        self.message = message
        self.plans = _plans(message.name)
        self.comments = comments
        self.faults: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self.sequence: list[Node] = []
        # The last record of each kind on the way down, which records below repeat keys of.
        self.above: dict[str, Node] = {}
        comment = message.records.get(COMMENT)
        self.comment_fields = {f.rule.role: f for f in comment.fields} if comment else {}

    def node(self, node: Node) -> None:
        """Check a record and all below it, in the order of the file."""
        plan = self.plans[node.record]
        self.above[node.record] = node
        if node.record != HEADER:
            self.sequence.append(node)
        for field, own, owner, name in plan.equal:
            if owner in self.above and node.links[own] != self.above[owner].links[name]:
                expected = self.above[owner].links[name]
                self.faults.append(link_fault("EI-KEY", field, node, expected))
        if plan.alone or plan.together:
            self.faults += pair_faults(plan.alone, plan.together, node)
        if id(node) in self.comments:
            self.comment(node, self.comments[id(node)])
        if plan.below:
            self.children(node, plan)

    def children(self, node: Node, plan: _Plan) -> None:
        kinds = [child.record for child in node.children]
        for record in plan.below:
            count = kinds.count(record.code)
            if not record.lowest <= count <= record.highest:
                self.cardinality(node, record, count)
        for child in node.children:
            self.node(child)
        if plan.keyed:
            records = self.message.records
            keyed = [child for child in node.children if records[child.record].key]
            if keyed:
                self.faults += owner_faults(self.message, node, keyed)

    def cardinality(self, node: Node, record: Record, count: int) -> None:
        too_few = count < record.lowest
        self.faults.append(
            Fault(
                "EI-MISSING" if too_few else "EI-REPEATED",
                f"{count} of record {record.code}",
                f"{record.lowest} or more" if too_few else str(record.highest),
                ei=EiAddress(node.line, node.record),
                evidence=record.evidence,
            )
        )

    def comment(self, node: Node, lines: Sequence[Node]) -> None:
        number, fields = self.plans[node.record].number, self.comment_fields
        self.counts[COMMENT] += len(lines)
        of, count, text = (fields[role] for role in ("comment-of", "comment-line", "comment-text"))
        owner = node.links[number.name] if number else ""
        parts = []
        for place, line in enumerate(lines, 1):
            links = line.links
            if number and links[of.name] != owner:
                self.faults.append(link_fault("EI-COMMENT", of, line, owner))
            if links[count.name] != f"{place:0{count.length}}":
                expected = str(place).zfill(count.length)
                self.faults.append(link_fault("EI-COMMENT", count, line, expected))
            parts.append(links[text.name])
            for name, value in line.values.items():
                node.values[f"{COMMENT}/{name}"] = value
        # Every line but the last counts in full, so that a space at its end is kept.
        said = "".join(part.ljust(COMMENT_LINE) for part in parts).rstrip(" ")
        if said:
            node.values[text.name] = said
        else:
            self.faults.append(value_fault("EI-FILLED", text, "", lines[0].line))

    def numbers(self) -> None:
        """IDENTIFICATIE DETAILRECORD: 1 to n, or rising where the numbers of the heen are kept."""
        fields = [(node, self.plans[node.record].number) for node in self.sequence]
        if [n.links[f.name] if f else None for n, f in fields] == _counted(fields):
            return
        keeps, last, place = self.message.role == "retour", 0, 0
        self.sequence.sort(key=lambda node: node.line)
        for node in self.sequence:
            field = self.plans[node.record].number
            if field is None:
                continue
            raw = node.links[field.name]
            number = int(raw) if raw.isascii() and raw.isdigit() else -1
            place += 1
            # One wrong number does not make those behind it wrong, on whichever count they go on.
            if number <= last if keeps else number not in (last + 1, place):
                expected = str(last + 1 if keeps else place).zfill(field.length)
                self.faults.append(link_fault("EI-NUMBER", field, node, expected))
            last = max(number, last) if keeps else number

    def trailer(self, trailer: Node) -> None:
        self.counts.update(node.record for node in self.sequence)
        self.counts[COMMENT] += len(self.comments.get(STRAY, ()))
        for field in self.message.records[TRAILER].fields:
            if field.rule.role == "count":
                kind = field.rule.argument
                count = self.counts.total() if kind == "*" else self.counts[kind]
                expected = str(count).zfill(field.length)
                if trailer.links[field.name] != expected:
                    self.faults.append(link_fault("EI-COUNT", field, trailer, expected))
        plan = self.plans[TRAILER]
        self.faults += pair_faults(plan.alone, plan.together, trailer)
