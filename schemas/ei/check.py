"""Checks across the records of a 2.0 message: order, numbers, keys, comments, counts, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from schemas.ei import totals
from schemas.ei.check_plan import RecordChecks, record_checks
from schemas.ei.comments import COMMENT_LINE
from schemas.ei.diagnose import field_address
from schemas.ei.links import link_fault, owner_faults, pair_faults
from schemas.facts import table_rows as tables
from schemas.facts.comments import comment_fields, comment_key
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field, Record
from schemas.message.fault import EiAddress, Fault
from schemas.message.node import Node

_LONGEST_SEQUENCE, _MOST_KEPT = 50, 256
_EXPECTED = {
    "EI-FILLED": "a value",
    "EI-ALIGN": "no space before the value",
    "EI-CODE": "a code of the list",
    "EI-DATE": "a date, EEJJMMDD",
    "EI-TIME": "a time, UUMMSS",
}
Comments = Mapping[int, Sequence[Node]]
# Key for comments that follow no record that may have one.
UNATTACHED = 0


def value_fault(code: str, field: Field, raw: str, number: int) -> Fault:
    """Return the fault of a value; `number` is that of its record, from 1."""
    expected, evidence = _EXPECTED[code], field.evidence
    if code == "EI-CODE" and field.codelist:
        expected = f"a code of {field.codelist.name}"
        evidence = tables.weakest(evidence, field.codelist.evidence(raw.rstrip()))
    return Fault(code, raw.rstrip(), expected, ei=field_address(field, number), evidence=evidence)


@lru_cache(maxsize=1024)
def sequence_numbers(count: int, length: int) -> list[str]:
    """Return the numbers from 1 to `count`, zero-filled to `length` digits."""
    return [str(number).zfill(length) for number in range(1, count + 1)]


def check(
    message: MessageType, root: Node, trailer: Node | None, comments: Comments
) -> list[Fault]:
    """Return the faults between records; moves each keyed record below its owner in the tree.

    `comments` holds the comment records by the id of the node they follow, or under UNATTACHED.
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
        self.checks = record_checks(message.name)
        self.comments = comments
        self.faults: list[Fault] = []
        self.comment_lines = 0
        self.details: list[Node] = []
        # The last record of each code on the way down, whose keys the records below repeat.
        self.above: dict[str, Node] = {}
        self.comment_fields = comment_fields(message.name)

    def node(self, node: Node) -> None:
        """Check a record and all below it, in file order."""
        checks = self.checks[node.record]
        self.above[node.record] = node
        if node.record != HEADER:
            self.details.append(node)
        for field, own, owner, name in checks.equal:
            if owner in self.above and node.links[own] != self.above[owner].links[name]:
                expected = self.above[owner].links[name]
                self.faults.append(link_fault("EI-KEY", field, node, expected))
        if checks.dependent or checks.together:
            self.dependent_values(node, checks)
        if id(node) in self.comments:
            self.comment(node, self.comments[id(node)])
        if checks.below:
            self.children(node, checks)

    def dependent_values(self, node: Node, checks: RecordChecks) -> None:
        """Check values whose presence depends on other fields, caching the valid sets of fields."""
        present = tuple(node.values)
        if present in checks.valid_sets:
            return
        faults = list(pair_faults(checks.dependent, checks.together, node))
        self.faults += faults
        if not faults and len(node.values) == len(present) and len(checks.valid_sets) < _MOST_KEPT:
            checks.valid_sets.add(present)

    def children(self, node: Node, checks: RecordChecks) -> None:
        codes = tuple([child.record for child in node.children])
        if codes not in checks.valid_orders:
            self.cardinalities(node, checks, codes)
        for child in node.children:
            self.node(child)
        if not checks.keyed.isdisjoint(codes):
            keyed = [child for child in node.children if child.record in checks.keyed]
            self.faults += owner_faults(self.message, node, keyed)

    def cardinalities(self, node: Node, checks: RecordChecks, codes: tuple[str, ...]) -> None:
        """Check how often each record occurs below a node, given the codes of its children."""
        good = True
        for record in checks.below:
            count = codes.count(record.code)
            if not record.lowest <= count <= record.highest:
                self.cardinality(node, record, count)
                good = False
        if good and len(codes) <= _LONGEST_SEQUENCE and len(checks.valid_orders) < _MOST_KEPT:
            checks.valid_orders.add(codes)

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
        number = self.checks[node.record].number_name
        owner = node.links[number] if number else ""
        said = ""
        for place, line in enumerate(lines, 1):
            links = line.links
            if number and links[of.name] != owner:
                self.faults.append(link_fault("EI-COMMENT", of, line, owner))
            expected = str(place).zfill(count.length)
            if links[count.name] != expected:
                self.faults.append(link_fault("EI-COMMENT", count, line, expected))
            # Pad to the full length: trailing spaces of a line count, except in the last one.
            said += links[text.name].ljust(COMMENT_LINE)
            for name, value in line.values.items():
                values[comment_key(name, place)] = value
        if said := said.rstrip(" "):
            values[text.name] = said
        else:
            self.faults.append(value_fault("EI-FILLED", text, "", lines[0].line))

    def numbers(self) -> None:
        """Check IDENTIFICATIE DETAILRECORD: 1 to n, or ascending if the heen's numbers are kept."""
        raw = [node.links.get(self.checks[node.record].number_name, "") for node in self.details]
        if not raw or raw == sequence_numbers(len(raw), len(raw[0])):
            return
        keeps, last, place = self.message.role == "retour", 0, 0
        self.details.sort(key=lambda node: node.line)
        for node in self.details:
            field = self.checks[node.record].number
            if field is None:
                continue
            text = node.links[field.name]
            number = int(text) if text.isascii() and text.isdigit() else -1
            place += 1
            # After a wrong number both its successor and the true count are valid.
            if number <= last if keeps else number not in (last + 1, place):
                expected = str(last + 1 if keeps else place).zfill(field.length)
                self.faults.append(link_fault("EI-NUMBER", field, node, expected))
            last = max(number, last) if keeps else number

    def trailer(self, trailer: Node) -> None:
        codes = [node.record for node in self.details]
        codes += [COMMENT] * (self.comment_lines + len(self.comments.get(UNATTACHED, ())))
        checks = self.checks[TRAILER]
        for field, code in checks.counted:
            count = len(codes) if code == "*" else codes.count(code)
            expected = str(count).zfill(field.length)
            if trailer.links[field.name] != expected:
                self.faults.append(link_fault("EI-COUNT", field, trailer, expected))
        self.dependent_values(trailer, checks)
