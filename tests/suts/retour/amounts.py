"""Responders that grant wrong amounts, or add them up wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tests.suts.retour.tools import Pair, spoilt

if TYPE_CHECKING:
    from schemas.message.node import Node

FIXED = (["0200"], ["0233"])


def _lines(pair: Pair) -> Iterator[Node]:
    return (node for node in pair.details if node.record == "04")


def _grant(pair: Pair, which: Callable[[list[str]], bool], what: Callable[[int], int]) -> None:
    """Grant other amounts on some lines, with a total that fits."""
    total = pair.terms.total
    if total is None or total.minus_amount is None or total.minus_total is None:
        return
    cut = 0
    for line in _lines(pair):
        submitted = pair.terms.amount(line, total.amount)
        if which(pair.codes(line)):
            pair.terms.put(line, total.minus_amount, what(submitted))
        cut += submitted - pair.terms.amount(line, total.minus_amount)
    if pair.clients:
        whole = pair.terms.amount(pair.retour, total.total)
        pair.terms.put(pair.retour, total.minus_total, whole - cut)


@spoilt
def grants_lines_with_a_fault(pair: Pair) -> None:
    """Grants lines with a fault in full."""
    _grant(pair, lambda codes: codes not in FIXED, lambda amount: amount)


@spoilt
def grants_half_of_lines_without_remark(pair: Pair) -> None:
    """Grants half of what has no remark."""
    _grant(pair, lambda codes: codes == ["0200"], lambda amount: amount // 2)


@spoilt
def grants_nothing_of_clients_with_a_fault(pair: Pair) -> None:
    """Grants nothing on any line of a client that comes back."""
    _grant(pair, lambda codes: codes == ["0200"], lambda _: 0)


@spoilt
def grants_the_submitted_total(pair: Pair) -> None:
    """Grants the total although lines were cut."""
    for name, other in (
        ("TOTAAL TOEGEKEND BEDRAG", "TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG"),
        ("INDICATIE DEBET/CREDIT (02)", "INDICATIE DEBET/CREDIT"),
    ):
        pair.put(pair.retour, name, pair.get(pair.retour, other))


@spoilt
def submits_what_came_back(pair: Pair) -> None:
    """Writes the sum of the lines that come back as the submitted total."""
    total = pair.terms.total
    if total and total.minus_total and total.minus_amount and pair.clients:
        lines = [*_lines(pair)]
        submitted = sum(pair.terms.amount(line, total.amount) for line in lines)
        pair.terms.put(pair.retour, total.total, submitted)


@spoilt
def writes_nothing_as_credit(pair: Pair) -> None:
    """Writes a granted amount of zero as credit."""
    for line in _lines(pair):
        if not int(pair.get(line, "TOEGEKEND BEDRAG")):
            pair.put(line, "INDICATIE DEBET/CREDIT (04)", "C")


@spoilt
def grants_credit_as_debit(pair: Pair) -> None:
    """Writes granted credit as debit, with a total that fits."""
    _grant(pair, lambda codes: codes == ["0200"], abs)
