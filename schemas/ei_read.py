"""Reading a 2.0 message: from bytes to a tree of records, with every fault on the way."""

from __future__ import annotations

from schemas import ei_check, ei_lines
from schemas.ei_diagnose import diagnose
from schemas.ei_layout import Layout, layouts
from schemas.faults import MOST_FAULTS, EiAddress, Fault
from schemas.messages import MessageType
from schemas.nodes import Node
from schemas.reading import Reading
from schemas.records import COMMENT, HEADER, TRAILER


def _unjudged(_: str, __: str, ___: str) -> None:
    """Say nothing of a value."""


class _Reader:
    """The records of one message, put in their places one by one."""

    def __init__(self, message: MessageType) -> None:
        self.message = message
        self.layouts = layouts(message.name)
        self.faults: list[Fault] = []
        self.open: list[Node] = []
        self.trailer: Node | None = None
        self.comments: dict[int, list[Node]] = {}
        self.previous: Node | None = None
        self.number = 0
        self.is_whole = True
        self.record = message.records[HEADER]

    def line(self, number: int, text: str) -> None:
        layout = self.layouts.get(text[:2])
        if layout is None:
            code = "EI-EMPTY-RECORD" if not text else "EI-RECORD"
            address = EiAddress(number, text[:2] if text.isprintable() else "", "", 1, 2)
            self.faults.append(Fault(code, text[:2], "a record of this message", ei=address))
            return
        match = layout.pattern.fullmatch(text)
        # In a record of another length no value stands where it should.
        self.is_whole = len(text) == self.message.record_length
        if match is None:
            self.faults += diagnose(layout.record, text, number, self.message.record_length)
            text = text.ljust(self.message.record_length)
            groups = tuple(text[item.start - 1 : item.end] for item in layout.fields)
        else:
            groups = match.groups()
        self.place(self.node(layout, groups, number), layout)

    def node(self, layout: Layout, groups: tuple[str, ...], number: int) -> Node:
        """The node of a record, its values checked one by one."""
        self.number, self.record = number, layout.record
        values, links = layout.take(groups, self.report if self.is_whole else _unjudged)
        return Node(layout.record.code, values, number, links)

    def report(self, code: str, name: str, raw: str) -> None:
        """Note the fault of a value of the record that is being read."""
        field = self.record.by_name[name]
        self.faults.append(ei_check.value_fault(code, field, raw, self.number))

    def place(self, node: Node, layout: Layout) -> None:
        """Put a record below its parent, or note that it stands in the wrong place."""
        code = node.record
        if code == COMMENT:
            self.place_comment(node)
            return
        self.previous = node
        if code == HEADER and not self.open:
            self.open = [node]
        elif code == TRAILER and self.open and self.trailer is None:
            self.trailer = node
        elif code in (HEADER, TRAILER):
            self.misplaced(node)
        else:
            self.place_detail(node, layout)

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
            self.comments.setdefault(ei_check.STRAY, []).append(node)
            return
        self.comments.setdefault(id(self.previous), []).append(node)

    def misplaced(self, node: Node) -> None:
        record = self.message.records[node.record]
        if node.record in (HEADER, TRAILER):
            place = f"the {'first' if node.record == HEADER else 'last'} record only"
        elif node.record == COMMENT:
            place = f"behind one of the records {', '.join(record.comments_on)}"
        else:
            place = f"behind record {record.parent}, in the order of the layout"
        address = EiAddress(node.line, node.record, "", 1, 2)
        self.faults.append(
            Fault("EI-ORDER", f"record {node.record}", place, ei=address, evidence=record.evidence)
        )

    def finish(self, count: int) -> Node | None:
        """The tree, when all lines have been read."""
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


def read(data: bytes) -> Reading:
    """Read a 2.0 message from its bytes; never raises on bad input.

    The rules of the layout are those of `ei20/*.csv`, `records.csv` and the EI conventions.
    """
    lines = ei_lines.split(data)
    if not lines.texts:
        return Reading(None, None, list(lines.faults))
    message, type_faults = ei_lines.message_type(lines)
    faults = [*lines.faults, *type_faults]
    if message is None or type_faults:
        return Reading(message, None, faults)
    reader = _Reader(message)
    for number, text in enumerate(lines.texts, 1):
        reader.line(number, text)
        if len(reader.faults) > MOST_FAULTS:
            break
    root = reader.finish(len(lines.texts))
    return Reading(message, root, [*faults, *reader.faults][:MOST_FAULTS])
