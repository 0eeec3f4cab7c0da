"""Responders that write the wrong return codes, or the right ones in the wrong place."""

from __future__ import annotations

from tests.suts.retour.tools import Pair, knows_not, spoilt

FIXED = (["0200"], ["0233"])
knows_no_countries = knows_not("CD005")
knows_no_sum = knows_not("TR358")


def _is_faulty(codes: list[str]) -> bool:
    return bool(codes) and codes not in FIXED


@spoilt
def writes_no_remark_on_a_product_with_a_fault(pair: Pair) -> None:
    """Gives a client back and writes 0200 everywhere."""
    for node in pair.details:
        pair.put_codes(node, "0200")


@spoilt
def writes_the_code_at_the_client(pair: Pair) -> None:
    """Writes the code of a product at its client."""
    for client in pair.clients:
        for item in client.children:
            if _is_faulty(pair.codes(item)):
                pair.put_codes(client, *pair.codes(item))
                pair.put_codes(item, "0200")


@spoilt
def writes_the_code_at_the_product(pair: Pair) -> None:
    """Writes the code of a client at its first product."""
    for client in pair.clients:
        if _is_faulty(pair.codes(client)):
            pair.put_codes(client.children[0], *pair.codes(client))
            pair.put_codes(client, "0200")


@spoilt
def writes_the_code_in_the_header(pair: Pair) -> None:
    """Writes the codes of clients in the header too."""
    codes = [code for client in pair.clients for code in pair.codes(client)]
    if pair.clients and _is_faulty(codes[:1]):
        pair.put_codes(pair.retour, codes[0])


@spoilt
def writes_the_code_of_the_header_nowhere(pair: Pair) -> None:
    """Accepts a header with a fault."""
    if not pair.clients:
        pair.put_codes(pair.retour, "0200")


@spoilt
def writes_another_code(pair: Pair) -> None:
    """Takes 9019 for 9018."""
    for node in pair.details:
        if pair.codes(node) == ["9018"]:
            pair.put_codes(node, "9019")


@spoilt
def writes_rejected_for_technical_reasons(pair: Pair) -> None:
    """Writes 0001 for every fault."""
    for node in pair.details:
        if _is_faulty(pair.codes(node)):
            pair.put_codes(node, "0001")


@spoilt
def repeats_the_code_at_every_class(pair: Pair) -> None:
    """Writes the code of a client at everything below it."""
    for client in pair.clients:
        if _is_faulty(pair.codes(client)):
            for node in client.walk():
                pair.put_codes(node, *pair.codes(client))


@spoilt
def says_no_remark_beside_a_code(pair: Pair) -> None:
    """Writes 0200 behind every code."""
    for node in pair.details:
        if _is_faulty(pair.codes(node)):
            pair.put_codes(node, *pair.codes(node), "0200")


@spoilt
def says_both_no_remark_and_not_assessed(pair: Pair) -> None:
    """Writes 0200 and 0233 together."""
    for node in pair.details:
        if not _is_faulty(pair.codes(node)):
            pair.put_codes(node, "0200", "0233")


@spoilt
def says_that_the_header_was_not_assessed(pair: Pair) -> None:
    """Writes 0233 in the header."""
    pair.put_codes(pair.retour, "0233")


@spoilt
def says_that_all_is_granted(pair: Pair) -> None:
    """Writes 8001 in the header of every answer, though lines have a fault."""
    if pair.codes(pair.retour) in ([], ["0200"]):
        pair.put_codes(pair.retour, "8001")


@spoilt
def says_that_a_line_is_granted_whole(pair: Pair) -> None:
    """Writes 8001 at each class without a remark, where it means the whole declaration."""
    for node in pair.details:
        if pair.codes(node) in FIXED:
            pair.put_codes(node, "8001")


@spoilt
def says_that_the_header_was_not_assessed_for_another(pair: Pair) -> None:
    """Writes 8002 in a header without a fault, above which there is nothing."""
    if pair.codes(pair.retour) in ([], ["0200"]):
        pair.put_codes(pair.retour, "8002")


@spoilt
def keeps_three_codes(pair: Pair) -> None:
    """Writes three codes at most, in 2.1 too."""
    for node in pair.details:
        pair.put_codes(node, *pair.codes(node)[:3])


@spoilt
def rejects_women(pair: Pair) -> None:
    """Finds a fault in clients without one."""
    if pair.release == "2.1" and not pair.clients:
        for client in pair.heen.children:
            if client.get("Geslacht") == "2":
                pair.clients.append(pair.back(client))
                pair.put_codes(pair.clients[-1], "0001")
