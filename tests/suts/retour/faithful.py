"""Responders that are right, each with freedoms of its own: none of them may get a finding."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from lxml import etree

from tests.suts.retour.tools import Pair, faithful, spoilt

__all__ = [
    "answers_without_layout",
    "assesses_less",
    "chooses_its_own_identification_and_day",
    "gives_back_for_rules_without_a_code",
    "leaves_out_codes_that_may_be_absent",
    "orders_codes_otherwise",
    "says_no_remark_in_the_header",
    "says_that_a_declaration_is_granted_whole",
    "says_why_it_did_not_assess",
]

_NUMBERS = count(1)


def answers_without_layout(data: bytes, source: str, target: str) -> bytes:
    """Writes the XML on one line, without a declaration."""
    answer = faithful(data, source, target)
    if source == "2.0":
        return answer
    root = etree.fromstring(answer, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, encoding="UTF-8")


@spoilt
def chooses_its_own_identification_and_day(pair: Pair) -> None:
    """Counts its answers, and answers on the day of today."""
    names = pair.terms.keys(pair.terms.retour, "01")
    for name in ("IDENTIFICATIE RETOURBERICHT", "REFERENTIENUMMER GEMEENTE"):
        if name in names:
            pair.put(pair.retour, name, f"ANTW-{next(_NUMBERS):06}")
    today = datetime.now(UTC).date().isoformat()
    day = today if pair.release == "2.1" else today.replace("-", "")
    pair.put(pair.retour, "DAGTEKENING RETOURBERICHT", day)


@spoilt
def assesses_less(pair: Pair) -> None:
    """Says of every class without a remark that it was not assessed."""
    for node in pair.details:
        if pair.codes(node) == ["0200"]:
            pair.put_codes(node, "0233")


@spoilt
def orders_codes_otherwise(pair: Pair) -> None:
    """Writes codes the other way round."""
    for node in pair.details:
        pair.put_codes(node, *reversed(pair.codes(node)))


@spoilt
def says_no_remark_in_the_header(pair: Pair) -> None:
    """Writes 0200 in a header that has no fault, in 2.1 too."""
    if not pair.codes(pair.retour):
        pair.put_codes(pair.retour, "0200")


@spoilt
def says_that_a_declaration_is_granted_whole(pair: Pair) -> None:
    """Writes 8001 in the header of the answer to a declaration without a fault."""
    is_declaration = "REFERENTIENUMMER GEMEENTE" in pair.terms.keys(pair.terms.retour, "01")
    if is_declaration and not pair.clients and pair.codes(pair.retour) in ([], ["0200"]):
        pair.put_codes(pair.retour, "8001")


@spoilt
def says_why_it_did_not_assess(pair: Pair) -> None:
    """Writes 8002 below a fault, and at a client that comes back for a fault below it."""
    for node in pair.details:
        if pair.codes(node) == ["0233"]:
            pair.put_codes(node, "8002")
    for client in pair.clients:
        if pair.codes(client) == ["0200"]:
            pair.put_codes(client, "8002")


@spoilt
def leaves_out_codes_that_may_be_absent(pair: Pair) -> None:
    """Writes no code where there is no remark and the schema asks none."""
    for node in pair.details:
        if pair.codes(node) in (["0200"], ["0233"]) and pair.terms.slots(node.record).may_be_absent:
            pair.put_codes(node)


def gives_back_for_rules_without_a_code(data: bytes, source: str, target: str) -> bytes:
    """Gives a client back whose BSN is wrong, with 0001, where the release has no code for that."""
    pair = Pair(data, faithful(data, source, target), source)
    if source == "2.0" and not pair.clients:
        for client in pair.heen.children:
            if client.get("BSN") == "999999999" and pair.terms.total is None:
                pair.clients.append(pair.back(client))
                pair.put_codes(pair.clients[-1], "0001")
    return pair.write()
