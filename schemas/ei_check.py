"""What must hold between the records of a 2.0 message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from schemas import tables, totals
from schemas.ei_diagnose import field_address
from schemas.ei_links import (
    link_fault,
    link_fields,
    linked_value,
    number_field,
    owner_faults,
    with_faults,
)
from schemas.faults import EiAddress, Fault
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.records import COMMENT, HEADER, TRAILER, Field

COMMENT_LINE = 140
_EXPECTED = {
    "EI-FILLED": "a value",
    "EI-ALIGN": "no space before the value",
    "EI-CODE": "a code of the list",
    "EI-DATE": "a date, EEJJMMDD",
    "EI-TIME": "a time, UUMMSS",
}
Comments = Mapping[int, Sequence[Node]]


def value_fault(code: str, field: Field, raw: str, number: int) -> Fault:
    """The fault of a value; `number` is that of the record."""
    expected, evidence = _EXPECTED[code], field.evidence
    if code == "EI-CODE" and field.codelist:
        expected = f"a code of {field.codelist.name}"
        evidence = tables.weakest(evidence, field.codelist.evidence(raw.rstrip()))
    return Fault(code, raw.rstrip(), expected, ei=field_address(field, number), evidence=evidence)


def check(
    message: MessageType, root: Node, trailer: Node | None, comments: Comments
) -> list[Fault]:
    """The faults between the records, in a tree whose addresses move to their owners.

    `comments` holds the comment records by the identity of the node they stand behind.
    """
    checker = _Checker(message, comments)
    faults = list(checker.node(root, {}))
    faults += checker.numbers()
    if trailer is not None:
        faults += _counts(message, trailer, checker.counts)
        faults += with_faults(message, trailer)
        values = root.values | trailer.values
        faults += totals.check(message, root, values, trailer.line)
    return faults


class _Checker:
    def __init__(self, message: MessageType, comments: Comments) -> None:
        self.message = message
        self.comments = comments
        self.counts: Counter[str] = Counter()
        self.sequence: list[Node] = []

    def node(self, node: Node, above: dict[str, Node]) -> Iterator[Fault]:
        """The faults of a record and all below it, in the order of the file."""
        above = {**above, node.record: node}
        if node.record != HEADER:
            self.counts[node.record] += 1
            self.sequence.append(node)
        for field in link_fields(self.message.name)[node.record]:
            yield from self.equal(field, node, above)
        yield from with_faults(self.message, node)
        yield from self.comment(node)
        yield from self.cardinality(node)
        for child in node.children:
            yield from self.node(child, above)
        if keyed := [c for c in node.children if self.message.records[c.record].key]:
            yield from owner_faults(self.message, node, keyed)

    def equal(self, field: Field, node: Node, above: Mapping[str, Node]) -> Iterator[Fault]:
        expected = linked_value(self.message, field, above)
        if expected is not None and node.links.get(field.name, "").rstrip(" ") != expected:
            yield link_fault("EI-KEY", field, node, expected)

    def comment(self, node: Node) -> Iterator[Fault]:
        lines = self.comments.get(id(node), ())
        if not lines:
            return
        record = self.message.records[COMMENT]
        for number, line in enumerate(lines, 1):
            self.counts[COMMENT] += 1
            node.values |= {f"{COMMENT}/{name}": value for name, value in line.values.items()}
            for field in record.fields:
                expected = {
                    "comment-of": _identification(self.message, node),
                    "comment-line": str(number).zfill(field.length),
                }.get(field.rule.role)
                if expected is not None and line.links[field.name] != expected:
                    yield link_fault("EI-COMMENT", field, line, expected)
        text_field = next(f for f in record.fields if f.rule.role == "comment-text")
        # Every line but the last counts in full, so that a space at its end is kept.
        text = "".join(line.links[text_field.name].ljust(COMMENT_LINE) for line in lines)
        if text.strip(" "):
            node.values[text_field.name] = text.rstrip(" ")
        else:
            yield value_fault("EI-FILLED", text_field, "", lines[0].line)

    def cardinality(self, node: Node) -> Iterator[Fault]:
        found = Counter(child.record for child in node.children)
        for record in self.message.records.values():
            if record.parent != node.record:
                continue
            count = found[record.code]
            if not record.lowest <= count <= record.highest:
                code = "EI-MISSING" if count < record.lowest else "EI-REPEATED"
                address = EiAddress(node.line, node.record)
                expected = f"{record.lowest} or more" if count < record.lowest else "1"
                yield Fault(
                    code,
                    f"{count} of record {record.code}",
                    expected,
                    ei=address,
                    evidence=record.evidence,
                )

    def numbers(self) -> Iterator[Fault]:
        """IDENTIFICATIE DETAILRECORD: 1 to n, or rising where the numbers of the heen are kept."""
        last = 0
        for node in sorted(self.sequence, key=lambda item: item.line):
            field = number_field(self.message, node.record)
            if field is None:
                continue
            raw = node.links[field.name]
            number = int(raw) if raw.isdigit() else -1
            wrong = number <= last if self.message.role == "retour" else number != last + 1
            if wrong:
                yield link_fault("EI-NUMBER", field, node, str(last + 1).zfill(field.length))
            last = max(number, last + 1) if self.message.role != "retour" else max(number, last)


def _identification(message: MessageType, node: Node) -> str | None:
    field = number_field(message, node.record)
    return node.links[field.name] if field else None


def _counts(message: MessageType, trailer: Node, counts: Counter[str]) -> Iterator[Fault]:
    for field in message.records[TRAILER].fields:
        if field.rule.role != "count":
            continue
        kind = field.rule.argument
        count = counts.total() if kind == "*" else counts[kind]
        if trailer.links[field.name] != str(count).zfill(field.length):
            yield link_fault("EI-COUNT", field, trailer, str(count).zfill(field.length))
