"""The reference responder: answers a heenbericht by the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from schemas.ei import write as ei_write
from schemas.errors import Refused
from schemas.facts.codelists import RELEASES
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.retour.pair import (
    COPY,
    DATE,
    HEEN,
    IDENTIFICATION,
    Own,
    Terms,
    no_remark,
    not_assessed,
    said,
    terms,
)
from schemas.rules.addresses import ElementAddresses
from schemas.rules.evaluate import Broken, RuleJudge
from schemas.xml import write as xml_write

# The number of digits in the identification of a return message, after its letter.
_DIGITS = 11


def respond(data: bytes, source: str, target: str) -> bytes:
    """Answer a message in its own release (`2.0`, `2.1`).

    Raises Refused if the message is no heenbericht or cannot be read, or if the releases differ.
    """
    if source not in RELEASES or source != target:
        what = f"a message of {source} cannot be answered in {target}"
        raise Refused("ANSWER-RELEASE", what)
    reading = read(data, source)
    message, root = heen_of(reading, source)
    broken = RuleJudge().broken(message, root, source)
    refuse_unreadable(reading, broken, source)
    return answer(message, root, source, broken, identification(data))


def heen_of(reading: Reading, release: str) -> tuple[MessageType, Node]:
    """The type and tree of a heenbericht; raises Refused for anything else."""
    if reading.message and reading.message.role != HEEN:
        what = f"{reading.message.name} is a return message itself"
        raise Refused("ANSWER-TYPE", what)
    if reading.message is None or reading.root is None:
        refuse_unreadable(reading, (), release)
        raise Refused("OUT-TYPE", f"not a message of {release}")
    return reading.message, reading.root


def refuse_unreadable(reading: Reading, broken: Iterable[Broken], release: str) -> None:
    """Raise Refused for the first fault that no rule answers with a return code."""
    codes, root = finding_codes(), reading.root
    answered: set[str] = set()
    if root and release == "2.0":
        answered = {_place(reading, root, item) for item in broken if item.check.retour}
    for fault in reading.faults:
        if not codes[fault.code].tolerated and str(fault.ei) not in answered:
            raise Refused(fault.code, fault.told, fault.where)


def _place(reading: Reading, root: Node, broken: Broken) -> str:
    spot = broken.check.element
    return str(ElementAddresses(reading, root).ei(spot, broken.chain[spot.depth]))


def identification(data: bytes) -> str:
    """An identification of 12 characters, derived from the heenbericht."""
    return f"R{int(sha256(data).hexdigest(), 16) % 10**_DIGITS:0{_DIGITS}}"


def answer(
    message: MessageType, root: Node, release: str, broken: Sequence[Broken], own: str
) -> bytes:
    """The return message to a heenbericht that breaks the given rules; `own` identifies it."""
    pair = terms(message.name, release)
    tree = _Answer(pair, broken, own).header(root)
    if release == "2.0":
        return ei_write.write(pair.retour, tree, keeps_numbers=True)
    return xml_write.write(pair.retour, tree)


def codes_by_class(broken: Iterable[Broken]) -> dict[int, list[str]]:
    """The return codes of each class that breaks a rule, by identity, without duplicates."""
    found: dict[int, list[str]] = {}
    for item in broken:
        code = item.check.retour.partition("|")[0]
        codes = found.setdefault(id(item.chain[item.check.element.depth]), [])
        if code and code not in codes:
            codes.append(code)
    return {mark: codes for mark, codes in found.items() if codes}


class _Answer:
    """Builds one return message, class by class."""

    def __init__(self, pair: Terms, broken: Iterable[Broken], own: str) -> None:
        self.pair = pair
        self.codes = codes_by_class(broken)
        self.own = own
        # The total cut from the returned lines, in eurocents.
        self.cut = 0

    def header(self, root: Node) -> Node:
        """The whole message; after a fault in the header it has no clients."""
        pair, codes = self.pair, self.codes.get(id(root), [])
        result = self.copied(root)
        code = root.get(pair.code_key(pair.heen))
        result.values[pair.code_key(pair.retour)] = pair.code(code)
        slots = pair.slots(HEADER)
        if codes or not slots.may_be_absent:
            slots.put(result, codes or [no_remark()])
        if not codes:
            clients = [node for node in root.children if self.is_faulty(node)]
            result.children = [self.detail(node, is_below_fault=False) for node in clients]
        self.total(result, is_rejected=bool(codes))
        return result

    def is_faulty(self, node: Node) -> bool:
        """Whether a class, or one below it, breaks a rule with a return code."""
        return any(id(item) in self.codes for item in node.walk())

    def detail(self, node: Node, *, is_below_fault: bool) -> Node:
        """A returned class, with everything below it."""
        codes = self.codes.get(id(node), [])
        result = self.copied(node)
        clean = not_assessed() if is_below_fault else no_remark()
        self.pair.slots(node.record).put(result, codes or [clean])
        self.grant(result, said()["fault"].grants if codes else _grants(clean))
        result.children = [
            self.detail(child, is_below_fault=is_below_fault or bool(codes))
            for child in node.children
        ]
        return result

    def copied(self, node: Node) -> Node:
        """A copy of the values that the return message repeats, with those of its own."""
        dropped = self.pair.dropped[node.record]
        kept = {key: value for key, value in node.values.items() if key not in dropped}
        result = Node(node.record, kept, node.line, node.links)
        for item in self.pair.own.get(node.record, ()):
            if value := self.filled(item, node):
                result.values[item.key] = value
        return result

    def filled(self, item: Own, node: Node) -> str:
        """The value of a field that only the return message has."""
        if item.role == IDENTIFICATION:
            return self.own
        # Free choices are copied too, like the date and required copies.
        assert item.role in (DATE, COPY, "free")
        return next((node.get(key) for key in item.sources if node.get(key)), "")

    def grant(self, line: Node, is_granted: bool) -> None:
        """Write the granted amount of a line, if it has one."""
        total = self.pair.total
        if total is None or total.minus_amount is None or line.record != total.record:
            return
        submitted = self.pair.amount(line, total.amount)
        granted = submitted if is_granted else 0
        self.pair.put(line, total.minus_amount, granted)
        self.cut += submitted - granted

    def total(self, header: Node, *, is_rejected: bool) -> None:
        """Write the granted total, if there is one; a rejected message gets 0."""
        total = self.pair.total
        if total is None or total.minus_total is None:
            return
        submitted = self.pair.amount(header, total.total)
        self.pair.put(header, total.minus_total, 0 if is_rejected else submitted - self.cut)


def _grants(code: str) -> bool:
    return next(item.grants for item in said().values() if item.code == code)
