"""Reads a 2.0 message: from bytes to a tree of records, collecting every fault."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ei import check as ei_check
from schemas.ei import lines as ei_lines
from schemas.ei.diagnose import diagnose
from schemas.ei.extract_values import Problem
from schemas.ei.fast.accept import accepted
from schemas.ei.layout import Layout, layouts
from schemas.ei.record_templates import LINE_END
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Record
from schemas.message import fast_switch
from schemas.message.fault import MOST_FAULTS, EiAddress, Fault
from schemas.message.node import Node
from schemas.reading import AcceptedRecords, Reading


class _Reader:
    """Builds the tree of one message, record by record."""

    def __init__(self, message: MessageType) -> None:
        self.message = message
        self.layouts = layouts(message.name)
        self.faults: list[Fault] = []
        self.open: list[Node] = []
        self.trailer: Node | None = None
        self.comments: dict[int, list[Node]] = {}
        self.previous: Node | None = None
        # Faults in the values of the current record.
        self.problems: list[Problem] = []

    def lines(self, texts: Sequence[str]) -> None:
        """Read the records, until there are more than MOST_FAULTS faults."""
        known, problems, report = self.layouts.get, self.problems, self.problems.append
        for number, text in enumerate(texts, 1):
            layout = known(text[:2])
            if layout is None:
                self.unknown(number, text)
            else:
                match = layout.pattern.fullmatch(text)
                groups = match.groups() if match else self.damaged(layout, number, text)
                values, links = layout.extract(groups, report)
                if problems:
                    self.report(layout.record, number, len(text))
                self.place(Node(layout.code, values, number, links), layout)
            if len(self.faults) > MOST_FAULTS:
                break

    def unknown(self, number: int, text: str) -> None:
        code = "EI-EMPTY-RECORD" if not text else "EI-RECORD"
        address = EiAddress(number, text[:2] if text.isprintable() else "", "", 1, 2)
        self.faults.append(Fault(code, text[:2], "a record of this message", ei=address))

    def damaged(self, layout: Layout, number: int, text: str) -> tuple[str, ...]:
        """Return the field texts of a line that does not match its record, and note its faults."""
        length = self.message.record_length
        self.faults += diagnose(layout.record, text, number, length)
        text = text.ljust(length)
        return tuple(text[item.start - 1 : item.end] for item in layout.fields)

    def report(self, record: Record, number: int, length: int) -> None:
        """Note the faults in the values of a record."""
        # In a record of the wrong length all columns are off.
        if length == self.message.record_length:
            for code, name, raw in self.problems:
                field = record.by_name[name]
                self.faults.append(ei_check.value_fault(code, field, raw, number))
        self.problems.clear()

    def place(self, node: Node, layout: Layout) -> None:
        """Attach a record to its parent, or note that it is out of place."""
        if layout.depth:
            self.previous = node
            self.place_detail(node, layout)
        elif node.record == COMMENT:
            self.place_comment(node)
        else:
            self.previous = node
            self.place_end(node)

    def place_end(self, node: Node) -> None:
        """Attach the header or trailer."""
        if node.record == HEADER and not self.open:
            self.open = [node]
        elif node.record == TRAILER and self.open and self.trailer is None:
            self.trailer = node
        else:
            self.misplaced(node)

    def place_detail(self, node: Node, layout: Layout) -> None:
        record, depth, opened = layout.record, layout.depth, self.open
        known = 0 < depth <= len(opened) and opened[depth - 1].record == record.parent
        if not known or self.trailer is not None:
            self.misplaced(node)
            if not opened:
                return
            depth = depth if known else 1
        parent = opened[depth - 1]
        if parent.children:
            last = self.layouts[parent.children[-1].record].record
            if last.rank > record.rank and last.parent == record.parent:
                self.misplaced(node)
        parent.children.append(node)
        opened[depth:] = [node]

    def place_comment(self, node: Node) -> None:
        allowed = self.layouts[COMMENT].record.comments_on
        if self.previous is None or self.previous.record not in allowed:
            self.misplaced(node)
            self.comments.setdefault(ei_check.UNATTACHED, []).append(node)
            return
        self.comments.setdefault(id(self.previous), []).append(node)

    def misplaced(self, node: Node) -> None:
        record = self.message.records[node.record]
        if node.record in (HEADER, TRAILER):
            place = "the first record only" if node.record == HEADER else "the last record only"
        elif node.record == COMMENT:
            place = f"behind one of the records {', '.join(record.comments_on)}"
        else:
            place = f"behind record {record.parent}, in the order of the layout"
        address = EiAddress(node.line, node.record, "", 1, 2)
        self.faults.append(
            Fault("EI-ORDER", f"record {node.record}", place, ei=address, evidence=record.evidence)
        )

    def finish(self, count: int) -> Node | None:
        """Check the tree after `count` lines were read, and return it."""
        root = self.open[0] if self.open else None
        for code, found in ((HEADER, root), (TRAILER, self.trailer)):
            if found is None:
                address = EiAddress(1 if code == HEADER else max(count, 1), code)
                self.faults.append(Fault("EI-MISSING", "absent", f"record {code}", ei=address))
        if root is None:
            return None
        self.faults += ei_check.check(self.message, root, self.trailer, self.comments)
        if self.trailer is not None:
            root.values |= self.trailer.values
        return root


def _tree_of_accepted(rows: AcceptedRecords) -> Node | None:
    """Build the tree of a message that the fast path accepted."""
    texts = rows.text.removesuffix(LINE_END).split(LINE_END)
    reader = _Reader(rows.message)
    reader.lines(texts)
    return reader.finish(len(texts))


def read(data: bytes) -> Reading:
    """Read a 2.0 message from its bytes; never raises on bad input.

    Checks it against the layout (`ei20/*.csv`, `records.csv`) and the EI conventions.
    """
    if fast_switch.IS_ON and (rows := accepted(data)):
        return Reading(rows.message, rows=rows, place=_tree_of_accepted, records=len(rows.codes))
    return read_checked(data)


def read_checked(data: bytes) -> Reading:
    """Read a 2.0 message without the fast path, checking each field."""
    lines = ei_lines.split(data)
    if not lines.texts:
        return Reading(None, None, list(lines.faults))
    message, type_faults = ei_lines.message_type(lines)
    faults = [*lines.faults, *type_faults]
    if message is None or type_faults:
        return Reading(message, None, faults)
    reader = _Reader(message)
    reader.lines(lines.texts)
    root = reader.finish(len(lines.texts))
    all_faults = [*faults, *reader.faults][:MOST_FAULTS]
    return Reading(message, root, all_faults, records=len(lines.texts))
