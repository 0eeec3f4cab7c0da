"""Responders that lose count: of clients with a fault, of products of one client, of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.suts.retour.tools import Pair, spoilt

if TYPE_CHECKING:
    from schemas.message.node import Node

FIXED = (["0200"], ["0233"])


def _faulty(pair: Pair, client: Node) -> list[Node]:
    """The classes directly below a client that have a code."""
    return [item for item in client.children if pair.codes(item) not in (*FIXED, [])]


@spoilt
def answers_the_first_three_clients_only(pair: Pair) -> None:
    """Has room for three clients with a fault."""
    del pair.clients[3:]


@spoilt
def answers_the_first_five_clients_only(pair: Pair) -> None:
    """Has room for five clients with a fault."""
    del pair.clients[5:]


@spoilt
def drops_the_second_product_with_a_fault(pair: Pair) -> None:
    """Leaves the second product of a client with a fault out."""
    for client in pair.clients:
        for item in _faulty(pair, client)[1:2]:
            client.children.remove(item)


@spoilt
def codes_the_first_product_with_a_fault_only(pair: Pair) -> None:
    """Writes 0200 on all products of a client with a fault but the first."""
    for client in pair.clients:
        for item in _faulty(pair, client)[1:]:
            pair.put_codes(item, "0200")


@spoilt
def codes_three_products_of_a_client(pair: Pair) -> None:
    """Writes 0200 on the fourth product of a client with a fault, and those behind it."""
    for client in pair.clients:
        for item in _faulty(pair, client)[3:]:
            pair.put_codes(item, "0200")


@spoilt
def stops_at_the_first_fault_of_a_client(pair: Pair) -> None:
    """Writes 0233 on all that stands behind the first class with a fault."""
    for client in pair.clients:
        faulty = [node for node in client.walk() if pair.codes(node) not in (*FIXED, [])]
        for node in faulty[1:]:
            pair.put_codes(node, "0233")


@spoilt
def keeps_one_code(pair: Pair) -> None:
    """Writes the first code of a class and loses the others."""
    for node in pair.details:
        pair.put_codes(node, *pair.codes(node)[:1])


@spoilt
def keeps_two_codes(pair: Pair) -> None:
    """Has room for two codes of a class."""
    for node in pair.details:
        pair.put_codes(node, *pair.codes(node)[:2])


@spoilt
def gives_the_last_client_back_only(pair: Pair) -> None:
    """Overwrites each client with a fault by the next, in a total that fits."""
    total = pair.terms.total
    for client in pair.clients[:-1]:
        for line in client.children:
            if total and total.minus_amount and total.minus_total:
                submitted = pair.terms.amount(line, total.amount)
                cut = submitted - pair.terms.amount(line, total.minus_amount)
                whole = pair.terms.amount(pair.retour, total.minus_total)
                pair.terms.put(pair.retour, total.minus_total, whole + cut)
    del pair.clients[:-1]


@spoilt
def loses_the_last_of_two_codes_of_a_client(pair: Pair) -> None:
    """Writes all codes of a client but the last, where it has more than one."""
    for client in pair.clients:
        if len(pair.codes(client)) > 1:
            pair.put_codes(client, *pair.codes(client)[:-1])


@spoilt
def grants_the_second_line_with_a_fault(pair: Pair) -> None:
    """Grants all lines of a client with a fault but the first, in a total that fits."""
    total = pair.terms.total
    if total is None or total.minus_amount is None or total.minus_total is None:
        return
    for client in pair.clients:
        for line in _faulty(pair, client)[1:]:
            submitted = pair.terms.amount(line, total.amount)
            pair.terms.put(line, total.minus_amount, submitted)
            whole = pair.terms.amount(pair.retour, total.minus_total)
            pair.terms.put(pair.retour, total.minus_total, whole + submitted)
