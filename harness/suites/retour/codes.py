"""Checks the return codes of a class."""

from __future__ import annotations

from collections.abc import Iterator

from harness.judging.tree_diff import Chain
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.heenbericht import Heenbericht
from schemas.facts.records import HEADER
from schemas.facts.table_rows import weakest
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.retour.pair import GRANTED_WHOLE, no_remark, said, unassessed


def code_faults(
    heenbericht: Heenbericht, locator: FaultLocator, chain: Chain, sent: Node
) -> Iterator[Fault]:
    """The return codes that a class lacks, and those that nothing justifies; `sent` as it was sent.

    A class that also breaks a rule without a code may have codes that nothing justifies.
    """
    node, wanted = locator.at(chain), heenbericht.wanted.get(id(sent), ())
    slots = heenbericht.terms.slots(node.record)
    codes = slots.of(node)
    met = {item for item in wanted if not item.codes.isdisjoint(codes)}
    lost = [item for item in wanted if item not in met]
    # With more expected codes than slots, any of them will do.
    if slots.room and len(met) >= slots.room:
        lost = []
    for item in dict.fromkeys(lost):
        yield locator.fault(
            "RETOUR-CODE-LOST", chain, slots.key(1),
            actual=" ".join(codes), expected=" or ".join(sorted(item.codes)),
            evidence=weakest(item.evidence_codes, slots.evidence), rule=item.rule,
            retour="|".join(sorted(item.codes)),
        )  # fmt: skip
    if lost or id(sent) in heenbericht.free:
        return
    known = frozenset[str]().union(*[item.codes for item in wanted]) or _clean(
        heenbericht, locator, node
    )
    for place, code in enumerate(codes, 1):
        if code not in known:
            yield locator.fault(
                "RETOUR-CODE", chain, slots.key(place),
                actual=code, expected=" or ".join(sorted(known)), evidence=slots.evidence,
            )  # fmt: skip


def _clean(heenbericht: Heenbericht, locator: FaultLocator, node: Node) -> frozenset[str]:
    """The codes that a class without a fault may have, given those that it has."""
    fit = {
        meaning: item.code
        for meaning, item in said().items()
        if item.code and item.may_stand(locator.message.name, node.record)
    }
    if node.record == HEADER and not _is_granted_whole(heenbericht, locator):
        fit.pop(GRANTED_WHOLE, None)
    known, codes = frozenset(fit.values()), set(heenbericht.terms.slots(node.record).of(node))
    if no_remark() in codes:
        return known - unassessed()
    return known & unassessed() if codes & known & unassessed() else known


def _is_granted_whole(heenbericht: Heenbericht, locator: FaultLocator) -> bool:
    """Whether nothing was refused, nor cut from a line that comes back."""
    pair = heenbericht.terms
    if heenbericht.wanted or pair.total is None or pair.total.minus_amount is None:
        return not heenbericht.wanted
    lines = [node for node in locator.root.walk() if node.record == pair.total.record]
    return all(
        pair.amount(line, pair.total.amount) == pair.amount(line, pair.total.minus_amount)
        for line in lines
    )
