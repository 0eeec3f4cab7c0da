"""Checks the clients of a return message: which come back, unchanged and with which codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from harness.judging.addresses import evidence_in
from harness.judging.tree_diff import (
    Chain,
    Difference,
    Unmatched,
    differences,
    fingerprint,
    pairs,
    without,
)
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.codes import code_faults
from harness.suites.retour.heenbericht import Heenbericht
from schemas.facts.table_rows import weakest
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.retour.pair import FAULT, NO_REMARK, NOT_ASSESSED, Terms, said, unassessed

_CHANGED, _CLASS = "RETOUR-CHANGED", "RETOUR-CLASS"


def kept(pair: Terms, node: Node) -> Node:
    """A class of the heenbericht without the elements that are not returned."""
    return without(node, pair.dropped)


def stripped(pair: Terms, node: Node) -> Node:
    """A class of the return message without the elements that only it has."""
    added = pair.added[node.record]
    values = {
        key: value for key, value in node.values.items() if key.partition("[")[0] not in added
    }
    result = Node(node.record, values, node.line)
    result.children = [stripped(pair, child) for child in node.children]
    return result


class ClientJudge:
    """Compares the clients of a return message with those of the heenbericht."""

    def __init__(self, heenbericht: Heenbericht, locator: FaultLocator) -> None:
        self.heenbericht, self.pair, self.locator = heenbericht, heenbericht.terms, locator
        self.sent = FaultLocator(
            heenbericht.message, heenbericht.release, heenbericht.root, heenbericht.reading
        )

    def faults(self) -> Iterator[Fault]:
        """The faults of the clients."""
        for place, sent in enumerate(self.sent_of):
            chain: Chain = ((self.locator.root.children[place].record, place),)
            if sent is None or not self.is_due(sent):
                yield self.locator.fault("RETOUR-CLIENT-EXTRA", chain, actual="a client")
            else:
                yield from self.client(sent, self.locator.root.children[place], chain)
        back = {id(item) for item in self.sent_of if item is not None}
        for place, client in enumerate(self.heenbericht.root.children):
            if self.must_come_back(client) and id(client) not in back:
                yield self.lost(client, ((client.record, place),))

    def lost(self, client: Node, chain: Chain) -> Fault:
        """The fault of a client that is missing, at its place in the heenbericht."""
        wanted = min(self.heenbericht.faulty(client), key=lambda item: item.evidence)
        return self.sent.fault(
            "RETOUR-CLIENT-LOST", chain,
            expected="a client", evidence=wanted.evidence, rule=wanted.rule,
        )  # fmt: skip

    def must_come_back(self, client: Node) -> bool:
        """Whether a client has a fault with a return code."""
        return not self.heenbericht.is_rejected and bool(self.heenbericht.faulty(client))

    def is_due(self, client: Node) -> bool:
        """Whether a client may come back."""
        if self.heenbericht.is_rejected:
            return False
        return self.must_come_back(client) or self.heenbericht.may_come_back(client)

    @cached_property
    def sent_of(self) -> list[Node | None]:
        """The client of the heenbericht for each returned one; unchanged clients match first."""
        sent = self.heenbericht.root.children
        alike = Unmatched(fingerprint(self.kept(item)) for item in sent)
        places = [
            alike.taken(fingerprint(self.stripped(client))) for client in self.locator.root.children
        ]
        found = [None if place is None else sent[place] for place in places]
        self._changed(found, [sent[place] for place in alike.left() if self.is_due(sent[place])])
        return found

    def _changed(self, found: list[Node | None], due: Sequence[Node]) -> None:
        """Match the clients that came back changed."""
        places = [place for place, item in enumerate(found) if item is None]
        actual = [self.stripped(self.locator.root.children[place]) for place in places]
        for one, other in pairs([self.kept(item) for item in due], actual):
            if one is not None and other >= 0:
                found[places[other]] = due[one]

    @cached_property
    def place_of(self) -> dict[int, int]:
        """The position of each client of the heenbericht, by identity."""
        return {id(client): place for place, client in enumerate(self.heenbericht.root.children)}

    def kept(self, node: Node) -> Node:
        """A class of the heenbericht as it must come back."""
        return kept(self.pair, node)

    def stripped(self, node: Node) -> Node:
        """A class of the return message, as far as it repeats the heenbericht."""
        return stripped(self.pair, node)

    def client(self, sent: Node, actual: Node, chain: Chain) -> Iterator[Fault]:
        """The faults of one returned client."""
        found = differences(self.kept(sent), self.stripped(actual))
        yield from (self.changed(item, chain, sent) for item in found)
        if any(item.code == "ENTITY-ORDER" for item in found):
            return
        for one, other, place, is_below in self.together(sent, actual, chain, False):
            yield from code_faults(self.heenbericht, self.locator, place, one)
            if id(one) not in self.heenbericht.free:
                yield from self.amount(one, other, place, is_below)
            yield from self.number(one, other, place)

    def changed(self, item: Difference, chain: Chain, sent: Node) -> Fault:
        """The fault of a difference in a client."""
        code = _CHANGED if item.code.startswith("FIELD") else _CLASS
        grade = evidence_in(self.pair.retour, item.record, item.key, self.pair.release)
        if item.chain_actual or item.key or not item.chain_expected:
            locator, at = self.locator, (*chain, *item.chain_actual)
        else:
            place = self.place_of[id(sent)]
            locator, at = self.sent, ((sent.record, place), *item.chain_expected)
        return locator.fault(
            code, at, item.key, actual=item.actual, expected=item.expected, evidence=grade
        )

    def together(
        self, sent: Node, actual: Node, chain: Chain, is_below: bool
    ) -> Iterator[tuple[Node, Node, Chain, bool]]:
        """The matching classes, and whether a class above has a fault."""
        yield sent, actual, chain, is_below
        is_below = is_below or id(sent) in self.heenbericht.wanted
        for kind in dict.fromkeys(child.record for child in sent.children):
            ones, others = sent.of(kind), actual.of(kind)
            kept, stripped = [*map(self.kept, ones)], [*map(self.stripped, others)]
            for one, other in pairs(kept, stripped):
                if one is not None and other >= 0:
                    at = (*chain, (kind, other))
                    yield from self.together(ones[one], others[other], at, is_below)

    def number(self, sent: Node, actual: Node, chain: Chain) -> Iterator[Fault]:
        """Check that a record keeps its number."""
        field = self.pair.number_field(sent.record)
        if field is None or sent.links[field.name] == actual.links[field.name]:
            return
        yield self.locator.fault(
            "RETOUR-NUMBER", chain, field.name,
            actual=actual.links[field.name], expected=sent.links[field.name],
            evidence=field.evidence,
        )  # fmt: skip

    def amount(self, sent: Node, line: Node, chain: Chain, is_below: bool) -> Iterator[Fault]:
        """Check the granted amount of a line."""
        total = self.pair.total
        if total is None or total.minus_amount is None or line.record != total.record:
            return
        submitted = self.pair.amount(sent, total.amount)
        granted = self.pair.amount(line, total.minus_amount)
        is_faulty = id(sent) in self.heenbericht.wanted
        is_open = is_below or not unassessed().isdisjoint(self.pair.slots(line.record).of(line))
        allowed = {0} if is_faulty else {0, submitted} if is_open else {submitted}
        is_signed = granted != 0 or not self.pair.is_credit(line, total.minus_amount)
        if granted not in allowed or not is_signed:
            # That nothing is granted does not hang on where the submitted amount stands.
            place = total.evidence if is_faulty else self.pair.total_evidence
            says = said()[FAULT if is_faulty else NOT_ASSESSED if is_open else NO_REMARK]
            yield self.locator.fault(
                "RETOUR-AMOUNT", chain, self.pair.keys(self.pair.retour, line.record)[
                    total.minus_amount.amount.name
                ],
                actual=str(granted), expected=" or ".join(map(str, sorted(allowed))),
                evidence=weakest(says.evidence, place) if granted not in allowed else place,
            )  # fmt: skip
