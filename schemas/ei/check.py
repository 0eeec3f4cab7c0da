"""What must hold between the records of a 2.0 message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from schemas.ei import totals
from schemas.ei.check_plan import Plan, plans
from schemas.ei.comments import COMMENT_LINE
from schemas.ei.diagnose import field_address
from schemas.ei.links import link_fault, owner_faults, pair_faults
from schemas.facts import table_rows as tables
from schemas.facts.comments import comment_fields, comment_key
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field, Record
from schemas.message.fault import EiAddress, Fault
from schemas.message.node import Node

_LONGEST_ROW, _MOST_ROWS = 50, 256
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


@lru_cache(maxsize=1024)
def counted(count: int, length: int) -> list[str]:
    """The numbers from 1 on, zero-filled."""
    return [str(number).zfill(length) for number in range(1, count + 1)]


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
        self.plans = plans(message.name)
        self.comments = comments
        self.faults: list[Fault] = []
        self.comment_lines = 0
        self.sequence: list[Node] = []
        # The last record of each kind on the way down, which records below repeat keys of.
        self.above: dict[str, Node] = {}
        self.comment_fields = comment_fields(message.name)

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
            self.pairs(node, plan)
        if id(node) in self.comments:
            self.comment(node, self.comments[id(node)])
        if plan.below:
            self.children(node, plan)

    def pairs(self, node: Node, plan: Plan) -> None:
        """Check the values that stand together or not at all, which hangs on those present."""
        present = tuple(node.values)
        if present in plan.good_pairs:
            return
        faults = list(pair_faults(plan.alone, plan.together, node))
        self.faults += faults
        if not faults and len(node.values) == len(present) and len(plan.good_pairs) < _MOST_ROWS:
            plan.good_pairs.add(present)

    def children(self, node: Node, plan: Plan) -> None:
        row = tuple([child.record for child in node.children])
        if row not in plan.good_rows:
            self.row(node, plan, row)
        for child in node.children:
            self.node(child)
        if not plan.keyed.isdisjoint(row):
            keyed = [child for child in node.children if child.record in plan.keyed]
            self.faults += owner_faults(self.message, node, keyed)

    def row(self, node: Node, plan: Plan, row: tuple[str, ...]) -> None:
        """Count the kinds of records below one."""
        good = True
        for record in plan.below:
            count = row.count(record.code)
            if not record.lowest <= count <= record.highest:
                self.cardinality(node, record, count)
                good = False
        if good and len(row) <= _LONGEST_ROW and len(plan.good_rows) < _MOST_ROWS:
            plan.good_rows.add(row)

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
        fields, values = self.comment_fields, node.values
        assert fields is not None
        self.comment_lines += len(lines)
        of, count, text = fields.of, fields.line, fields.text
        number = self.plans[node.record].number_name
        owner = node.links[number] if number else ""
        said = ""
        for place, line in enumerate(lines, 1):
            links = line.links
            if number and links[of.name] != owner:
                self.faults.append(link_fault("EI-COMMENT", of, line, owner))
            expected = str(place).zfill(count.length)
            if links[count.name] != expected:
                self.faults.append(link_fault("EI-COMMENT", count, line, expected))
            # Every line but the last counts in full, so that a space at its end is kept.
            said += links[text.name].ljust(COMMENT_LINE)
            for name, value in line.values.items():
                values[comment_key(name, place)] = value
        if said := said.rstrip(" "):
            values[text.name] = said
        else:
            self.faults.append(value_fault("EI-FILLED", text, "", lines[0].line))

    def numbers(self) -> None:
        """IDENTIFICATIE DETAILRECORD: 1 to n, or rising where the numbers of the heen are kept."""
        raw = [node.links.get(self.plans[node.record].number_name, "") for node in self.sequence]
        if not raw or raw == counted(len(raw), len(raw[0])):
            return
        keeps, last, place = self.message.role == "retour", 0, 0
        self.sequence.sort(key=lambda node: node.line)
        for node in self.sequence:
            field = self.plans[node.record].number
            if field is None:
                continue
            text = node.links[field.name]
            number = int(text) if text.isascii() and text.isdigit() else -1
            place += 1
            # One wrong number does not make those behind it wrong, on whichever count they go on.
            if number <= last if keeps else number not in (last + 1, place):
                expected = str(last + 1 if keeps else place).zfill(field.length)
                self.faults.append(link_fault("EI-NUMBER", field, node, expected))
            last = max(number, last) if keeps else number

    def trailer(self, trailer: Node) -> None:
        kinds = [node.record for node in self.sequence]
        kinds += [COMMENT] * (self.comment_lines + len(self.comments.get(STRAY, ())))
        plan = self.plans[TRAILER]
        for field, kind in plan.counted:
            count = len(kinds) if kind == "*" else kinds.count(kind)
            expected = str(count).zfill(field.length)
            if trailer.links[field.name] != expected:
                self.faults.append(link_fault("EI-COUNT", field, trailer, expected))
        self.pairs(trailer, plan)
