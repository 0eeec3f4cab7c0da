"""Checks the return codes of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.judging.tree_diff import Chain
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.heenbericht import Heenbericht
from schemas.facts.table_rows import weakest
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.retour.pair import no_remark, not_assessed


def code_faults(
    heenbericht: Heenbericht, locator: FaultLocator, chain: Chain, sent: Node
) -> Iterator[Fault]:
    """The return codes that a class lacks, and those that nothing justifies; `sent` as it was sent.

    A class that also breaks a rule without a code may have codes that nothing justifies.
    """
    node, wanted = locator.at(chain), heenbericht.wanted.get(id(sent), ())
    slots = heenbericht.terms.slots(node.record)
    codes = slots.of(node)
    said = set(codes)
    met = {item for item in wanted if not item.codes.isdisjoint(said)}
    lost = [item for item in wanted if item not in met]
    # With more expected codes than slots, any of them will do.
    if slots.room and len(met) >= slots.room:
        lost = []
    for item in dict.fromkeys(lost):
        yield locator.fault(
            "RETOUR-CODE-LOST", chain, slots.key(1),
            actual=" ".join(codes), expected=" or ".join(sorted(item.codes)),
            evidence=weakest(item.evidence, slots.evidence), rule=item.rule,
        )  # fmt: skip
    if lost or id(sent) in heenbericht.free:
        return
    known = frozenset[str]().union(*[item.codes for item in wanted]) or _clean(codes, chain)
    for place, code in enumerate(codes, 1):
        if code not in known:
            yield locator.fault(
                "RETOUR-CODE", chain, slots.key(place),
                actual=code, expected=" or ".join(sorted(known)), evidence=slots.evidence,
            )  # fmt: skip


def _clean(codes: Sequence[str], chain: Chain) -> frozenset[str]:
    """The codes of a class without remark, which below the header may be not assessed."""
    if chain and not_assessed() in codes and no_remark() not in codes:
        return frozenset({not_assessed()})
    if chain and not set(codes) & {no_remark(), not_assessed()}:
        return frozenset({no_remark(), not_assessed()})
    return frozenset({no_remark()})
