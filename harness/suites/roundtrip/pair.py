"""Checks that a converted heenbericht and return message still form a pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from generators.expected.from_20 import element_and_value
from generators.expected.from_21 import field_value
from harness.judging.addresses import evidence
from harness.judging.tree_diff import Chain, Difference, Unmatched, differences, fingerprint
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.clients import kept, stripped
from harness.suites.roundtrip.partners import partners
from schemas.facts.fills import filled_keys
from schemas.facts.records import HEADER
from schemas.mapping.field_pairs import mapped
from schemas.message.fault import MOST_FAULTS, Fault
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.retour.pair import no_remark, terms
from schemas.xml.validators import SchemaSet

_CODE = "PAIR-BROKEN"


def pair_faults(
    inputs: Sequence[bytes], outputs: Sequence[bytes], route: Sequence[str], schemas: SchemaSet
) -> list[Fault]:
    """The faults by which two converted messages, heen and retour in order, are no pair."""
    source, target = route
    before = [read(data, source) for data in inputs]
    after = [read(data, target, schemas) for data in outputs]
    for was, now in zip(before, after, strict=True):
        if now.message is was.message and now.root is None and now.faults:
            return now.faults[:1]
        if now.message is not was.message or now.root is None:
            told = now.message.name if now.message else "unreadable"
            expected = was.message.name if was.message else ""
            return [Fault("TYPE-CHANGED", told, expected)]
    return list(islice(_Pair(before, after, target).faults(), MOST_FAULTS))


class _Pair:
    """A converted pair, with the return message before conversion."""

    def __init__(self, before: Sequence[Reading], after: Sequence[Reading], target: str) -> None:
        heen, retour = after
        assert heen.message is not None
        assert retour.message is not None
        self.target = target
        self.pair = terms(heen.message.name, target)
        self.source = terms(heen.message.name, "2.1" if target == "2.0" else "2.0")
        self.heen, self.retour, self.was = _root(heen), _root(retour), _root(before[1])
        self.locator = FaultLocator(retour.message, target, self.retour, retour)

    def faults(self) -> Iterator[Fault]:
        """The faults of the pair."""
        yield from self.header()
        yield from self.clients()
        yield from self.codes(self.was, self.retour, ())

    def fault(self, chain: Chain, key: str, actual: str, expected: str, grade: str) -> Fault:
        """The fault of a value in the return message."""
        return self.locator.fault(
            _CODE, chain, key, actual=actual, expected=expected, evidence=grade
        )

    def header(self) -> Iterator[Fault]:
        """The header values that the return message no longer repeats."""
        pair = self.pair
        one, other = kept(pair, self.heen).values, stripped(pair, self.retour).values
        key = pair.code_key(pair.retour)
        code = pair.code(self.heen.get(pair.code_key(pair.heen)))
        one, other = one | {key: code}, other | {key: self.retour.get(key)}
        for name in dict.fromkeys([*one, *other]):
            if one.get(name) != other.get(name):
                grade = evidence(pair.retour, HEADER, name)
                yield self.fault((), name, other.get(name, ""), one.get(name, ""), grade)

    def clients(self) -> Iterator[Fault]:
        """The clients of the return message that no longer match one of the heenbericht."""
        sent = [kept(self.pair, client) for client in self.heen.children]
        alike = Unmatched(map(fingerprint, sent))
        for place, client in enumerate(self.retour.children):
            chain: Chain = ((client.record, place),)
            actual = stripped(self.pair, client)
            if alike.taken(fingerprint(actual)) is not None:
                continue
            near = alike.near(place)
            if not near:
                yield self.fault(chain, "", "a client", "a client of the message", "C")
            for item in min((differences(sent[one], actual) for one in near), key=len, default=()):
                yield self.changed(item, chain)

    def changed(self, item: Difference, chain: Chain) -> Fault:
        """The fault of a difference between the two."""
        grade = evidence(self.pair.retour, item.record, item.key)
        if self.target == "2.1" and item.key in filled_keys(self.pair.retour.name).get(
            item.record, ()
        ):
            grade = "D"
        return self.fault((*chain, *item.chain_actual), item.key, item.actual, item.expected, grade)

    def codes(self, was: Node, now: Node, chain: Chain) -> Iterator[Fault]:
        """The return codes that differ from their mapping."""
        slots = self.pair.slots(now.record)
        expected, actual = self.both_codes(was, now)
        if (expected or [no_remark()]) != (actual or [no_remark()]):
            yield self.fault(
                chain, slots.key(1), " ".join(actual), " ".join(expected), slots.evidence
            )
        for kind in dict.fromkeys(child.record for child in was.children):
            ones, others = was.of(kind), now.of(kind)
            for one, place in partners(self.pair.retour, self.target, ones, others, self.is_same):
                yield from self.codes(ones[one], others[place], (*chain, (kind, place)))

    def both_codes(self, was: Node, now: Node) -> tuple[list[str], list[str]]:
        """The expected and the actual return codes of a class."""
        before = self.source.slots(was.record).of(was)
        return [self.code(code, now.record) for code in before], self.pair.slots(now.record).of(now)

    def is_same(self, was: Node, now: Node) -> bool:
        """Whether the return codes of a class are mapped correctly."""
        expected, actual = self.both_codes(was, now)
        return expected == actual

    def code(self, code: str, record: str) -> str:
        """A return code after mapping."""
        name = terms(self.pair.heen.name, "2.0").slots(record).keys[0]
        pairs = mapped(self.pair.retour.name)[record]
        pair = next(item for item in pairs if item.field.name == name)
        if self.target == "2.1":
            return element_and_value(pair, code)[1]
        return field_value(pair, code)


def _root(reading: Reading) -> Node:
    assert reading.root is not None
    return reading.root
